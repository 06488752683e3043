/** SQL of answers to unanswered questions: what operators said later, and how the questions were played again. */
import type { ReplayTurn } from '@earshot/contracts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export interface AnswerRow {
  conversationId: string
  position: number
  by: string | null
  kind: 'message' | 'coaching'
  text: string
  at: Date
}

/** In each conversation what an operator said after the question, up to the contact's next words; newest conversations first. */
export async function findOperatorsAnswers(
  tx: Tx,
  workspaceId: string,
  questionId: string,
  most: number,
): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    with asked as (
      select q.conversation_id, min(q.position) as position, max(q.at) as at from asked_question q
       where q.workspace_id = ${workspaceId} and q.unanswered_id = ${questionId} and q.state = 'open'
       group by 1 order by max(q.at) desc limit 100)
    select a.conversation_id, s.position, s.author_name as by, s.kind, s.text, s.at from asked a
     cross join lateral (
       select min(e.position) as position from entry e
        where e.workspace_id = ${workspaceId} and e.conversation_id = a.conversation_id and e.position > a.position
          and e.kind in ('message', 'coaching') and e.author_kind = 'operator' and e.text <> '') b
     cross join lateral (
       select min(e.position) as position from entry e
        where e.workspace_id = ${workspaceId} and e.conversation_id = a.conversation_id and e.position > b.position
          and e.kind = 'message' and e.author_kind = 'contact') n
     cross join lateral (
       select min(e.position) as position, min(e.author_name) as author_name, min(e.kind) as kind, min(e.at) as at,
              string_agg(e.text, E'\\n\\n' order by e.position) as text from entry e
        where e.workspace_id = ${workspaceId} and e.conversation_id = a.conversation_id and e.position >= b.position
          and e.position < coalesce(n.position, 2147483647) and e.kind in ('message', 'coaching') and e.author_kind = 'operator' and e.text <> '') s
     where s.text is not null order by a.at desc limit ${most}`.execute(tx)
  return rows
}

export interface AskedAgainRow {
  askingId: string
  conversationId: string
  position: number
  contactName: string | null
  turns: ReplayTurn[] | null
  finished: boolean
}

/** Each asking with what its conversation came to when it was played again. */
export async function findAskedAgain(
  tx: Tx,
  workspaceId: string,
  questionId: string,
  replayId: string,
): Promise<AskedAgainRow[]> {
  const { rows } = await sql<AskedAgainRow>`
    select q.id as asking_id, q.conversation_id, q.position, p.name as contact_name, r.turns, r.finished from replay_conversation r
      join asked_question q on q.workspace_id = r.workspace_id and q.conversation_id = r.conversation_id and q.unanswered_id = ${questionId} and q.state = 'open'
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
      left join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
     where r.workspace_id = ${workspaceId} and r.replay_id = ${replayId} order by r.ordinal, q.position`.execute(tx)
  return rows
}
