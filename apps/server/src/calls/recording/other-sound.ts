/** Download Audio of a conversation takes its calls along, for those who may take recordings out; it is written down as such. */
import type { OtherSound } from '../../audio/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { isAtLeast, writeAudit } from '../../team/index.ts'
import { findRecordings } from './queries.ts'
import { soundOf } from './read-recording.ts'
import { nameOf } from './send-sound.ts'

export function callSound(ctx: Context, conversationId: string): Promise<OtherSound[]> {
  return transact(ctx, async (tx) => {
    const all = await findRecordings(tx, ctx.workspaceId, conversationId)
    const ready = all.filter(({ state }) => state === 'ready')
    if (ready.length === 0) return []
    if (!isAtLeast(ctx.actor.role, 'supervisor')) throw new AppError('auth.forbidden')
    for (const { callId } of ready)
      await writeAudit(tx, ctx, 'call_recording.downloaded', conversationId, { call: callId, format: 'mp3' })
    return ready.map((row) => {
      const sound = soundOf(row, 'mp3')
      return { ...sound, name: nameOf(sound, 'mp3'), mediaType: 'audio/mpeg', at: sound.startedAt }
    })
  })
}
