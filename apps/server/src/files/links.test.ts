/** Signed links, with a clock of the test's own. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createFileLinks } from './links.ts'

test('a link to a file stays the same for half a day and opens for more than a day, then no more', () => {
  const half = 12 * 60 * 60 * 1000
  let now = half * 1000
  const links = createFileLinks({ secret: 'secret', now: () => now, origin: 'https://files.example' })
  const [workspace, file] = [randomUUID(), randomUUID()]
  const first = links.sign(workspace, file)
  expect(first).toMatch(new RegExp(`^https://files.example/files/${file}\\?ticket=`))
  const ticket = new URL(first).searchParams.get('ticket')!
  now += half - 1
  expect(links.sign(workspace, file)).toBe(first)
  now += half + 1
  expect(links.sign(workspace, file)).not.toBe(first)
  expect(links.verify(file, ticket)).toBe(workspace)
  expect(links.verify(randomUUID(), ticket)).toBeUndefined()
  now += half
  expect(links.verify(file, ticket)).toBeUndefined()
})
