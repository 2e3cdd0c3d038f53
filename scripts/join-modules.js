/**
 * Joins the program's two hundred small modules into a few files in `dist/app`: Node takes about half a millisecond to load
 * one. The library (`dist/src/index.js`) stays as the compiler made it, and dependencies stay outside. Part of the build: see
 * `docs/decisions/0013-joined-for-a-quick-start.md`.
 */
import { build } from 'rolldown'

const tasks = ['scan-task', 'dump-task', 'timeline-task', 'health-task']

/** What is loaded together becomes one file. `base` is what `--version` and `--help` need, and most others. */
const groups = [
  {
    name: 'base',
    test: room('errors|version|bytes/filetime|query/(filter[.]|nearest)|report/plain|finding'),
    priority: 1,
  },
  { name: 'reader', test: room('bytes|evtx|event|query|pool|evidence|scan/(?!dump|timeline|health)') },
  { name: 'judge', test: room('analyze|correlate|scenarios') },
  { name: 'report', test: room('report') },
]

/** Modules below `src/` whose path begins so. */
function room(paths) {
  return new RegExp(`dist[\\\\/]src[\\\\/](${paths.replaceAll('/', '[\\\\/]')})`)
}

await build({
  input: {
    main: 'dist/src/cli/main.js',
    ...Object.fromEntries(tasks.map((task) => [task, `dist/src/scan/${task}.js`])),
  },
  platform: 'node',
  external: [/^node:/, /^[@a-z]/],
  logLevel: 'warn',
  output: {
    dir: 'dist/app',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: { groups },
  },
})
