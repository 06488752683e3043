/** The page of all keys against the code: none is promised that nothing answers to, and none is kept quiet. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ALL_KEYS } from './all-keys.ts'

const SRC = join(import.meta.dirname, '..')
/** Written where no literal stands: the three states of who answers, and what a focused row does by itself. */
const ELSEWHERE = ['↵']

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !path.includes('all-keys'))
  .map((path) => readFileSync(join(SRC, path), 'utf8'))

const registered = new Set(
  sources.flatMap((source) => [
    ...[...source.matchAll(/\bkeys: '([^']+)'/g)].map((found) => found[1]),
    ...[...source.matchAll(/keys="([^"]+)"\n\s+words=/g)].map((found) => found[1]),
    ...[...source.matchAll(/: '(⇧[APB])'/g)].map((found) => found[1]),
  ]),
)
const told = ALL_KEYS.flatMap(({ keys }) => keys.map(([, printed]) => printed as string))

test('every key that is told is registered somewhere', () => {
  expect(told.filter((key) => !registered.has(key) && !ELSEWHERE.includes(key))).toEqual([])
})

test('every key that is registered is told', () => {
  expect([...registered].filter((key) => key !== undefined && !told.includes(key))).toEqual([])
})
