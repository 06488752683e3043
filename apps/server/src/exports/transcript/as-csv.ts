/** A transcript as CSV, one row a message. */
import { BOM, row } from '../csv.ts'
import type { Transcript } from './read-transcript.ts'

const COLUMNS = [
  'Position',
  'At',
  'Kind',
  'Author kind',
  'Author',
  'Text',
  'Attachments',
  'Call from (s)',
  'Call to (s)',
]

export function asCsv({ lines }: Transcript): string {
  const rows = lines.map(({ position, at, kind, author, text, attachments, call }) =>
    row([
      position,
      at.toISOString(),
      kind,
      author.kind,
      author.name,
      text,
      attachments.map((a) => a.name).join('; '),
      call ? call.startMs / 1000 : '',
      call ? call.endMs / 1000 : '',
    ]),
  )
  return BOM + row(COLUMNS) + rows.join('')
}
