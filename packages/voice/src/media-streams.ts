/**
 * The Media Streams protocol of Twilio: JSON text over WebSocket, μ-law in base64. Carriers speak it to the hub, the SIP edge speaks it to
 * the hub, and the hub speaks it to agents. Source: voice.md §5.1; numbers arrive as strings.
 */
import { z } from 'zod'

const numberText = z.string().regex(/^\d{1,15}$/)
const sid = z.string().min(1).max(120)

export const StreamStart = z.object({
  event: z.literal('start'),
  sequenceNumber: numberText.optional(),
  streamSid: sid,
  start: z.object({
    accountSid: z.string().max(120).optional(),
    streamSid: sid,
    callSid: sid,
    tracks: z.array(z.string()).optional(),
    mediaFormat: z.object({
      encoding: z.literal('audio/x-mulaw'),
      sampleRate: z.literal(8000),
      channels: z.literal(1),
    }),
    /** `token` binds the stream to a leg the hub expects. */
    customParameters: z.record(z.string().max(100), z.string().max(2000)).default({}),
  }),
})
export type StreamStart = z.infer<typeof StreamStart>

/** What comes from a carrier. */
export const FromCarrier = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connected'), protocol: z.string(), version: z.string() }),
  StreamStart,
  z.object({
    event: z.literal('media'),
    sequenceNumber: numberText.optional(),
    streamSid: sid,
    media: z.object({
      track: z.string().optional(),
      chunk: numberText.optional(),
      timestamp: numberText.optional(),
      payload: z.string(),
    }),
  }),
  z.object({
    event: z.literal('dtmf'),
    sequenceNumber: numberText.optional(),
    streamSid: sid,
    dtmf: z.object({ track: z.string().optional(), digit: z.string().regex(/^[0-9*#A-D]$/) }),
  }),
  z.object({
    event: z.literal('mark'),
    sequenceNumber: numberText.optional(),
    streamSid: sid,
    mark: z.object({ name: z.string().max(200) }),
  }),
  z.object({
    event: z.literal('stop'),
    sequenceNumber: numberText.optional(),
    streamSid: sid,
    stop: z.object({ accountSid: z.string().optional(), callSid: z.string().optional() }),
  }),
])
export type FromCarrier = z.infer<typeof FromCarrier>

/** What may be sent to a carrier: these three only, anything else is its error 31924. Agents send the same to the hub. */
export const ToCarrier = z.discriminatedUnion('event', [
  z.object({ event: z.literal('media'), streamSid: sid, media: z.object({ payload: z.string() }) }),
  z.object({ event: z.literal('mark'), streamSid: sid, mark: z.object({ name: z.string().max(200) }) }),
  z.object({ event: z.literal('clear'), streamSid: sid }),
])
export type ToCarrier = z.infer<typeof ToCarrier>

/** A message longer than this ends the stream. */
export const MAX_STREAM_MESSAGE = 64 * 1024

/** The base64 of a media message without parsing its JSON; null when it is another message. Fifty a second a leg come this way. */
export function payloadOf(message: string): string | null {
  if (!message.includes('"event":"media"')) return null
  const at = message.indexOf('"payload":"')
  if (at < 0) return null
  const end = message.indexOf('"', at + 11)
  return end < 0 ? null : message.slice(at + 11, end)
}

export const mediaMessage = (streamSid: string, payload: string): string =>
  `{"event":"media","streamSid":"${streamSid}","media":{"payload":"${payload}"}}`
export const markMessage = (streamSid: string, name: string): string =>
  JSON.stringify({ event: 'mark', streamSid, mark: { name } })
export const clearMessage = (streamSid: string): string => JSON.stringify({ event: 'clear', streamSid })
