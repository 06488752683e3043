/** Makes what belongs to agents: replays, and questions that agents elsewhere have yet to answer. */
import { createHash, randomBytes } from 'node:crypto'
import type { TestApp, TestWorkspace } from '../app.ts'

export function agentThings(
  app: TestApp,
  { id: workspaceId }: TestWorkspace,
  { text, post }: { text(what: string): string; post(path: string, body?: unknown): Promise<{ id: string }> },
  conversation: () => Promise<string>,
) {
  return {
    async replay(): Promise<{ id: string; replayId: string }> {
      const { id } = await post('/api/v1/agents', { name: text('agent') })
      const started = await post(`/api/v1/agents/${id}/replays`, { conversationIds: [await conversation()] })
      return { id, replayId: started.id }
    },
    /** Of a question that is out in a conversation whose agent has the floor. */
    async replyToken(): Promise<string> {
      const id = await conversation()
      const secret = randomBytes(24).toString('base64url')
      const hash = createHash('sha256').update(secret).digest()
      await app.database.owner.query(
        `update conversation c set control = 'agent', status = 'active', agent_id = (select a.id from agent a where a.workspace_id = c.workspace_id limit 1) where id = $1`,
        [id],
      )
      const { rows } = await app.database.owner.query<{ id: string }>(
        `insert into agent_call (workspace_id, conversation_id, agent_id, epoch, through_position, turn_id, token_hash, expires_at)
         select workspace_id, id, agent_id, epoch, last_position, 'turn', $2, now() + interval '1 hour' from conversation where id = $1 returning id`,
        [id, hash],
      )
      const packed = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')
      return `${packed(workspaceId)}.${packed(rows[0]!.id)}.${secret}`
    },
  }
}
