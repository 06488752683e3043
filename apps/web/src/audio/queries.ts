/** What is asked about the sound of a conversation. Bytes are no part of it: they come when somebody plays. */
import { call } from '@earshot/client'
import { type AudioMessage, getAudioPeaks, type LiveEvent, listAudio } from '@earshot/contracts'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { decodePeaks, mayDecode } from './decode.ts'

const keyOf = (conversationId: string) => ['conversations', 'audio', conversationId] as const
const peaksKey = (id: string) => ['conversations', 'peaks', id] as const

export const audioQuery = (conversationId: string) =>
  queryOptions({
    queryKey: keyOf(conversationId),
    queryFn: async ({ signal }) => (await call(listAudio, { params: { id: conversationId }, signal })).items,
    staleTime: 60_000,
  })

/** While the server makes them they are asked for a few times; there is no hurry, and the bar plays without. */
const AGAIN_MS = 3000
const TIMES = 6

export const peaksQuery = (conversationId: string, { id, state }: AudioMessage) =>
  queryOptions({
    queryKey: peaksKey(id),
    queryFn: async ({ signal }) => {
      const { state, peaks } = await call(getAudioPeaks, { params: { id: conversationId, audioId: id }, signal })
      return { state, peaks }
    },
    enabled: state === 'ready',
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.state === 'waiting' && dataUpdateCount < TIMES ? AGAIN_MS : false,
  })

/** Where the server cannot draw a sound, the browser does, once somebody plays it and its bytes are fetched anyway. */
export async function drawHere(cache: QueryClient, message: AudioMessage): Promise<void> {
  const held = cache.getQueryData<{ state: string }>(peaksKey(message.id))
  if (held?.state !== 'none' || !mayDecode(message)) return
  const peaks = await decodePeaks(message.url).catch(() => undefined)
  if (peaks) cache.setQueryData(peaksKey(message.id), { state: 'ready', peaks })
}

/** New sound, and sound that has been fetched meanwhile. */
export function hearAudio(cache: QueryClient, event: LiveEvent): void {
  const id =
    event.type === 'entries.appended' && event.entries.some(({ audio }) => audio)
      ? event.conversationId
      : event.type === 'conversation.changed' && isFetching(cache, event.conversation.id)
        ? event.conversation.id
        : undefined
  if (id) void cache.invalidateQueries({ queryKey: keyOf(id) })
}

const isFetching = (cache: QueryClient, id: string): boolean =>
  cache.getQueryData<AudioMessage[]>(keyOf(id))?.some(({ state }) => state === 'fetching') ?? false
