import type { DuckDBConnection } from '@duckdb/node-api'

/** A reader that shares no line of code with us; undefined where its native part cannot be loaded here. */
async function connect(): Promise<DuckDBConnection | undefined> {
  try {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    return await (await DuckDBInstance.create(':memory:')).connect()
  } catch {
    return undefined
  }
}

const connection = await connect()
/** False: tests that read with DuckDB skip. */
export const hasDuckDb = connection !== undefined

/** What DuckDB answers, a row an object; 64-bit numbers, times and NULL as text and null. */
export async function askDuckDb(sql: string): Promise<Readonly<Record<string, unknown>>[]> {
  const reader = await connection!.runAndReadAll(sql)
  return reader.getRowObjectsJson()
}
