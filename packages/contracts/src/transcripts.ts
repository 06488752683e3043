/** The transcript of one conversation: what was said, as a document to keep or to send on. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { IdParams, yesNo } from './text.ts'

export const TranscriptFormat = z.enum(['md', 'txt', 'html', 'pdf', 'csv', 'json'])
export type TranscriptFormat = z.infer<typeof TranscriptFormat>

/** Answers with the document, as an attachment. Coaching is in none of them. */
export const getTranscript = endpoint({
  id: 'transcripts.get',
  method: 'GET',
  path: '/api/v1/conversations/:id/transcript',
  summary: 'Download what was said, as Markdown, text, HTML, PDF, CSV or JSON (as an attachment)',
  access: { role: 'operator', scope: 'conversations:read' },
  params: IdParams,
  query: z.strictObject({
    format: TranscriptFormat.default('md'),
    notes: yesNo.meta({ description: "With the team's notes; without unless asked for." }),
  }),
  reply: z.unknown(),
  replyType: 'application/octet-stream',
  errors: ['conversation.not_found'],
})
