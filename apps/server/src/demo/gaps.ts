/** The gaps of a play: `{order}` is the same throughout one performance, `{Hi|Hello}` is chosen anew each time. */
import type { Person } from './people.ts'
import type { Play } from './play.ts'
import type { Chance } from './random.ts'

export type Gaps = ReadonlyMap<string, string>

export function gapsOf(play: Play, { person, end }: { person: Person; end: Date }, chance: Chance): Gaps {
  const inDays = (days: number) => new Date(end.getTime() + days * 86_400_000)
  const said = (at: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(person.locale, { timeZone: 'UTC', ...options }).format(at)
  const soon = chance.whole(1, 6)
  const gaps = new Map<string, string>([
    ['name', person.first],
    ['full', person.name],
    ['email', person.email ?? `${play.language}.${chance.whole(100, 999)}@example.com`],
    ['phone', person.phone ?? `+44 7700 900${chance.whole(100, 999)}`],
    ['city', person.city],
    ['order', `${chance.pick(['A', 'B', 'K', 'M'])}-${chance.whole(10_000, 99_999)}`],
    ['code', `${chance.pick(['LH', 'RX', 'TQ', 'VN'])}${chance.whole(1000, 9999)}`],
    ['amount', String(chance.whole(12, 480))],
    ['small', String(chance.whole(2, 6))],
    ['day', said(inDays(soon), { weekday: 'long' })],
    ['date', said(inDays(soon), { day: 'numeric', month: 'long' })],
    ['past', said(inDays(-chance.whole(3, 12)), { day: 'numeric', month: 'long' })],
    ['iso', inDays(soon).toISOString().slice(0, 10)],
    ['time', `${chance.whole(9, 17)}:${chance.pick(['00', '15', '30', '45'])}`],
  ])
  for (const [name, choices] of play.gaps) gaps.set(name, chance.pick(choices))
  return gaps
}

/**
 * Fills gaps from the inside out, since a choice may hold others. One that nobody knows is a mistake in the play, and said at once.
 * JSON's own braces hold quotes, so they are left alone.
 */
export function fillGaps(text: string, gaps: Gaps, chance: Chance): string {
  const filled = text.replace(/\{([^{}"]+)\}/g, (_, inside: string) => {
    if (inside.includes('|')) return chance.pick(inside.split('|'))
    const value = gaps.get(inside)
    if (value === undefined) throw new Error(`there is no gap {${inside}}`)
    return value
  })
  return filled === text ? text : fillGaps(filled, gaps, chance)
}

/** Choices only: for texts without gaps of their own. */
export const fillChoices = (text: string, chance: Chance): string => fillGaps(text, new Map(), chance)
