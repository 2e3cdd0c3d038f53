import type { Analysis } from '../../finding/analysis.ts'
import type { Voice } from '../language/voice.ts'
import type { EvidencePack } from './evidence-pack.ts'
import type { ScenarioWords } from './shared-words.ts'

/** What every part of the page is written with. */
export interface PageContext {
  readonly voice: Voice
  readonly options: Analysis['options']
  /** True when the page is about one host: everything stands open, and its repairs stand with it. */
  readonly alone: boolean
  /** How the windows of all hosts of many were found, where that is the same for all: said once at the top. */
  readonly period: string | undefined
  /** By scenario: what stands once at the end of the page, and not with each host. */
  readonly shared: ReadonlyMap<string, ScenarioWords>
  /** Takes the rows that do not stand in the page. */
  readonly pack: EvidencePack
}
