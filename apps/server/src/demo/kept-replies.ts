/** The demo's canned replies and macros, kept by Dana for everyone. Made when there are none. */
import type { MacroStep } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { createMacro, createReply, listMacros, listReplies } from '../replies/index.ts'

const REPLIES: { shortcut: string; title: string; body: string }[] = [
  {
    shortcut: 'hello',
    title: 'Greeting',
    body: 'Hello {{contact.firstName|there}}, this is {{operator.firstName}}. I have read everything above, so you need not say it again.',
  },
  {
    shortcut: 'moment',
    title: 'Looking into it',
    body: 'Thank you, {{contact.firstName|and sorry for the wait}}. I am looking into it and will be back within ten minutes.',
  },
  {
    shortcut: 'invoice',
    title: 'Where invoices are',
    body: 'You find every invoice under **Account → Invoices**. Shall I send the latest one to {{contact.email|your e-mail address}}?',
  },
  {
    shortcut: 'closing',
    title: 'Before closing',
    body: 'Gladly! I close this conversation now; write here any time and it goes on where we stopped.',
  },
]

const MACROS: { name: string; digit: number; steps: MacroStep[] }[] = [
  {
    name: 'Thank and close',
    digit: 1,
    steps: [
      { type: 'reply', text: 'Thank you, {{contact.firstName|and have a good day}}. Write here any time.' },
      { type: 'act', action: { type: 'tags', add: [{ key: 'solved', value: '' }], remove: [] } },
      { type: 'act', action: { type: 'stage', stage: 'info_only' } },
      { type: 'act', action: { type: 'close' } },
    ],
  },
  {
    name: 'Wait for their answer',
    digit: 2,
    steps: [
      { type: 'act', action: { type: 'stage', stage: 'waiting_response' } },
      { type: 'act', action: { type: 'snooze', snooze: { until: null, untilReply: true } } },
    ],
  },
]

export async function keepReplies(ctx: Context, memberId: string): Promise<void> {
  const dana: Context = {
    ...ctx,
    actor: { kind: 'operator', id: memberId, name: 'Dana', role: 'supervisor', scopes: ['*'] },
  }
  if ((await listReplies(dana)).items.length === 0)
    for (const reply of REPLIES) await createReply(dana, { ...reply, shared: true })
  if ((await listMacros(dana)).items.length === 0)
    for (const macro of MACROS) await createMacro(dana, { ...macro, shared: true })
}
