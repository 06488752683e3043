/** What the composer offers, and what its keys do to the words. */
import { expect, test } from 'vitest'
import { conversationLike } from '../test/conversation-like.ts'
import { applyMarkdownKey } from './markdown-keys.ts'
import { composerMode, writingKinds } from './mode.ts'

const me = { id: 'me', name: 'Dana' }
const mode = (fields: Parameters<typeof conversationLike>[0], mayWrite = true) =>
  composerMode(conversationLike(fields), me.id, mayWrite)
const queued = { state: 'queued', reason: null, by: null, requestedAt: null } as const

test('each state of a conversation has its composer', () => {
  expect(mode({})).toBe('agent')
  expect(mode({ control: 'queue', handoff: queued })).toBe('queue')
  expect(mode({ control: 'operator', assignee: me })).toBe('open')
  expect(mode({ control: 'operator', assignee: { id: 'other', name: 'Aiko' } })).toBe('taken')
  expect(mode({ control: 'paused' })).toBe('open')
  expect(mode({ control: 'paused', handoff: queued })).toBe('queue')
})

test('blocked beats closed, closed beats control, and a viewer only reads', () => {
  expect(mode({ blocked: true, status: 'closed' })).toBe('blocked')
  expect(mode({ status: 'closed', control: 'operator', assignee: me })).toBe('closed')
  expect(mode({ status: 'archived' })).toBe('closed')
  expect(mode({ control: 'operator', assignee: me }, false)).toBe('viewer')
})

test('who may write may note; only an agent can be coached, and only while it may still answer', () => {
  const agent = { id: 'a', name: 'Freya', mode: 'active' as const }
  expect(writingKinds(conversationLike({ agent }), 'open')).toEqual(['message', 'note', 'coaching'])
  expect(writingKinds(conversationLike({ agent }), 'agent')).toEqual(['note', 'coaching'])
  expect(writingKinds(conversationLike({ agent: null }), 'open')).toEqual(['message', 'note'])
  expect(writingKinds(conversationLike({ agent, status: 'closed' }), 'closed')).toEqual(['note'])
  expect(writingKinds(conversationLike({ agent }), 'viewer')).toEqual([])
})

test('a mark goes around the selection and comes off again', () => {
  const bold = applyMarkdownKey('b', false, { text: 'say it now', start: 4, end: 6 })
  expect(bold).toEqual({ text: 'say **it** now', start: 6, end: 8 })
  expect(bold && applyMarkdownKey('b', false, bold)).toEqual({ text: 'say it now', start: 4, end: 6 })
  expect(applyMarkdownKey('i', false, { text: '', start: 0, end: 0 })).toEqual({ text: '__', start: 1, end: 1 })
})

test('a list marks every line of the selection', () => {
  expect(applyMarkdownKey('8', true, { text: 'a\nb\nc', start: 0, end: 3 })?.text).toBe('- a\n- b\nc')
  expect(applyMarkdownKey('7', true, { text: 'x\na\nb', start: 3, end: 5 })?.text).toBe('x\n1. a\n2. b')
})

test('other keys are left to the browser', () => {
  expect(applyMarkdownKey('k', false, { text: 'x', start: 0, end: 1 })).toBeNull()
  expect(applyMarkdownKey('b', true, { text: 'x', start: 0, end: 1 })).toBeNull()
})
