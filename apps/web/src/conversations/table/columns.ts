/** The columns of the table: how wide, how sorted, and which are shown, in what order, as a person or a view keeps them. */
import type { ListColumn, Sort } from '@earshot/contracts'

type SortName = Exclude<Sort, `-${string}`>
type Column = {
  width: number
  sort?: SortName
  /** What the orders are called: words, numbers or times. */
  kind?: 'text' | 'number' | 'time'
  end?: true
}

/** In the order of the menu: first those of the standard set. */
export const COLUMNS = {
  contact: { width: 176 },
  agent: { width: 128, sort: 'agent', kind: 'text' },
  channel: { width: 102 },
  status: { width: 84, sort: 'status', kind: 'text' },
  outcome: { width: 106 },
  messages: { width: 80, sort: 'messages', kind: 'number', end: true },
  rating: { width: 108, sort: 'rating', kind: 'number' },
  quality: { width: 96, sort: 'quality', kind: 'number' },
  date: { width: 114, sort: 'startedAt', kind: 'time' },
  flagged: { width: 40 },
  tags: { width: 96 },
  session: { width: 140 },
  flow: { width: 140 },
  handler: { width: 120 },
  handoff: { width: 110 },
  stage: { width: 140 },
  resolution: { width: 110 },
  duration: { width: 96, sort: 'duration', kind: 'number', end: true },
  lastMessage: { width: 240, sort: 'lastMessageAt', kind: 'time' },
  functions: { width: 170 },
} as const satisfies Record<string, Column>
export type ColumnKey = keyof typeof COLUMNS
export const COLUMN_KEYS = Object.keys(COLUMNS) as ColumnKey[]
export const columnOf = (key: ColumnKey): Column => COLUMNS[key]

/** As every person begins. Who it is comes first, always, and stays while the others scroll. */
export const STANDARD: readonly ListColumn[] = COLUMN_KEYS.slice(0, 11).map((key) => ({
  key,
  ...(key === 'contact' ? { pinned: true } : {}),
}))
export const ALWAYS: ColumnKey = 'contact'

export interface ShownColumn {
  key: ColumnKey
  width: number
  pinned: boolean
}

const MIN_WIDTH = 40
const MAX_WIDTH = 600
export const fitWidth = (width: number) => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)))

const isKey = (key: string): key is ColumnKey => Object.hasOwn(COLUMNS, key)

/** Kept columns as they are drawn: pinned ones first; names of columns that are no more are passed over. */
export function shownColumns(kept: readonly ListColumn[] | null | undefined): ShownColumn[] {
  const seen = new Set<string>()
  const known = (kept ?? STANDARD).flatMap(({ key, width, pinned }): ShownColumn[] => {
    if (!isKey(key) || seen.has(key)) return []
    seen.add(key)
    return [{ key, width: fitWidth(width ?? columnOf(key).width), pinned: pinned ?? false }]
  })
  const all = seen.has(ALWAYS) ? known : [{ key: ALWAYS, width: columnOf(ALWAYS).width, pinned: true }, ...known]
  return [...all.filter(({ pinned }) => pinned), ...all.filter(({ pinned }) => !pinned)]
}

/** While something is searched for, the words that were found stand beside whose they are, chosen or not. */
const HITS: ColumnKey = 'lastMessage'
export function withHits(columns: readonly ShownColumn[]): ShownColumn[] {
  if (columns.some(({ key }) => key === HITS)) return [...columns]
  const pinned = columns.filter((column) => column.pinned)
  const hits = { key: HITS, width: columnOf(HITS).width, pinned: false }
  return [...pinned, hits, ...columns.filter((column) => !column.pinned)]
}
/** What was changed while searching, without the column that only the search brought. */
export const withoutHits = (changed: readonly ShownColumn[], own: readonly ShownColumn[]): ShownColumn[] =>
  own.some(({ key }) => key === HITS) ? [...changed] : changed.filter(({ key }) => key !== HITS)

/** What is kept of them: a width only where it is not the usual one. */
export const keptColumns = (columns: readonly ShownColumn[]): ListColumn[] =>
  columns.map(({ key, width, pinned }) => ({
    key,
    ...(width === columnOf(key).width ? {} : { width }),
    ...(pinned ? { pinned } : {}),
  }))

export function toggleColumn(columns: readonly ShownColumn[], key: ColumnKey): ShownColumn[] {
  if (key === ALWAYS) return [...columns]
  if (columns.some((one) => one.key === key)) return columns.filter((one) => one.key !== key)
  return [...columns, { key, width: columnOf(key).width, pinned: false }]
}

/** Puts a column before another, or at the end; it is pinned where its new neighbours are. */
export function moveColumn(columns: readonly ShownColumn[], key: ColumnKey, to: number): ShownColumn[] {
  const from = columns.findIndex((one) => one.key === key)
  const moved = columns[from]
  if (!moved || to < 0 || to >= columns.length || to === from) return [...columns]
  const others = columns.filter((one) => one.key !== key)
  const pinned = others.filter((one) => one.pinned).length
  return [
    ...others.slice(0, to),
    { ...moved, pinned: to < pinned || (to === pinned && moved.pinned) },
    ...others.slice(to),
  ]
}

export const changeColumn = (columns: readonly ShownColumn[], key: ColumnKey, change: Partial<ShownColumn>) =>
  shownColumns(keptColumns(columns.map((one) => (one.key === key ? { ...one, ...change } : one))))

/** The column that shows an order, and the way it runs. */
export function sortedBy(sort: Sort): { key: ColumnKey; name: SortName; descending: boolean } {
  const name = sort.replace('-', '') as SortName
  const key = COLUMN_KEYS.find((one) => columnOf(one).sort === name) ?? 'lastMessage'
  return { key, name, descending: sort.startsWith('-') }
}

/** A click on a header: the same column runs the other way, another begins with its largest or newest, words with A. */
export function sortAfterClick(sort: Sort, key: ColumnKey): Sort | undefined {
  const { sort: name, kind } = columnOf(key)
  if (!name) return undefined
  const now = sortedBy(sort)
  const descending = now.name === name ? !now.descending : kind !== 'text'
  return descending ? `-${name}` : name
}
