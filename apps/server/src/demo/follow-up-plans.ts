/** The demo's follow-up plans: nudges that run, and leads that were asked after, with what came of it. Made when there are none. */
import { createPlan, listPlans, previewPlan, sweepFollowUps, switchPlan } from '../followups/index.ts'
import type { Context } from '../platform/context.ts'

const NUDGES = {
  kind: 'inactivity',
  name: 'Still there?',
  agentIds: [],
  channelIds: [],
  stages: [],
  steps: [
    { afterMinutes: 45, text: 'Are you still there, {{contact.firstName|dear visitor}}? I am happy to go on.' },
    { afterMinutes: 240, text: 'I close this for now. Write here any time, and we go on where we stopped.' },
  ],
  end: { do: 'close', afterMinutes: 60 },
  inHours: false,
} as const

const QUOTES = {
  kind: 'lead',
  name: 'Quote without an answer',
  agentIds: [],
  channelIds: [],
  stages: ['quote_request', 'waiting_response', 'potential_customer', 'opportunity', 'contacted', 'follow_up'],
  steps: [
    {
      afterMinutes: 720,
      text: 'Hello {{contact.firstName|there}}, did the quote reach you? I can explain any line of it.',
    },
    { afterMinutes: 7200, text: 'Shall I keep the quote open for you, {{contact.firstName|or close it}}?' },
  ],
  end: { do: 'nothing', afterMinutes: 1440 },
  inHours: false,
} as const

/** The leads that are due are written to at once, so that there is something to look at; the nudges wait to be switched on. */
export async function planFollowUps(ctx: Context): Promise<void> {
  if ((await listPlans(ctx)).items.length > 0) return
  await createPlan(ctx, draftOf(NUDGES))
  const { id } = await createPlan(ctx, draftOf(QUOTES))
  const { now: previewed } = await previewPlan(ctx, id)
  await switchPlan(ctx, id, { on: true, previewed })
  await sweepFollowUps(ctx)
}

const draftOf = (plan: typeof NUDGES | typeof QUOTES) => ({
  ...plan,
  agentIds: [],
  channelIds: [],
  stages: [...plan.stages],
  steps: [...plan.steps],
})
