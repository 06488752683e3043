/** Knowledge from files: first they are read and shown, then a job writes their articles. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Job } from './jobs.ts'
import { Id, IdParams, name } from './text.ts'

const write = { role: 'supervisor', scope: 'admin' } as const

/** Largest file, in bytes before encoding. */
export const MAX_IMPORT_FILE_BYTES = 5 * 1024 * 1024

export const IMPORT_REFUSALS = ['type', 'size', 'broken', 'empty', 'too_many', 'no_text', 'locked', 'too_hard'] as const

export const ImportedFile = z.object({
  name: z.string(),
  refused: z.enum(IMPORT_REFUSALS).nullable().meta({ description: 'Why nothing of it will be imported.' }),
  articles: z
    .array(
      z.object({
        title: z.string(),
        words: z.int().nonnegative(),
        language: z.string(),
        becomes: z.enum(['new', 'change', 'same']).meta({ description: 'Beside the articles there are.' }),
      }),
    )
    .meta({ description: 'The first fifty.' }),
  count: z.int().nonnegative(),
})
export const ArticleImport = z.object({ id: Id, files: z.array(ImportedFile) }).meta({ id: 'ArticleImport' })
export type ArticleImport = z.infer<typeof ArticleImport>

export const readImport = endpoint({
  id: 'knowledge.readImport',
  method: 'POST',
  path: '/api/v1/knowledge-imports',
  summary:
    'Read Markdown, text, HTML, DOCX, PDF, or CSV of questions and answers, and show what would become of them; writes no article',
  access: write,
  body: z.strictObject({
    files: z
      .array(
        z.strictObject({
          name: name(200),
          base64: z
            .base64()
            .max(7_000_000)
            .meta({ examples: ['IyBSZXR1cm5z'] }),
        }),
      )
      .min(1)
      .max(50),
  }),
  maxBytes: 24 * 1024 * 1024,
  reply: ArticleImport,
  status: 201,
})
export const startImport = endpoint({
  id: 'knowledge.startImport',
  method: 'POST',
  path: '/api/v1/knowledge-imports/:id/start',
  summary: 'Write the articles of an import that was read, as a job',
  access: write,
  params: IdParams,
  body: z.strictObject({
    folderId: Id.nullable().default(null),
    status: z.enum(['draft', 'published']).default('draft'),
  }),
  reply: Job,
  status: 202,
  errors: ['import.not_found', 'folder.not_found'],
})
