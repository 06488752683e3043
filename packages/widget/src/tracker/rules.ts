/** Which rule fires now: its conditions, and how often it may. Knows no page: all it judges is handed in. */
import type { Condition, Rule } from './parts.ts'

export interface Moment {
  seconds: number
  scroll: number
  /** The pointer has just left for the address bar. */
  exit: boolean
  /** Path and query. */
  page: string
  utm: Record<string, string>
  device: 'desktop' | 'mobile' | 'tablet'
  visits: number
  /** Custom events of this visit, by name. */
  events: Record<string, number>
  chatOpen: boolean
}

/** How often a rule fired in a visit, and until when it keeps quiet. */
export interface Past {
  visit: string
  count: number
  quietUntil: number
}

const compare = (given: string, { op, value }: { op: 'is' | 'startsWith' | 'contains'; value: string }): boolean => {
  const [have, want] = [given.toLowerCase(), value.toLowerCase()]
  if (op === 'is') return have === want
  return op === 'startsWith' ? have.startsWith(want) : have.includes(want)
}

export function holds(condition: Condition, now: Moment): boolean {
  switch (condition.on) {
    case 'time':
      return now.seconds >= condition.seconds
    case 'scroll':
      return now.scroll >= condition.percent
    case 'exit':
      return now.exit
    case 'page':
      // With a query asked for, the query counts; else the path alone.
      return compare(condition.value.includes('?') ? now.page : now.page.split('?')[0]!, condition)
    case 'utm':
      return compare(now.utm[condition.field] ?? '', condition)
    case 'device':
      return now.device === condition.device
    case 'visits':
      return now.visits >= condition.atLeast
    case 'event':
      return (now.events[condition.name] ?? 0) >= condition.atLeast
    case 'chat':
      return now.chatOpen === condition.open
    default:
      return false // of a newer server
  }
}

export const isAllowed = (rule: Rule, record: Past | undefined, visit: string, now: number): boolean =>
  !record || ((record.visit !== visit || record.count < rule.perVisit) && record.quietUntil <= now)

/** Where a redirect may lead: this website, or one that its owner has listed. */
export function redirectTarget(url: string, here: string, allowed: readonly string[]): string | null {
  if (!URL.canParse(url, here)) return null
  const to = new URL(url, here)
  const from = new URL(here)
  if (!/^https?:$/.test(to.protocol) || to.href === from.href) return null
  return to.origin === from.origin || allowed.some((origin) => origin.toLowerCase() === to.origin) ? to.href : null
}
