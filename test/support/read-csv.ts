/** Reads CSV as RFC 4180 has it: CRLF ends a record, quotes are doubled. Written apart from what it checks. */
export function readCsv(csv: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let position = 0
  while (position < csv.length) {
    let field = ''
    if (csv[position] === '"') {
      for (position++; csv[position] !== '"' || csv[position + 1] === '"'; position++) {
        if (position >= csv.length) throw new Error('A quote is never closed')
        if (csv[position] === '"') position++
        field += csv[position]
      }
      position++
    } else {
      while (position < csv.length && csv[position] !== ',' && csv[position] !== '\r') field += csv[position++]
    }
    record.push(field)
    if (csv[position] === ',') position++
    else if (csv.startsWith('\r\n', position)) {
      records.push(record)
      record = []
      position += 2
    } else throw new Error(`Neither a comma nor CRLF at ${position}`)
  }
  return records
}
