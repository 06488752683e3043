/** What the form of an agent sends: only what was changed, and never a stored key by accident. */
import { AgentChange } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { type AgentFields, changeOf, problemOf } from './agent-fields.ts'

const fields: AgentFields = {
  name: 'Freya',
  company: '',
  mode: 'active',
  instructions: '',
  handoffPhrases: '',
  provider: 'openai-compatible',
  baseUrl: 'https://llm.example/v1',
  model: 'large',
  temperature: null,
  maxOutputTokens: 800,
  key: null,
}

test('the key is sent when typed, cleared when emptied, and left alone otherwise', () => {
  expect(changeOf({ key: 'sk-1' })).toEqual({ model: { key: 'sk-1' } })
  expect(changeOf({ key: '' }).model?.key).toBeNull()
  expect(changeOf({ name: 'Freya' })).toEqual({ name: 'Freya' })
})

test('everything the form can send is accepted by the contract', () => {
  const sent = changeOf({ ...fields, company: ' Solvang ', handoffPhrases: 'speak to\n\n  a person ', key: 'sk-1' })
  expect(AgentChange.parse(JSON.parse(JSON.stringify(sent)))).toMatchObject({
    company: 'Solvang',
    handoffPhrases: ['speak to', 'a person'],
    model: { baseUrl: 'https://llm.example/v1', key: 'sk-1' },
  })
})

test.each([
  [{ name: ' ' }, 'name'],
  [{ maxOutputTokens: Number.NaN }, 'maxOutputTokens'],
  [{ model: '' }, 'model'],
  [{ baseUrl: '' }, 'baseUrl'],
  [{ baseUrl: 'ftp://llm.example' }, 'baseUrl'],
  [{ provider: 'anthropic', baseUrl: '' }, null],
  [{ provider: 'embedded', baseUrl: '', model: '' }, null],
] as const)('%o is stopped by %s', (edits, problem) => {
  expect(problemOf({ ...fields, ...edits })).toBe(problem)
})
