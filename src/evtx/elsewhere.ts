import type { Chunk } from './chunk.ts'
import type { LiveRecords } from './live-records.ts'
import type { Template } from './template.ts'
import type { TemplateLibrary } from './template-library.ts'

/** What is known beyond the chunk at hand: asked only about records that are recovered. */
export interface Elsewhere {
  /** The one definition of an id that the whole run knows; undefined where it knows none, or more than one. */
  template(templateId: number): Template | undefined
  /** True where the same log holds the same record among those that are in use. */
  isLive(chunk: Chunk, offset: number, size: number): boolean
}

/** How to come by what is known elsewhere; each is called once at most. */
export interface Sources {
  library(): TemplateLibrary
  live(): LiveRecords
}

/** Looks elsewhere only when it is asked: healthy logs are read once. */
export function elsewhereOf(sources: Sources): Elsewhere {
  let library: TemplateLibrary | undefined
  let live: LiveRecords | undefined
  return {
    template(templateId) {
      library ??= sources.library()
      return library.find(templateId)
    },
    isLive(chunk, offset, size) {
      live ??= sources.live()
      return live.has(chunk, offset, size)
    },
  }
}
