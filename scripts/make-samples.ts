import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { describeSamples } from './samples/samples.ts'

/** Writes `samples/` below the working directory: what is not described any more goes, what is the same stays untouched. */
const folder = 'samples'
const files = describeSamples()
const described = new Set(files.map((file) => join(folder, file.path)))

mkdirSync(folder, { recursive: true })
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  const isNeeded = entry.isDirectory() ? isAbove(path) : described.has(path)
  if (!isNeeded) rmSync(path, { recursive: true, force: true })
}

let written = 0
for (const { path, bytes } of files) {
  const target = join(folder, path)
  if (isSame(target, bytes)) continue
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, bytes)
  written++
}
const megabytes = files.reduce((sum, file) => sum + file.bytes.length, 0) / 1_000_000
process.stdout.write(
  `${folder}: ${files.length} files, ${megabytes.toFixed(1)} MB, ${written} of them new or changed\n`,
)

function isAbove(path: string): boolean {
  return [...described].some((file) => file.startsWith(path + sep))
}

function isSame(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes)
  } catch {
    return false
  }
}
