/** Makes what belongs to insights: questions nobody could answer, moved and played again. */
import type { TestApp, TestWorkspace } from '../app.ts'

export function insightThings(
  app: TestApp,
  workspace: TestWorkspace,
  { text, post }: { text(what: string): string; post(path: string, body?: unknown): Promise<{ id: string }> },
  conversation: () => Promise<string>,
) {
  const insert = async (sql: string, values: unknown[]) =>
    (await app.database.owner.query<{ id: string }>(`${sql} returning id`, values)).rows[0]!.id
  /** Asked so often, in as many conversations. */
  async function unansweredQuestion(times = 1): Promise<{ id: string; askingIds: string[] }> {
    const id = await insert('insert into unanswered_question (workspace_id) values ($1)', [workspace.id])
    const askingIds: string[] = []
    for (let i = 0; i < times; i++)
      askingIds.push(
        await insert(
          `insert into asked_question (workspace_id, conversation_id, position, question, state, unanswered_id) values ($1, $2, 1, $3, 'open', $4)`,
          [workspace.id, await conversation(), text('question'), id],
        ),
      )
    return { id, askingIds }
  }
  return {
    unansweredQuestion,
    async questionMove(): Promise<string> {
      const from = await unansweredQuestion()
      const into = (await unansweredQuestion()).id
      const moved: unknown = await post(`/api/v1/insights/unanswered/${from.id}/merge`, { into })
      return (moved as { moveId: string }).moveId
    },
    async replayedQuestion(): Promise<string> {
      const { id } = await unansweredQuestion()
      await post(`/api/v1/insights/unanswered/${id}/replay`)
      return id
    },
    async intentsVersion(): Promise<number> {
      return (await workspace.people.owner.caller.get('/api/v1/intents')).body.version
    },
  }
}
