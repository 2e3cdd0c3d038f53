import { writeLog } from '../../src/evtx/write/log-writer.ts'
import type { Verdict, WindowName } from '../../src/finding/finding.ts'
import type { SampleDisk } from './disks/sample-disk.ts'
import type { DisplayLanguage, Machine, WindowsBuild } from './machine.ts'
import { type HostOptions, SampleHost, type SampleLog } from './sample-host.ts'

/** A finding that the analysis must come to; none is expected but these. */
export interface ExpectedFinding {
  /** Its id. */
  readonly scenario: string
  readonly verdict: Verdict
  readonly window?: WindowName
}

/** What the analysis must say of one host: its label is the folder's name, or the computer's for loose logs. */
export interface ExpectedHost {
  readonly host: string
  readonly findings: readonly ExpectedFinding[]
}

/** A file; `path` is below some folder, with `/` between. */
export interface SampleFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A folder of `samples/`. */
export interface Sample {
  readonly name: string
  /** What it shows, for a reader of `samples/README.md`: one or two sentences. */
  readonly shows: string
  readonly hosts: readonly ExpectedHost[]
  /** Where it must be given by itself, as a zip must: its path below `samples/`. */
  readonly givenAs?: string
  /** Makes its files anew, by their paths below its folder. */
  readonly files: () => readonly SampleFile[]
}

/** The bytes of logs. */
export function logFiles(logs: readonly SampleLog[]): readonly SampleFile[] {
  return logs.map(({ path, events, ...options }) => ({ path, bytes: writeLog(events, options) }))
}

/** A sample that is one host's volume. */
export function hostSample(
  name: string,
  shows: string,
  findings: readonly ExpectedFinding[],
  tell: () => SampleHost,
): Sample {
  return { name, shows, hosts: [{ host: name, findings }], files: () => logFiles(tell().logs()) }
}

/** A host, and what lies beside its logs. */
export interface HostWithDisk {
  readonly host: SampleHost
  readonly disk: SampleDisk
}

/** A sample that is one host's volume with hives and key files. */
export function diskSample(
  name: string,
  shows: string,
  findings: readonly ExpectedFinding[],
  tell: () => HostWithDisk,
): Sample {
  return { name, shows, hosts: [{ host: name, findings }], files: () => volumeFiles(tell()) }
}

/** The files of a volume: logs and what lies beside them. */
export function volumeFiles({ host, disk }: HostWithDisk): readonly SampleFile[] {
  return [...logFiles(host.logs()), ...disk.files()]
}

const ZONES: Record<DisplayLanguage, Machine['zone']> = {
  en: { bias: 0, name: 'GMT Standard Time' },
  de: { bias: -60, name: 'Mitteleuropäische Zeit' },
  ja: { bias: -540, name: '東京 (標準時)' },
}

/** A member server of contoso.com. */
export function contosoServer(
  name: string,
  computer: string,
  build: WindowsBuild,
  options: Omit<HostOptions, 'name' | 'machine'> & { readonly language?: DisplayLanguage } = {},
): SampleHost {
  const { language = 'en', ...rest } = options
  const machine: Machine = {
    computer: `${computer}.contoso.com`,
    domain: 'CONTOSO',
    build,
    language,
    domainSid: 'S-1-5-21-2052111302-1275210071-1644491937',
    zone: ZONES[language],
  }
  return new SampleHost({ name, machine, ...rest })
}
