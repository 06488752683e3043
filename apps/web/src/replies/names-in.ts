/** Whom the @ of a note means: people by their full names, the longest that fits. */

type Person = { id: string; name: string }

export function namesIn(text: string, people: readonly Person[]): string[] {
  const found = new Set<string>()
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length)
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const rest = text.slice(at + 1)
    const name = longestFirst.find((person) => startsWithName(rest, person.name))?.name
    for (const person of people) if (person.name === name) found.add(person.id)
  }
  return [...found]
}

const startsWithName = (text: string, name: string): boolean =>
  text.toLowerCase().startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(text.slice(name.length))
