/**
 * Compiles the WebAssembly kernels in `kernel/` and writes each as a module of TypeScript that `src/` loads. The same sources
 * give the same bytes. Part of the build; nothing is done where the modules are newer than all the sources.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Each kernel: its entry, the module to write and the name it exports, the files it also reads, and options of the compiler. */
const kernels = [
  {
    entry: 'kernel/skim/skim.ts',
    module: 'src/evtx/skim-wasm.ts',
    name: 'SKIM_WASM',
    alsoReads: ['src/evtx/skim-map.ts', 'kernel/format.ts'],
    options: [],
  },
  {
    entry: 'kernel/decode/index.ts',
    module: 'src/evtx/decode-wasm.ts',
    name: 'DECODE_WASM',
    alsoReads: ['src/evtx/decode-map.ts', 'kernel/format.ts'],
    options: ['--noAssert', '--use', 'abort='],
  },
]

/** Code only: no garbage collector, memory from outside, vectors of 16 bytes. */
const options = ['-O3', '--converge', '--runtime', 'stub', '--importMemory', '--initialMemory', '1']
const features = ['--enable', 'simd', '--enable', 'bulk-memory']

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'))

/** Milliseconds; of the newest file of a kernel. */
function newestSource({ entry, alsoReads }) {
  const folder = dirname(entry)
  const own = readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
  const files = [...own, ...alsoReads, 'scripts/build-kernel.js', 'package-lock.json']
  return Math.max(...files.map((file) => statSync(file).mtimeMs))
}

for (const kernel of kernels) {
  const { entry, module, name } = kernel
  if (existsSync(module) && statSync(module).mtimeMs > newestSource(kernel)) continue
  const { main } = await import('assemblyscript/asc')
  let code
  const given = {
    readFile: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    writeFile: (file, contents) => {
      if (file.endsWith('.wasm')) code = contents
    },
    listFiles: () => [],
  }
  const arguments_ = [entry, ...options, ...features, ...kernel.options, '--outFile', 'kernel.wasm']
  const { error, stderr } = await main(arguments_, given)
  const complaints = stderr.toString().replace('Last converge was suboptimal.\n', '')
  if (error || complaints !== '') {
    process.stderr.write(`${complaints}${error ? `${entry}: ${error.message}\n` : ''}`)
    process.exit(1)
  }
  const text = Buffer.from(code).toString('base64')
  const lines = [
    `/** \`${entry}\`, compiled: ${code.length} bytes of WebAssembly in base64. Written by \`scripts/build-kernel.js\`. */`,
    `export const ${name} =`,
    `  '${text}'`,
  ]
  writeFileSync(module, `${lines.join('\n')}\n`)
}
