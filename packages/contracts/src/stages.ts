/** Stages of the pipeline, as a workspace makes them: names, order, category and colour are its own. */
import { z } from 'zod'
import { StageCategory, StageColor } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Job } from './jobs.ts'
import { Stage } from './team.ts'
import { name } from './text.ts'

const admin = { role: 'admin', scope: 'admin' } as const
const KeyParams = z.strictObject({ key: z.string().min(1).max(64) })
const Stages = z.object({ items: z.array(Stage), nextCursor: z.null() })

export const createStage = endpoint({
  id: 'stages.create',
  method: 'POST',
  path: '/api/v1/stages',
  summary: 'Add a stage at the end',
  access: admin,
  body: z.strictObject({ name: name(60), category: StageCategory, color: StageColor.default('auto') }),
  reply: Stage,
  status: 201,
  errors: ['stage.exists'],
})
export const changeStage = endpoint({
  id: 'stages.change',
  method: 'PATCH',
  path: '/api/v1/stages/:key',
  summary: 'Rename a stage, or change its category or colour; its key stays',
  access: admin,
  params: KeyParams,
  body: z.strictObject({
    name: name(60).optional(),
    category: StageCategory.optional(),
    color: StageColor.optional(),
  }),
  reply: Stage,
  errors: ['stage.not_found', 'stage.exists'],
})
export const orderStages = endpoint({
  id: 'stages.order',
  method: 'PUT',
  path: '/api/v1/stages/order',
  summary: 'Set the order; every stage is named once',
  access: admin,
  body: z.strictObject({ keys: z.array(z.string().max(64)).min(1).max(200) }),
  reply: Stages,
})
export const deleteStage = endpoint({
  id: 'stages.delete',
  method: 'DELETE',
  path: '/api/v1/stages/:key',
  summary: 'Delete a stage, as a job that first moves its conversations to another',
  access: admin,
  params: KeyParams,
  query: z.strictObject({ moveTo: z.string().min(1).max(64) }),
  reply: Job,
  status: 202,
  errors: ['stage.not_found', 'stage.needed'],
})
export const countStages = endpoint({
  id: 'stages.count',
  method: 'GET',
  path: '/api/v1/stages/counts',
  summary: 'How many conversations stand in each stage',
  access: { role: 'viewer', scope: 'conversations:read' },
  reply: z.object({ counts: z.record(z.string(), z.int().nonnegative()) }),
})
