/** What the embedded answerer decides: quote, ask back, say that nothing was found, or hand off. */
import { defaultAgentConfig } from '@earshot/contracts'
import { describe, expect, test } from 'vitest'
import type { KnowledgePassage } from '../knowledge/index.ts'
import type { AnswerNote, Question, Said } from './answer.ts'
import { answerEmbedded } from './answer-embedded.ts'
import { OWN_WORDS } from './own-words.ts'

const said = (author: Said['author'], text: string, note: AnswerNote | null = null): Said => ({
  position: 1,
  author,
  name: null,
  text,
  note,
})

const SIGNALS = { covered: 1, strength: 1, headed: 1, titled: 1, mass: 1, strange: 0, isOwn: true, onlyHere: 0 }

describe('decisions', () => {
  const passage = (articleId: string, score: number, more: Partial<KnowledgePassage> = {}): KnowledgePassage => ({
    articleId,
    title: `Title ${articleId}`,
    heading: `Title ${articleId}`,
    text: `Text of ${articleId}.`,
    language: 'en',
    score,
    matched: ['delivery'],
    unknown: [],
    signals: SIGNALS,
    ...more,
  })
  const ask = (text: string, found: KnowledgePassage[], history: Said[] = []) => {
    const agent = { id: 'a', name: 'Ada', company: 'Farn', config: defaultAgentConfig('Ada') }
    const question: Question = { agent, history, unanswered: [said('contact', text)], search: async () => found }
    return answerEmbedded(question)
  }

  test('one article that fits is quoted and cited', async () => {
    const answer = await ask('what about delivery', [passage('a', 0.8), passage('b', 0.5)])
    expect(answer).toMatchObject({
      citations: [{ articleId: 'a', title: 'Title a', quote: 'Text of a.' }],
      note: { kind: 'answer' },
      handoff: null,
    })
    expect(answer.text).toBe(
      'This is what our article “Title a” says:\n\n> Text of a.\n\nDid that answer your question?',
    )
  })
  test('two that fit equally are asked back, and the reply decides', async () => {
    const found = [passage('a', 0.8), passage('b', 0.78)]
    const asked = await ask('tell me about delivery', found)
    expect(asked).toMatchObject({
      note: { kind: 'clarify', choices: [{ articleId: 'a' }, { articleId: 'b' }] },
      citations: [],
      handoff: null,
    })
    expect(asked.text).toContain('1. Title a\n2. Title b')
    const reply = await ask('the second', found, [
      said('contact', 'tell me about delivery'),
      said('agent', asked.text!, asked.note),
    ])
    expect(reply.citations[0]!.articleId).toBe('b')
  })
  test('two passages of one article are no choice', async () =>
    expect((await ask('delivery', [passage('a', 0.8), passage('a', 0.79)])).note!.kind).toBe('answer'))
  test('what no article fits is said plainly', async () => {
    const answer = await ask('what about delivery', [passage('a', 0.3)])
    expect(answer).toMatchObject({ note: { kind: 'not_found' }, citations: [], handoff: null })
    expect(answer.text).toContain('could not find')
  })
  test('what is asked about is unknown, though what is asked of it is known', async () => {
    expect(
      (await ask('what does a zeppelin cost', [passage('a', 0.6, { matched: ['cost'], unknown: ['zeppelin'] })])).note!
        .kind,
    ).toBe('not_found')
  })
  test('the second failure in a row is a handoff; an answer between them starts again', async () => {
    const failed = said('agent', '…', { kind: 'not_found' })
    const helped = said('agent', '…', { kind: 'answer' })
    const talked = said('agent', '…', { kind: 'small_talk' })
    expect((await ask('wubble', [], [failed, talked])).handoff).toMatchObject({
      reason: 'repeated_failure',
      by: 'rule',
    })
    expect((await ask('wubble', [], [failed, helped])).handoff).toBeNull()
    expect((await ask('wubble', [], [failed, said('operator', 'hi')])).handoff).toBeNull()
  })
  test('anger alone is a handoff; an angry question that has an answer is answered', async () => {
    expect((await ask('this is ridiculous', [passage('a', 0.9)])).handoff).toMatchObject({
      reason: 'negative_tone',
      by: 'rule',
    })
    expect((await ask('this is ridiculous, how long does delivery take?', [passage('a', 0.9)])).note!.kind).toBe(
      'answer',
    )
    expect((await ask('this is ridiculous, how long does delivery take?', [])).handoff!.reason).toBe('negative_tone')
  })
  test('yes to the offered person, no to an answer that did not help', async () => {
    expect((await ask('yes', [], [said('agent', '…', { kind: 'not_found' })])).handoff!.reason).toBe('contact_asked')
    expect((await ask('no', [], [said('agent', '…', { kind: 'answer', question: 'delivery' })])).note).toEqual({
      kind: 'not_found',
      question: 'delivery',
    })
  })
  test('it speaks the contact’s language and quotes the article’s', async () => {
    const answer = await ask('Wie lange dauert die Lieferung?', [passage('a', 0.8)])
    expect(answer.text).toContain('Das steht in unserem Artikel „Title a“')
    expect(answer.text).toContain('> Text of a.')
    expect((await ask('Ich will mit einem Menschen sprechen', [])).handoff!.announcement).toBe(
      OWN_WORDS.de.handoffAsked,
    )
  })
})
