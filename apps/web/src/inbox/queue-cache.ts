/** The queue as every screen holds it: read once, then kept true by the feed. */
import { call } from '@earshot/client'
import {
  getPresence,
  type LiveEvent,
  listMyQueue,
  listOperators,
  listQueue,
  listTeams,
  type Operator,
  type QueueItem,
} from '@earshot/contracts'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { feedStarted } from '../app/live-feed.ts'
import { inQueueOrder } from './queue-order.ts'

/** They begin with the resource, by which settings that change are read again. */
export const queueKeys = {
  items: ['queue', 'items'] as const,
  mine: ['queue', 'mine'] as const,
  operators: ['queue', 'operators'] as const,
  presence: ['queue', 'presence'] as const,
  teams: ['queue', 'teams'] as const,
}

/** Reading waits this long for the feed to stand somewhere. */
const PATIENCE_MS = 1000

/** What the feed told while a list was being read: it is applied on top of what was read. */
const heard = new Set<QueueEvent[]>()
type QueueEvent = Extract<LiveEvent, { type: 'queue.changed' | 'operator.changed' | 'conversation.changed' }>

async function readBeside<T>(read: () => Promise<T>, apply: (state: T, event: QueueEvent) => T): Promise<T> {
  await Promise.race([feedStarted(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
  const meanwhile: QueueEvent[] = []
  heard.add(meanwhile)
  try {
    const state = await read()
    return meanwhile.reduce(apply, state)
  } finally {
    heard.delete(meanwhile)
  }
}

/** Page by page; a queue longer than this is no list that anybody reads. */
const MOST_PAGES = 10

async function readAll(signal: AbortSignal): Promise<QueueItem[]> {
  const items: QueueItem[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { state: ['waiting' as const, 'offered' as const, 'held' as const], ...(cursor && { cursor }) }
    const read = await call(listQueue, { query, signal })
    items.push(...read.items)
    if (read.nextCursor === null) break
    cursor = read.nextCursor
  }
  return items
}

/** Everybody who waits, and who is with a person. */
export const queueQuery = queryOptions({
  queryKey: queueKeys.items,
  queryFn: ({ signal }) =>
    readBeside(
      () => readAll(signal),
      (items, event) => applyToItems(items, event, () => true),
    ),
})

export const myQueueQuery = (memberId: string) =>
  queryOptions({
    queryKey: queueKeys.mine,
    queryFn: ({ signal }) =>
      readBeside(
        async () => (await call(listMyQueue, { signal })).items,
        (items, event) => applyToItems(items, event, isOf(memberId)),
      ),
  })

export const operatorsQuery = queryOptions({
  queryKey: queueKeys.operators,
  queryFn: ({ signal }) => readBeside(async () => (await call(listOperators, { signal })).items, applyToOperators),
})

export const presenceQuery = queryOptions({
  queryKey: queueKeys.presence,
  queryFn: ({ signal }) => readBeside(() => call(getPresence, { signal }), applyToOperator),
})

export const teamsQuery = queryOptions({
  queryKey: queueKeys.teams,
  queryFn: async ({ signal }) => (await call(listTeams, { signal })).items,
  staleTime: 60_000,
})

export const isOf =
  (memberId: string) =>
  ({ offer, holder }: QueueItem): boolean =>
    offer?.member.id === memberId || holder?.id === memberId

/** Puts one event of the feed into every list that is held. */
export function applyToQueue(cache: QueryClient, event: LiveEvent, memberId: string): void {
  if (event.type !== 'queue.changed' && event.type !== 'operator.changed' && event.type !== 'conversation.changed')
    return
  for (const meanwhile of heard) meanwhile.push(event)
  const items = (belongs: (item: QueueItem) => boolean) => (held: QueueItem[] | undefined) =>
    held && applyToItems(held, event, belongs)
  cache.setQueryData<QueueItem[]>(
    queueKeys.items,
    items(() => true),
  )
  cache.setQueryData<QueueItem[]>(queueKeys.mine, items(isOf(memberId)))
  cache.setQueryData<Operator[]>(queueKeys.operators, (held) => held && applyToOperators(held, event))
  cache.setQueryData<Operator>(queueKeys.presence, (held) => held && applyToOperator(held, event))
}

/** The list in its order; the same list when the event changes nothing in it. */
export function applyToItems(
  items: QueueItem[],
  event: QueueEvent,
  belongs: (item: QueueItem) => boolean,
): QueueItem[] {
  if (event.type === 'operator.changed') return items
  if (event.type === 'conversation.changed') {
    const { conversation } = event
    if (!items.some((item) => item.conversationId === conversation.id)) return items
    return items.map((item) => (item.conversationId === conversation.id ? { ...item, conversation } : item))
  }
  const others = items.filter((item) => item.conversationId !== event.conversationId)
  const { item } = event
  if (!item || !belongs(item)) return others.length === items.length ? items : others
  return [...others, item].sort(inQueueOrder)
}

function applyToOperators(operators: Operator[], event: QueueEvent): Operator[] {
  if (event.type !== 'operator.changed') return operators
  const { operator } = event
  const known = operators.some(({ member }) => member.id === operator.member.id)
  if (!known) return [...operators, operator]
  return operators.map((one) => (one.member.id === operator.member.id ? operator : one))
}

const applyToOperator = (operator: Operator, event: QueueEvent): Operator =>
  event.type === 'operator.changed' && event.operator.member.id === operator.member.id ? event.operator : operator
