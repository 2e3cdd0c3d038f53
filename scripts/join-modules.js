/**
 * Joins the program's two hundred small modules into a few files in `dist/app`: Node takes about half a millisecond to load
 * one. The library (`dist/src/index.js`) stays as the compiler made it, and dependencies stay outside. Part of the build: see
 * `docs/decisions/0013-joined-for-a-quick-start.md`.
 */
import { build } from 'rolldown'

const workers = [
  ...['scan-task', 'dump-task', 'timeline-task', 'health-task', 'hash-task'].map((task) => `scan/${task}`),
  'pool/lane',
]

/**
 * What is loaded together becomes one file. `base` is what `--version` and `--help` need, and most others; `disk` is loaded for
 * a host with registry hives, `render` for a dump, `page` for report.html. What no group names goes where it is needed.
 */
const groups = [
  { name: 'piscina', test: /node_modules[\\/]piscina[\\/]/ },
  group('base', [
    'errors|version|bytes/(filetime|compare)|query/(filter[.]|nearest)|report/plain|finding',
    'evidence/(why|channel|typed)',
  ]),
  group('reader', [
    'bytes|event|query|pool|evidence/(?!zip|inflating|access|hive)',
    'evtx/(?!deco|plan-|run-|write-|xml|json|system-|plain-(renderer|shape)|evtx-dump|hidden|copy-literal|chunk-names)',
    'scan/(?!dump|timeline|health|hash|engine|record-output|row-|shown|parquet|read-matching|run-|copy-|machine)',
  ]),
  group('report', ['report/(?!language/fr|html|fact|markdown)']),
  group('judge', ['analyze|correlate|scenarios|facts/(access|security|server|fact[.])']),
  group('disk', ['facts|hive|evidence/(access|hive)|scan/machine|report/fact']),
  group('render', ['evtx']),
  group('page', ['report']),
]

/** A file with what the modules import besides; what stands in an earlier one stays there. */
function group(name, paths) {
  return { name, test: room(paths.join('|')) }
}

/** Modules below `src/` whose path begins so. */
function room(paths) {
  return new RegExp(`dist[\\\\/]src[\\\\/](${paths.replaceAll('/', '[\\\\/]')})`)
}

/**
 * Piscina is joined, as it takes longer to load than all of the program; its workers start with a file that stays where it
 * is, beside what `__dirname` meant.
 */
const keepPlaceOfPiscina = {
  name: 'keep-place-of-piscina',
  transform: (code, id) =>
    /piscina[\\/]dist[\\/]index\.js$/.test(id)
      ? code.replaceAll('__dirname', "require('node:path').dirname(require.resolve('piscina'))")
      : undefined,
}

await build({
  input: {
    main: 'dist/src/cli/main.js',
    ...Object.fromEntries(workers.map((module) => [module.split('/')[1], `dist/src/${module}.js`])),
  },
  platform: 'node',
  external: [/^node:/, /^(?!@?commander|csv-stringify|piscina)[@a-z]/],
  logLevel: 'warn',
  // Whoever needs a module at once loads it at once, however others name it.
  checks: { ineffectiveDynamicImport: false },
  // As `bin/load.js` provides it: what is compiled ahead has no `import()` of its own.
  plugins: [
    keepPlaceOfPiscina,
    { name: 'import-outside', renderChunk: (code) => code.replaceAll(/\bimport\(/g, 'importOutside(') },
  ],
  output: {
    dir: 'dist/app',
    format: 'cjs',
    cleanDir: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    comments: false,
    codeSplitting: { groups: groups.map((each, position) => ({ ...each, priority: groups.length - position })) },
  },
})
