/** A transcript as CSV, one row a message. */
import { BOM, row } from '../csv.ts'
import type { Transcript } from './read-transcript.ts'

const COLUMNS = ['Position', 'At', 'Kind', 'Author kind', 'Author', 'Text', 'Attachments']

export function asCsv({ lines }: Transcript): string {
  const rows = lines.map(({ position, at, kind, author, text, attachments }) =>
    row([position, at.toISOString(), kind, author.kind, author.name, text, attachments.map((a) => a.name).join('; ')]),
  )
  return BOM + row(COLUMNS) + rows.join('')
}
