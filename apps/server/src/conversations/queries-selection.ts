/** SQL of selections, as a condition: for what reads all of a selection in one statement. */
import type { ConversationSelection } from '@earshot/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { conditionsOf, matches } from './queries-filter.ts'
import { isHit } from './search/queries-search.ts'

/** On `conversation as c`; the workspace is the caller's to name. `me` is who asks. */
export function isSelected(selection: ConversationSelection, me: string | null): RawBuilder<SqlBool> {
  if ('ids' in selection) return sql`c.id = any (${selection.ids}::uuid[])`
  const { filter, except = [] } = selection
  const found = matches(conditionsOf(filter, me))
  const searched = filter.q ? isHit(filter.q) : sql`true`
  return sql`(${found} and ${searched} and c.id <> all (${except}::uuid[]))`
}
