/** The columns of an export that say what a column of the table shows. */
import type { ExportColumn } from '@earshot/contracts'
import type { ColumnKey } from './columns.ts'

const COLUMNS: Record<ColumnKey, readonly ExportColumn[]> = {
  contact: ['contact', 'email', 'phone'],
  agent: ['agent', 'company'],
  channel: ['channel'],
  status: ['status'],
  outcome: ['outcome'],
  messages: ['messages'],
  rating: ['rating', 'ratingComment'],
  quality: ['quality'],
  date: ['started'],
  flagged: ['flags'],
  tags: ['tags'],
  session: ['session'],
  flow: ['flow'],
  handler: ['assignee'],
  handoff: ['handoff'],
  stage: ['stage'],
  resolution: [],
  duration: ['duration'],
  lastMessage: ['lastMessage', 'preview'],
  functions: ['functions'],
}

/** With the number first, by which a row is found again. */
export const exportColumns = (keys: readonly ColumnKey[]): ExportColumn[] => [
  ...new Set<ExportColumn>(['number', ...keys.flatMap((key) => COLUMNS[key])]),
]
