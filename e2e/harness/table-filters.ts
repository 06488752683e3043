/** Forty conversations for the table's journeys, and the filters over them. */
import { until } from '../../apps/server/src/test/until.ts'
import type { Stage } from './stage.ts'

/** Each filter: how it is set, what its chip says, what the address says, how many of the forty it leaves. */
export const FILTERS: {
  field: string
  tick?: string[]
  not?: boolean
  choose?: string
  chip: string
  address: string
  /** null where the review decides: then as many as the server counts. */
  left: number | null
}[] = [
  { field: 'Status', tick: ['Closed'], chip: 'Status is Closed', address: 'status=closed', left: 20 },
  { field: 'Status', tick: ['Closed'], not: true, chip: 'Status is not Closed', address: 'statusNot=closed', left: 20 },
  {
    field: 'Channel',
    tick: ['WhatsApp', 'Slack'],
    chip: 'Channel is any of WhatsApp, Slack',
    address: 'channel=whatsapp&channel=slack',
    left: 20,
  },
  { field: 'Handler', tick: ['Agent'], chip: 'Handler is Agent', address: 'control=agent', left: 40 },
  { field: 'Handoff', tick: ['Queued'], chip: 'Handoff is Queued', address: 'handoff=queued', left: 0 },
  { field: 'Outcome', tick: ['Failed'], chip: 'Outcome is Failed', address: 'outcome=failed', left: 10 },
  { field: 'Stage', tick: ['Opportunity'], chip: 'Stage is Opportunity', address: 'stage=opportunity', left: 10 },
  { field: 'Agent', tick: ['Nova'], chip: 'Agent is Nova', address: 'agentId=', left: 20 },
  { field: 'Flow', tick: ['Returns · Nova'], chip: 'Flow is Returns', address: 'flowId=', left: 10 },
  { field: 'Assignee', tick: ['Nobody'], chip: 'Assignee is Nobody', address: 'assigneeId=none', left: 40 },
  { field: 'Tag', tick: ['lang:de'], chip: 'Tag is lang:de', address: 'tag=lang:de', left: 20 },
  { field: 'Flag', tick: ['No reply'], chip: 'Flag is No reply', address: 'flag=no_reply', left: null },
  { field: 'Tone', tick: ['Not analyzed'], chip: 'Tone is Not analyzed', address: 'tone=none', left: null },
  { field: 'Resolution', tick: ['Unknown'], chip: 'Resolution is Unknown', address: 'resolution=unknown', left: null },
  { field: 'Priority', tick: ['Urgent'], chip: 'Priority is Urgent', address: 'priority=urgent', left: 0 },
  { field: 'Min rating', choose: '4 stars or more', chip: 'Min rating is 4 stars', address: 'minRating=4', left: 8 },
  { field: 'Reviewed', choose: 'No', chip: 'Reviewed is No', address: 'reviewed=false', left: 0 },
  { field: 'Unread', choose: 'Yes', chip: 'Unread is Yes', address: 'unread=true', left: 0 },
  { field: 'Flagged', choose: 'Yes', chip: 'Flagged is Yes', address: 'flagged=true', left: null },
  { field: 'Rated', choose: 'Yes', chip: 'Rated is Yes', address: 'rated=true', left: 20 },
  { field: 'Has audio', choose: 'No', chip: 'Has audio is No', address: 'hasAudio=false', left: 40 },
  { field: 'Snoozed', choose: 'Yes', chip: 'Snoozed is Yes', address: 'snoozed=true', left: 0 },
]

const CHANNELS = ['widget', 'web', 'whatsapp', 'slack'] as const
const OUTCOMES = ['completed', 'failed', undefined, undefined] as const

/** Forty conversations whose every trait divides them evenly, one a day from 1 March. */
const STAGES = ['opportunity', 'follow_up', undefined, undefined] as const

export async function furnish(stage: Stage): Promise<void> {
  const items = Array.from({ length: 40 }, (_, i) => {
    const startedAt = new Date(Date.UTC(2026, 2, 1 + i, 12)).toISOString()
    return {
      externalId: `table-${i}`,
      channel: CHANNELS[i % 4],
      agent: i % 2 ? 'Nova' : 'Otto',
      flow: i % 4 === 3 ? 'Returns' : undefined,
      contact: { externalId: `person-${i}`, name: `Person ${i}` },
      startedAt,
      status: i % 2 ? 'closed' : 'active',
      outcome: OUTCOMES[i % 4],
      stage: STAGES[i % 4],
      tags: i % 2 ? ['lang:de'] : [],
      rating: i % 2 ? { stars: 1 + (Math.floor(i / 2) % 5), comment: 'As said' } : undefined,
      messages: Array.from({ length: 1 + (i % 3) }, (__, n) => ({
        externalId: `m${n}`,
        author: n % 2 ? 'agent' : 'contact',
        text: `Message ${n} of ${i}`,
        at: startedAt,
      })),
    }
  })
  const { body } = await stage.expect(stage.owner.caller.post('/api/v1/ingest/conversations', { items }))
  const refused = body.results.filter((result: { id: string | null }) => result.id === null)
  if (refused.length > 0) throw new Error(JSON.stringify(refused[0]))
  // Reviews of what is over come by themselves; the journeys begin when all are there.
  await until(async () => (await countOf(stage, 'reviewed=false')) === 0, 'all are reviewed')
}

export const countOf = async (stage: Stage, filter: string): Promise<number> =>
  (await stage.read<{ total: number }>(`/api/v1/conversations/counts?${filter}`)).total
