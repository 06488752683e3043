/** Makes people of a workspace, keys, and invitations: straight into the database, since only so many may be sent at once. */
import type { TestApp, TestWorkspace } from '../app.ts'

interface Parts {
  mark: string
  text(what: string): string
  post(path: string, body?: unknown): Promise<{ id: string }>
}

export function teamThings(app: TestApp, { id: workspaceId }: TestWorkspace, { mark, text, post }: Parts) {
  const insert = async (statement: string, values: unknown[]): Promise<string> =>
    (await app.database.owner.query<{ id: string }>(`${statement} returning id`, [workspaceId, ...values])).rows[0]!.id
  return {
    apiKey: async () => (await post('/api/v1/api-keys', { name: text('key'), scopes: ['ingest'] })).id,
    member: () =>
      insert(`insert into member (workspace_id, user_id, name, email, role) values ($1, $2, $3, $4, 'viewer')`, [
        crypto.randomUUID(),
        text('member'),
        `${mark}@example.com`,
      ]),
    async invitation(): Promise<{ id: string; token: string }> {
      const token = `${crypto.randomUUID()}${crypto.randomUUID()}`
      const id = await insert(
        `insert into invitation (workspace_id, email, role, hash, invited_by, expires_at)
         values ($1, $2, 'viewer', sha256($3::bytea), $4, now() + interval '1 day')`,
        [`${crypto.randomUUID()}@example.com`, Buffer.from(token), mark],
      )
      return { id, token }
    },
  }
}
