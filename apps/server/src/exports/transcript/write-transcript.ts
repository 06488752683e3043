/** One conversation as a document in the asked format. Taking it out is written to the audit log. */
import type { TranscriptFormat } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { writeAudit } from '../../team/index.ts'
import { asCsv } from './as-csv.ts'
import { asHtml } from './as-html.ts'
import { asJson } from './as-json.ts'
import { asMarkdown } from './as-markdown.ts'
import { asPdf } from './as-pdf.ts'
import { asText } from './as-text.ts'
import { readTranscript, type Transcript } from './read-transcript.ts'

const WRITERS: Record<TranscriptFormat, { mediaType: string; write(t: Transcript): string | Promise<Buffer> }> = {
  md: { mediaType: 'text/markdown; charset=utf-8', write: asMarkdown },
  txt: { mediaType: 'text/plain; charset=utf-8', write: asText },
  html: { mediaType: 'text/html; charset=utf-8', write: asHtml },
  csv: { mediaType: 'text/csv; charset=utf-8', write: asCsv },
  json: { mediaType: 'application/json', write: asJson },
  pdf: { mediaType: 'application/pdf', write: asPdf },
}

export interface TranscriptDocument {
  name: string
  mediaType: string
  body: Buffer
}

export async function writeTranscript(
  ctx: Context,
  id: string,
  { format, withNotes }: { format: TranscriptFormat; withNotes: boolean },
): Promise<TranscriptDocument> {
  const transcript = await readTranscript(ctx, id, withNotes)
  const { mediaType, write } = WRITERS[format]
  const body = Buffer.from(await write(transcript))
  await transact(ctx, (tx) => writeAudit(tx, ctx, 'transcript.exported', id, { format, withNotes }))
  return { name: `conversation-${transcript.conversation.number}.${format}`, mediaType, body }
}
