/** What the address bar says about the conversations on screen: which ones, in which order, drawn how, and the place in them. */
import {
  ChannelKind,
  Control,
  type ConversationFilter,
  type FilterBody,
  HandoffState,
  LIST_FILTERS,
  type ListFilterName,
  Outcome,
  Priority,
  Resolution,
  Sort,
  Status,
  Tone,
  View,
} from '@earshot/contracts'
import type { z } from 'zod'

/** Fields of which several values may be wanted (any of them), or of which none is wanted: `<field>Not`. */
export type ManyField = ListFilterName
export const MANY_FIELDS = LIST_FILTERS
export const notOf = <F extends ManyField>(field: F) => `${field}Not` as const

/** Stands for what has no value; `me` for whoever reads. */
export const NONE = 'none'
export const ME = 'me'

const isId = (value: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)
const idOr =
  (...words: string[]) =>
  (value: string) =>
    words.includes(value) || isId(value)
const among =
  (...options: readonly string[]) =>
  (value: string) =>
    options.includes(value)
const upTo = (length: number) => (value: string) => value.length <= length

/** What a value of each field may be; another one would be refused by the server, and the whole list with it. */
const MAY_BE: Record<ManyField, (value: string) => boolean> = {
  status: among(...Status.options),
  control: among(...Control.options),
  handoff: among(...HandoffState.options),
  outcome: among(...Outcome.options, NONE),
  resolution: among(...Resolution.options),
  stage: upTo(64),
  channel: among(...ChannelKind.options),
  agentId: idOr(NONE),
  flowId: idOr(NONE),
  assigneeId: idOr(NONE, ME),
  contactId: idOr(),
  tag: upTo(130),
  flag: upTo(64),
  tone: among(...Tone.options, NONE),
  priority: among(...Priority.options),
}

/** Fields that are so or are not. */
export const YES_NO_FIELDS = ['rated', 'reviewed', 'unread', 'flagged', 'hasAudio', 'snoozed'] as const
export type YesNoField = (typeof YES_NO_FIELDS)[number]
export type YesNo = 'true' | 'false'

type Many = { [F in ManyField]?: string[] } & { [F in ManyField as `${F}Not`]?: string[] }

/** Everything that decides which conversations are listed, by the names of the API. */
export interface Wanted extends Many, Partial<Record<YesNoField, YesNo>> {
  view?: View
  q?: string
  minRating?: number
  maxRating?: number
  minQuality?: number
  maxQuality?: number
  /** Of the start: the first moment that is wanted, and the first that is not any more; or the last so many days. */
  from?: string
  to?: string
  lastDays?: number
}

export interface ConversationSearch extends Wanted {
  sort?: Sort
  /** One query, two drawings; without it, as the reader likes it. */
  layout?: 'split' | 'table'
  /** The saved view this began as; the filters stand beside it, so that the link works for everybody. */
  savedView?: string
  /** The entry to show: a search hit or a quoted line. */
  at?: number
  /** On a narrow screen: the contact's details instead of the transcript. */
  pane?: 'details'
}

export const DEFAULT_SORT: Sort = '-lastMessageAt'
/** Most values of one field, as the contract says. */
const MOST = 50

/** What the list and the counts are asked for. */
export type ListFilter = Wanted & { sort?: Sort }

type Query = { [K in keyof typeof ConversationFilter]?: z.output<(typeof ConversationFilter)[K]> }

/** As query parameters: they are named and spelled alike, and `readSearch` let in nothing that the contract would not. */
export const asQuery = (filter: Wanted) => filter as Omit<Query, YesNoField> & Pick<Wanted, YesNoField>

/** As JSON, for saved views and for what a job works on. */
export function asBody(wanted: Wanted): FilterBody {
  const yesNo = YES_NO_FIELDS.filter((field) => wanted[field] !== undefined)
  return {
    ...asQuery(wanted),
    ...Object.fromEntries(yesNo.map((field) => [field, wanted[field] === 'true'])),
  } as FilterBody
}

/** The address of a filter that was kept as JSON. */
export const fromBody = (filter: FilterBody): ConversationSearch => readSearch(filter)

