/** The company of the journeys, and its owner. */
import { Caller } from '../../apps/server/src/test/caller.ts'

export const PASSWORD = 'correct horse battery'
export const OWNER = { name: 'Olga Meyer', email: 'olga@hearth.example' }
export const COMPANY = 'Hearth & Kettle'

/** Names the data folder of an installation that is set up. */
export const PREPARED = 'TEST_PREPARED'

export async function setUp(url: string): Promise<void> {
  const wanted = { ...OWNER, password: PASSWORD, workspaceName: COMPANY, start: 'empty' }
  const answer = await new Caller(url, { origin: url }).post('/api/v1/setup', wanted)
  if (answer.status !== 201) throw new Error(`setting up answered ${answer.status}`)
}
