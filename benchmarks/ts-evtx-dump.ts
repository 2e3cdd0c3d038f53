/** The peer `@ts-evtx/core`, reading a whole log to XML: `node dist/benchmarks/ts-evtx-dump.js FILE`. */
import { writeSync } from 'node:fs'
import { EvtxFile } from '@ts-evtx/core'

const file = await EvtxFile.open(process.argv[2] ?? '')
for (const record of file.records()) writeSync(1, record.renderXml())
