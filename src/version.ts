import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The version in our `package.json`: one folder further up when built. */
export function toolVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  const about: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof about === 'object' && about !== null && 'version' in about) return String(about.version)
  throw new Error('package.json has no version')
}
