/** A transcript as JSON: the facts of the conversation and what was said, for other programs. */
import type { Transcript } from './read-transcript.ts'

export function asJson({ conversation: c, title, lines }: Transcript): string {
  const { id, number, sessionId, status, outcome, startedAt, endedAt, endReason, durationMs, language } = c
  const about = {
    id,
    number,
    sessionId,
    title,
    status,
    outcome,
    stage: c.stage.key,
    channel: { kind: c.channel.kind, name: c.channel.name },
    agent: c.agent?.name ?? null,
    contact: { name: c.contact.name, email: c.contact.email, phone: c.contact.phone },
    language,
    startedAt,
    endedAt,
    endReason,
    durationMs,
    rating: c.rating,
    tags: c.tags,
  }
  const entries = lines.map(({ at, call, ...line }) => ({ ...line, ...(call && { call }), at: at.toISOString() }))
  return `${JSON.stringify({ conversation: about, entries }, null, 2)}\n`
}
