/** Reads a finished log by itself, without the model: between two changes of control only the holder speaks (I6). */
import { expect } from 'vitest'
import type { TestApp } from '../app.ts'

interface Line {
  position: number
  kind: string
  author_kind: string
  author_id: string | null
  type: string | null
  by: string | null
  epoch: number | null
}

type Holder = { control: string; operator: string | null; over: boolean; blocked: boolean }

export async function checkLog(app: TestApp, conversationId: string): Promise<void> {
  const { rows } = await app.database.owner.query<Line>(
    `select position, kind, author_kind, author_id, data ->> 'type' as type, data #>> '{by,id}' as by, (data ->> 'epoch')::int as epoch
       from entry where workspace_id = $1 and conversation_id = $2 order by position`,
    [app.north.id, conversationId],
  )
  let holder: Holder = { control: 'agent', operator: null, over: false, blocked: false }
  let epoch = 1
  for (const line of rows) {
    if (line.epoch !== null) expect(line.epoch, `the epoch at ${line.position}`).toBeGreaterThan(epoch)
    epoch = line.epoch ?? epoch
    if (line.kind === 'activity') holder = { ...holder, ...changeOf(line) }
    if (line.kind !== 'message') continue
    expect(maySpeak(holder, line), `${line.author_kind} at ${line.position} while ${JSON.stringify(holder)}`).toBe(true)
    holder = afterMessage(holder, line)
  }
}

function changeOf({ type, by }: Line): Partial<Holder> {
  switch (type) {
    case 'taken_over':
      return { control: 'operator', operator: by }
    case 'handed_back':
      return { control: 'agent', operator: null }
    case 'paused':
      return { control: 'paused', operator: null }
    case 'handoff_requested':
      return { control: 'queue', operator: null }
    case 'reopened':
      return { control: 'agent', operator: null, over: false }
    case 'closed':
    case 'archived':
      return { over: true }
    case 'blocked':
      return { blocked: true }
    case 'unblocked':
      return { blocked: false }
    default:
      return {}
  }
}

function maySpeak({ control, operator, over, blocked }: Holder, line: Line): boolean {
  if (line.author_kind === 'contact') return true
  if (blocked) return false
  if (line.author_kind === 'agent') return control === 'agent' && !over
  if (line.author_id === null) return true // somebody on our side, on a phone we only hear of
  return control !== 'agent' && (control !== 'operator' || operator === line.author_id)
}

function afterMessage(holder: Holder, line: Line): Holder {
  if (line.author_kind === 'contact')
    return holder.over ? { ...holder, control: 'agent', operator: null, over: false } : holder
  if (line.author_kind === 'operator' && line.author_id === null && holder.control === 'agent')
    return { ...holder, control: 'paused', over: false }
  return line.author_kind === 'operator' ? { ...holder, over: false } : holder
}
