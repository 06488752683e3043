/** What the address bar says about the conversations on screen: the view, the filters, the search, the place in it. */
import { ChannelKind, type ConversationFilter, Status, View } from '@earshot/contracts'
import type { z } from 'zod'

/** The fields that the filter menu offers; each holds one value or several, any of which may match. */
export const FILTER_FIELDS = ['status', 'channel', 'agentId', 'stage'] as const
export type FilterField = (typeof FILTER_FIELDS)[number]

export interface ConversationSearch {
  view?: View
  q?: string
  status?: Status[]
  channel?: ChannelKind[]
  agentId?: string[]
  stage?: string[]
  contactId?: string
  /** The entry to show: a search hit or a quoted line. */
  at?: number
  /** On a narrow screen: the contact's details instead of the transcript. */
  pane?: 'details'
}

/** What the list and the counts are asked for. */
export type ListFilter = {
  [K in 'view' | 'q' | 'status' | 'channel' | 'agentId' | 'stage' | 'contactId']?: z.output<
    (typeof ConversationFilter)[K]
  >
}

/** Reads the address tolerantly: what is not understood is left out, so that an old link still opens. */
export function readSearch(raw: Record<string, unknown>): ConversationSearch {
  const search: ConversationSearch = {
    view: oneOf(raw.view, View.options),
    q: typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q).slice(0, 200) || undefined : undefined,
    status: some(raw.status, (v) => oneOf(v, Status.options)),
    channel: some(raw.channel, (v) => oneOf(v, ChannelKind.options)),
    agentId: some(raw.agentId, word),
    stage: some(raw.stage, word),
    contactId: word(raw.contactId),
    at: typeof raw.at === 'number' && Number.isInteger(raw.at) && raw.at > 0 ? raw.at : undefined,
    pane: raw.pane === 'details' ? 'details' : undefined,
  }
  return drop(search)
}

/** The part of the address that decides which conversations are listed. */
export function filterOf(search: ConversationSearch, defaultView: View): ListFilter {
  const { at: _, pane: __, ...filter } = search
  return drop({
    ...filter,
    view: filter.view ?? defaultView,
    contactId: filter.contactId ? [filter.contactId] : undefined,
  })
}

/** How many filters narrow the list, not counting the view. */
export function activeFilters(search: ConversationSearch): (FilterField | 'q' | 'contactId')[] {
  const fields = [...FILTER_FIELDS, 'q', 'contactId'] as const
  return fields.filter((field) => search[field] !== undefined)
}

function oneOf<T extends string>(value: unknown, options: readonly T[]): T | undefined {
  return options.find((option) => option === value)
}

function some<T>(value: unknown, read: (value: unknown) => T | undefined): T[] | undefined {
  const values = (Array.isArray(value) ? value : [value]).map(read).filter((v) => v !== undefined)
  return values.length > 0 ? [...new Set(values)].slice(0, 20) : undefined
}

const word = (value: unknown) => (typeof value === 'string' && value !== '' && value.length <= 64 ? value : undefined)

function drop<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
