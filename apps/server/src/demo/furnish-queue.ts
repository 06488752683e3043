/** The demo's queue: who can do what, teams, caps, hours, and what some of those who wait need. */
import { setHours } from '../hours/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { changeOperator, changeQueued, createTeam, listTeams } from '../queue/index.ts'
import { findWaiting } from './queries.ts'

const PEOPLE: Record<string, { skills: string[]; chat: number }> = {
  Dana: { skills: ['Complaints', 'English', 'German'], chat: 4 },
  Ruben: { skills: ['Billing', 'English', 'Spanish'], chat: 2 },
  Aiko: { skills: ['Technical', 'English', 'Japanese'], chat: 2 },
}
const TEAMS: Record<string, string[]> = { Billing: ['Dana', 'Ruben'], Technical: ['Aiko'] }
/** Of those who wait, one after the other. */
const NEEDS = [['Billing'], ['Complaints'], ['Polish'], ['Technical']]

const nine = (until: number) => [{ from: 9 * 60, until: until * 60 }]

/** Once only: what somebody changed since stays. */
export async function furnishQueue(ctx: Context, members: ReadonlyMap<string, string>): Promise<void> {
  if ((await listTeams(ctx)).items.length > 0) return
  for (const [name, { skills, chat }] of Object.entries(PEOPLE)) {
    const id = members.get(name)
    if (id) await changeOperator(ctx, id, { skills, caps: { voice: 1, chat, mail: 10 } })
  }
  for (const [name, names] of Object.entries(TEAMS))
    await createTeam(ctx, { name, memberIds: names.flatMap((one) => members.get(one) ?? []) })
  await setHours(ctx, {
    timeZone: 'Europe/Helsinki',
    // Whoever looks at the demo at night would find nobody.
    always: true,
    week: [nine(18), nine(18), nine(18), nine(20), nine(16), [{ from: 600, until: 840 }], []],
    holidays: [
      { date: `${new Date().getFullYear()}-12-24`, name: 'Christmas Eve', intervals: nine(12) },
      { date: `${new Date().getFullYear()}-12-25`, name: 'Christmas Day', intervals: [] },
    ],
    closedText: '',
    askForDetails: true,
    pauseClocks: true,
  })
  const waiting = await transact(ctx, (tx) => findWaiting(tx, ctx.workspaceId))
  for (const [i, id] of waiting.entries()) await changeQueued(ctx, id, { skills: NEEDS[i % NEEDS.length]! })
}
