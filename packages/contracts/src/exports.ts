/** Exports: files of many conversations, written by a job, kept for some days. */
import { z } from 'zod'
import { ConversationSelection } from './conversation-filter.ts'
import { endpoint } from './endpoint.ts'
import { JobState } from './jobs.ts'
import { Done, Id, IdParams, PageQuery, page, UtcTime } from './text.ts'

export const ExportFormat = z.enum(['csv', 'jsonl'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** The columns a CSV may have, one row a conversation, in their usual order. */
export const ExportColumn = z.enum([
  ...([
    'number',
    'id',
    'session',
    'title',
    'agent',
    'company',
    'channel',
    'flow',
    'contact',
    'email',
    'phone',
  ] as const),
  ...([
    'status',
    'outcome',
    'stage',
    'handoff',
    'assignee',
    'messages',
    'duration',
    'rating',
    'ratingComment',
  ] as const),
  ...(['quality', 'tone', 'flags', 'functions', 'tags', 'language', 'started', 'ended', 'lastMessage'] as const),
  ...(['tokensIn', 'tokensOut', 'cost', 'memory', 'preview'] as const),
])
export type ExportColumn = z.infer<typeof ExportColumn>

export const Export = z
  .object({
    id: Id,
    jobId: Id.nullable().meta({ description: 'Follow and cancel it there.' }),
    format: ExportFormat,
    name: z.string(),
    state: z.enum(['writing', 'ready', 'failed', 'cancelled', 'expired', 'withdrawn']).meta({
      description: '`withdrawn`: a conversation in it was deleted, or somebody removed the file.',
    }),
    done: z.int().nonnegative(),
    total: z.int().nonnegative().nullable(),
    jobState: JobState.nullable(),
    size: z.int().nonnegative().nullable().meta({ description: 'Bytes.' }),
    notes: z.boolean(),
    createdBy: z.object({ id: Id.nullable(), name: z.string().nullable() }),
    createdAt: UtcTime,
    readyAt: UtcTime.nullable(),
    expiresAt: UtcTime,
  })
  .meta({ id: 'Export' })
export type Export = z.infer<typeof Export>

const take = { role: 'supervisor', scope: 'conversations:read' } as const

export const createExport = endpoint({
  id: 'exports.create',
  method: 'POST',
  path: '/api/v1/exports',
  summary: 'Write conversations to a file: CSV with one row each, or JSON lines that ingest takes back',
  access: take,
  body: z.strictObject({
    selection: ConversationSelection,
    format: ExportFormat,
    columns: z.array(ExportColumn).min(1).max(ExportColumn.options.length).optional().meta({
      description: 'Of a CSV, in this order; all of them unless named.',
    }),
    notes: z.boolean().default(false).meta({ description: "With the team's notes. Coaching is never exported." }),
  }),
  reply: Export,
  status: 202,
})
export const listExports = endpoint({
  id: 'exports.list',
  method: 'GET',
  path: '/api/v1/exports',
  summary: 'List exports, newest first',
  access: take,
  query: z.strictObject(PageQuery),
  reply: page(Export),
})
export const getExport = endpoint({
  id: 'exports.get',
  method: 'GET',
  path: '/api/v1/exports/:id',
  summary: 'Read an export and how far it has come',
  access: take,
  params: IdParams,
  reply: Export,
  errors: ['export.not_found'],
})
export const downloadExport = endpoint({
  id: 'exports.download',
  method: 'GET',
  path: '/api/v1/exports/:id/file',
  summary: 'Download the file (as an attachment)',
  access: take,
  params: IdParams,
  reply: z.unknown(),
  replyType: 'application/octet-stream',
  errors: ['export.not_found', 'export.not_ready', 'export.gone'],
})
export const linkExport = endpoint({
  id: 'exports.link',
  method: 'POST',
  path: '/api/v1/exports/:id/link',
  summary: 'Make a link that downloads the file once, within an hour, without signing in; it replaces the one before',
  access: take,
  params: IdParams,
  reply: z.object({ url: z.string(), expiresAt: UtcTime }),
  status: 201,
  errors: ['export.not_found', 'export.not_ready', 'export.gone'],
  repeatsSafely: true,
})
export const removeExport = endpoint({
  id: 'exports.remove',
  method: 'DELETE',
  path: '/api/v1/exports/:id',
  summary: 'Remove the file of an export before it expires',
  access: take,
  params: IdParams,
  reply: Done,
  errors: ['export.not_found', 'export.not_ready'],
})
