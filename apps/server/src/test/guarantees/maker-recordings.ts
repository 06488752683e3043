/** Makes calls that are over and can be heard again: the rows and files that the recording job leaves. */
import { PeakMeter } from '../../calls/recording/sound/peaks.ts'
import { recordingOf } from '../../calls/recording/sound/tones.fixture.ts'
import { wavHead } from '../../calls/recording/sound/wav.ts'
import type { TestApp, TestWorkspace } from '../app.ts'

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

export function recordingThings(app: TestApp, workspace: TestWorkspace, conversation: () => Promise<string>) {
  return {
    /** A conversation with it, and the place of what was said. */
    async recordedCall(): Promise<{ id: string; position: string }> {
      const { services } = app.app.node
      const [id, callId] = [await conversation(), crypto.randomUUID()]
      const sound = recordingOf(1000, [{ channel: 0, fromMs: 100, toMs: 900, hertz: 440 }])
      const meter = new PeakMeter()
      meter.take(sound)
      const original = Buffer.concat([wavHead(2, sound.length / 2), sound])
      const keys = ['wav', 'mp3', 'peaks'].map((ending) => `${workspace.id}/calls/${callId}.${ending}`)
      for (const [i, bytes] of [original, sound, meter.finish()].entries())
        await services.files.write(keys[i]!, once(bytes), { limit: 1e6 })
      await app.database.owner.query(
        `insert into call (workspace_id, id, conversation_id, state, direction, way, key, caller_leg, recording, answered_at, ended_at, end_reason)
         values ($1, $2::uuid, $3, 'ended', 'inbound', 'demo', 'call ' || $2::uuid, gen_random_uuid(), 'ready', now(), now(), 'contact_hung_up')`,
        [workspace.id, callId, id],
      )
      await app.database.owner.query(
        `insert into call_recording (workspace_id, call_id, state, due_at, forgotten_at, original_key, mp3_key, peaks_key, original_bytes, mp3_bytes,
                                     original_sha, mp3_sha, duration_ms, recorded_at, ready_at)
         values ($1, $2, 'ready', null, now(), $3, $4, $5, $6, $7, '\\x00', '\\x00', 1000, now(), now())`,
        [workspace.id, callId, ...keys, original.length, sound.length],
      )
      const { position } = await services.append({
        workspaceId: workspace.id,
        conversationId: id,
        kind: 'message',
        author: { kind: 'contact', id: null, name: null },
        text: 'Hello?',
        data: { call: { callId, utterance: '1', role: 'caller', startMs: 100, endMs: 900, source: 'script' } },
        clientKey: `~call:${callId}:1`,
        origin: 'history',
      })
      return { id, position: String(position) }
    },
  }
}
