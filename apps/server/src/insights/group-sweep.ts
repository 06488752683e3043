/** The sweep that groups what nobody could answer: each new asking joins the question it is one of, or begins one. */
import { languageOfText } from '../knowledge/index.ts'
import { asSystem, type Services, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { Groups } from './group-questions.ts'
import {
  assignAskings,
  countUngrouped,
  findGrouped,
  findUngrouped,
  findUngroupedWorkspaces,
  insertQuestion,
  lockGrouping,
  reopenAsked,
  type Ungrouped,
} from './queries.ts'
import { readTerms, type Terms } from './read-terms.ts'

const WORKSPACES = 20
const AT_ONCE = 100
/** So many questions a new one is compared with, the last asked first, and so many askings of each. */
const MOST_GROUPS = 1000
const OF_EACH = 5
const MOST_KEPT = 10_000

/** Texts that were read on this node, as most are compared again and again. */
const readBefore = new Map<string, Terms>()

export async function groupQuestions(services: Services): Promise<number> {
  let grouped = 0
  for (const workspaceId of await findUngroupedWorkspaces(services.db, WORKSPACES))
    grouped += await groupOf(services, workspaceId)
  return grouped
}

interface Planned {
  id: string
  language: string
  /** A question there is, or the place of a new one among the new ones. */
  joins: string | number
}

/** Compared outside of any transaction; when another node was faster, all of it is thought over again next time. */
async function groupOf(services: Services, workspaceId: string): Promise<number> {
  const ctx = asSystem(services, workspaceId)
  const { askings, known } = await transact(ctx, async (tx) => ({
    askings: await findUngrouped(tx, workspaceId, AT_ONCE),
    known: await findGrouped(tx, workspaceId, OF_EACH, MOST_GROUPS),
  }))
  if (askings.length === 0) return 0
  const groups = new Groups()
  for (const { unansweredId, question, language } of known) groups.add(unansweredId, read(question, language))
  const { planned, begun } = plan(groups, askings)
  const ids = askings.map(({ id }) => id)
  return transact(ctx, async (tx) => {
    if (!(await lockGrouping(tx, workspaceId))) return 0
    if ((await countUngrouped(tx, workspaceId, ids)) < ids.length) return 0
    const begunIds: string[] = []
    for (let i = 0; i < begun; i++) begunIds.push(await insertQuestion(tx, workspaceId))
    const assigned = planned.map(({ id, language, joins }) => ({
      id,
      language,
      unansweredId: typeof joins === 'number' ? begunIds[joins]! : joins,
    }))
    await assignAskings(tx, workspaceId, assigned)
    await reopenAsked(tx, workspaceId, ids)
    await record(tx, workspaceId, { type: 'resource.changed', resource: 'insights', id: workspaceId })
    return ids.length
  })
}

function plan(groups: Groups, askings: Ungrouped[]): { planned: Planned[]; begun: number } {
  let begun = 0
  const planned = askings.map(({ id, question, language: spoken }): Planned => {
    const language = languageOfText(question, spoken?.split('-')[0] ?? 'en')
    const terms = read(question, language)
    const near = groups.nearest(terms)
    const group = near?.id ?? `new ${begun++}`
    groups.add(group, terms)
    return { id, language, joins: group.startsWith('new ') ? Number(group.slice(4)) : group }
  })
  return { planned, begun }
}

function read(question: string, language: string): Terms {
  const key = `${language} ${question}`
  const known = readBefore.get(key)
  if (known) return known
  if (readBefore.size >= MOST_KEPT) readBefore.clear()
  const terms = readTerms(question, language)
  readBefore.set(key, terms)
  return terms
}
