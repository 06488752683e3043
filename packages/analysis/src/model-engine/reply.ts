/** A model's reply, checked against its schema. Anything else in it is left behind. */
import { z } from 'zod'

const Cited = { position: z.number().int().positive(), quote: z.string().trim().min(3).max(2000) }
const Need = z.object(Cited)
const Line = z.object({ ...Cited, text: z.string().trim().min(3).max(240) })
const Reply = z.object({
  needs: z.array(z.unknown()).max(40).default([]),
  did: z.array(z.unknown()).max(40).default([]),
  performance: z.array(z.unknown()).max(40).default([]),
})

export type Need = z.infer<typeof Need>
export type Line = z.infer<typeof Line>
export type ModelReply = { needs: Need[]; did: Line[]; performance: Line[]; malformed: number }

/** Undefined when it is no such object. */
export const readReply = (said: string): ModelReply | undefined => {
  const parsed = Reply.safeParse(objectIn(said))
  if (!parsed.success) return undefined
  const { needs, did, performance } = parsed.data
  const read = {
    needs: needs.flatMap((one) => Need.safeParse(one).data ?? []),
    did: did.flatMap((one) => Line.safeParse(one).data ?? []),
    performance: performance.flatMap((one) => Line.safeParse(one).data ?? []),
  }
  const taken = read.needs.length + read.did.length + read.performance.length
  return { ...read, malformed: needs.length + did.length + performance.length - taken }
}

/** Also where a model says something around it. */
export const objectIn = (said: string): unknown => {
  const json = /\{[\s\S]*\}/.exec(said.slice(0, 60_000))?.[0]
  try {
    return JSON.parse(json ?? '')
  } catch {
    return undefined
  }
}
