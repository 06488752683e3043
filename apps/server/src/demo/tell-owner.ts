/** What the demo's owner should know: who waits, and a note of Dana's that mentions them. Told once. */
import { addNote } from '../conversations/index.ts'
import { notify } from '../notifications/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { findWaiting } from './queries.ts'

const MOST = 3

export async function tellOwner(ctx: Context, members: ReadonlyMap<string, string>): Promise<void> {
  const [dana, owner] = [members.get('Dana'), members.get('Robin')]
  const [first, ...others] = (await transact(ctx, (tx) => findWaiting(tx, ctx.workspaceId))).toSorted()
  if (!dana || !owner || !first) return
  for (const conversationId of others.slice(0, MOST))
    await transact(ctx, (tx) =>
      notify(tx, ctx, {
        kind: 'handoff',
        conversationId,
        memberIds: null,
        exceptId: null,
        reason: 'contact_asked',
        fact: `demo ${conversationId}`,
      }),
    )
  const actor = { kind: 'operator', id: dana, name: 'Dana', role: 'supervisor', scopes: ['*'] } as const
  const said = { text: '@Robin, can you look at this one before noon?', mentions: [owner], clientKey: 'demo:mention' }
  await addNote({ ...ctx, actor }, first, said)
}