/** Reads the address tolerantly: what is not understood is left out, so that an old link still opens. */
export function readSearch(raw: Record<string, unknown>): ConversationSearch {
  const many: Record<string, string[] | undefined> = {}
  for (const field of MANY_FIELDS) {
    many[field] = some(raw[field], MAY_BE[field])
    many[notOf(field)] = some(raw[notOf(field)], MAY_BE[field])
  }
  const search: ConversationSearch = {
    view: oneOf(raw.view, View.options),
    q: said(raw.q),
    ...many,
    ...Object.fromEntries(YES_NO_FIELDS.map((field) => [field, oneOf(String(raw[field]), ['true', 'false'])])),
    minRating: whole(raw.minRating, 1, 5),
    maxRating: whole(raw.maxRating, 1, 5),
    minQuality: whole(raw.minQuality, 0, 100),
    maxQuality: whole(raw.maxQuality, 0, 100),
    from: moment(raw.from),
    to: moment(raw.to),
    lastDays: whole(raw.lastDays, 1, 3660),
    sort: oneOf(raw.sort, Sort.options),
    layout: oneOf(raw.layout, ['split', 'table']),
    savedView: typeof raw.savedView === 'string' && isId(raw.savedView) ? raw.savedView : undefined,
    at: whole(raw.at, 1, Number.MAX_SAFE_INTEGER),
    pane: oneOf(raw.pane, ['details']),
  }
  if (search.sort === DEFAULT_SORT) search.sort = undefined
  return drop(search)
}

/** The part of the address that decides which conversations are wanted, without the view that stands when none is named. */
export function wantedOf(search: ConversationSearch): Wanted {
  const { sort: _, layout: __, savedView: ___, at: ____, pane: _____, ...wanted } = search
  return drop(wanted)
}

/** What the list is asked for. */
export function filterOf(search: ConversationSearch, defaultView: View): ListFilter {
  return drop({ ...wantedOf(search), view: search.view ?? defaultView, sort: search.sort })
}

/** The filter without its order: what is counted, exported, or worked on in bulk. */
export function unsorted({ sort: _, ...wanted }: ListFilter): Wanted {
  return wanted
}

/** Every name that narrows the list, but not the view and not the words searched for. */
export const FILTER_NAMES = [
  ...MANY_FIELDS,
  ...MANY_FIELDS.map(notOf),
  ...YES_NO_FIELDS,
  'minRating',
  'maxRating',
  'minQuality',
  'maxQuality',
  'from',
  'to',
  'lastDays',
] as const satisfies readonly (keyof Wanted)[]

/** A change of the address that takes every filter away. */
export const NO_FILTERS: Partial<ConversationSearch> = Object.fromEntries(
  [...FILTER_NAMES, 'savedView'].map((name) => [name, undefined]),
)

/** Whether two addresses want the same conversations in the same order. */
export function wantSame(a: ConversationSearch, b: ConversationSearch): boolean {
  const spelled = (search: ConversationSearch) => {
    const all = { ...wantedOf(readSearch({ ...search })), sort: search.sort ?? DEFAULT_SORT }
    return JSON.stringify(
      Object.entries(all)
        .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value])
        .sort(),
    )
  }
  return spelled(a) === spelled(b)
}

function oneOf<T extends string>(value: unknown, options: readonly T[]): T | undefined {
  return options.find((option) => option === value)
}

function some(value: unknown, mayBe: (value: string) => boolean): string[] | undefined {
  const values = (Array.isArray(value) ? value : [value]).filter((v) => typeof v === 'string' && v !== '' && mayBe(v))
  return values.length > 0 ? [...new Set<string>(values)].slice(0, MOST) : undefined
}

const said = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) || undefined : undefined

function whole(value: unknown, min: number, max: number): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max ? number : undefined
}

function moment(value: unknown): string | undefined {
  const at = typeof value === 'string' ? new Date(value) : undefined
  if (!at || Number.isNaN(at.getTime())) return undefined
  return at.getUTCFullYear() >= 1900 && at.getUTCFullYear() <= 9998 ? at.toISOString() : undefined
}

function drop<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
