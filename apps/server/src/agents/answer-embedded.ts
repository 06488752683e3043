/** The embedded knowledge answerer: answers from the articles by retrieval and plain rules, without any model. */
import { type KnowledgePassage, splitWords } from '../knowledge/index.ts'
import type { Answer, AnswerNote, Question } from './answer.ts'
import { chooseArticle, ENOUGH } from './choose-article.ts'
import { languageOf } from './contact-language.ts'
import { expandFollowUp, pickChoice } from './follow-up.ts'
import { type Language, say } from './own-words.ts'
import { chooseQuote } from './quote.ts'
import { readSmallTalk, type SmallTalk } from './small-talk.ts'
import { splitQuestions } from './split-questions.ts'
import { textOf } from './triggers/before.ts'
import { handoffOf, withTriggers } from './triggers/call-person.ts'

/** Half of a message is answered by itself only when its article is this sure. */
const SURE = 0.65

/** Decides what to say. The same question on the same articles is always answered the same way. */
export async function answerEmbedded(question: Question): Promise<Answer> {
  const { answer } = await withTriggers(question, async () => ({ answer: await answerPlainly(question) }))
  return answer
}

/** The same without triggers: what the articles hold, or that they hold nothing. */
export async function answerPlainly(question: Question): Promise<Answer> {
  const text = textOf(question)
  const language = languageOf(question)
  const previous = question.history.findLast((said) => said.author === 'agent')?.note ?? null
  const talk = readSmallTalk(text)
  const reply = talk && answerSmallTalk(talk, previous, question, language)
  if (reply) return reply
  if (text === '')
    return question.unanswered.every((said) => said.text.trim() === '')
      ? speakOwn(language, 'help', question, { kind: 'small_talk' })
      : speakOwn(language, 'notFound', question, { kind: 'not_found' })
  const answer = await answerFromArticles(text, question, previous, language)
  if (answer) return answer
  return speakOwn(language, 'notFound', question, { kind: 'not_found', question: text.slice(0, 500) })
}

async function answerFromArticles(
  text: string,
  question: Question,
  previous: AnswerNote | null,
  language: Language,
): Promise<Answer | null> {
  if (previous?.kind === 'clarify' && previous.choices) {
    const chosen = pickChoice(text, previous.choices)
    if (chosen) {
      const asked = `${previous.question ?? ''} ${text}`
      const passages = await question.search(asked, 100)
      const own = passages.find((passage) => passage.articleId === chosen.articleId)
      if (own) return quote(own, previous.question ?? text, language)
    }
  }
  const passages = await question.search(text)
  const expanded = expandFollowUp(text, question.history)
  // A follow-up is read with the question before it, unless it says enough alone.
  const best = passages[0]?.score ?? 0
  const together = expanded && best < ENOUGH + 0.25 ? await question.search(expanded) : []
  const followed = !bringsAStranger(text, together) && ((together[0]?.score ?? 0) > best || best < ENOUGH)
  const both = await answerBoth(text, question, passages, language)
  if (both) return both
  const choice = chooseArticle(followed && together.length > 0 ? together : passages)
  if (choice.kind === 'one') return quote(choice.passage, followed && expanded ? expanded : text, language)
  if (choice.kind === 'none') return null
  const choices = [choice.first, choice.second].map(({ articleId, title }) => ({ articleId, title }))
  return {
    text: say(language, 'clarify', { first: choices[0]!.title, second: choices[1]!.title }),
    citations: [],
    note: { kind: 'clarify', question: text.slice(0, 500), choices },
    handoff: null,
  }
}

/** A message with a word that no article knows is about something of its own, whatever was asked before it. */
function bringsAStranger(text: string, together: KnowledgePassage[]): boolean {
  const { plain } = splitWords(text)
  return together[0]?.unknown.some((word) => plain.includes(word)) ?? false
}

/** "How long does delivery take, and can I pay by card?": an answer from two articles, when each is sure. */
async function answerBoth(
  text: string,
  question: Question,
  whole: KnowledgePassage[],
  language: Language,
): Promise<Answer | null> {
  const parts = splitQuestions(text)
  if (parts.length < 2) return null
  const chosen: { passage: KnowledgePassage; asked: string }[] = []
  for (const asked of parts) {
    const choice = chooseArticle(await question.search(asked))
    if (choice.kind !== 'one' || choice.passage.score < SURE) continue
    if (!chosen.some(({ passage }) => passage.articleId === choice.passage.articleId))
      chosen.push({ passage: choice.passage, asked })
  }
  if (chosen.length < 2) return null
  const first = chosen.find(({ passage }) => passage.articleId === whole[0]?.articleId) ?? chosen[0]!
  const second = chosen.find((one) => one !== first)!
  return join(
    [first, second].map((one) => quote(one.passage, one.asked, language)),
    text,
    language,
  )
}

function join(answers: Answer[], asked: string, language: Language): Answer {
  const also = say(language, 'foundAlso')
  const texts = answers.map(({ text }) => (text ?? '').replace(also, '').trim())
  return {
    text: `${texts.join('\n\n')}\n\n${also}`,
    citations: answers.flatMap(({ citations }) => citations),
    note: { kind: 'answer', question: asked.slice(0, 500) },
    handoff: null,
  }
}

function quote(passage: KnowledgePassage, asked: string, language: Language): Answer {
  const words = chooseQuote(passage, { plain: passage.matched, pairs: splitWords(asked).pairs }, asked)
  const block = words
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
  return {
    text: `${say(language, 'found', { title: passage.title })}\n\n${block}\n\n${say(language, 'foundAlso')}`,
    citations: [{ articleId: passage.articleId, title: passage.title, quote: words.slice(0, 2000) }],
    note: { kind: 'answer', question: asked.slice(0, 500) },
    handoff: null,
  }
}

function answerSmallTalk(
  talk: SmallTalk,
  previous: AnswerNote | null,
  question: Question,
  language: Language,
): Answer | null {
  const offered = previous?.kind === 'not_found'
  if (talk === 'yes' && offered) return acceptOffer(question)
  if (talk === 'no' && previous?.kind === 'answer')
    return speakOwn(language, 'notFound', question, {
      kind: 'not_found',
      ...(previous.question ? { question: previous.question } : {}),
    })
  if (talk === 'yes' && previous?.kind === 'clarify') return null
  if (talk === 'yes' && previous?.kind === 'answer')
    return speakOwn(language, 'thanks', question, { kind: 'small_talk' })
  const words = {
    greeting: 'greeting',
    thanks: 'thanks',
    goodbye: 'goodbye',
    how_are_you: 'howAreYou',
    are_you_ai: 'areYouAi',
    help: 'help',
    yes: 'yes',
    no: 'no',
  } as const
  return speakOwn(language, words[talk], question, { kind: 'small_talk' })
}

function speakOwn(language: Language, what: Parameters<typeof say>[1], question: Question, note: AnswerNote): Answer {
  return {
    text: say(language, what, { agent: question.agent.name, company: question.agent.company }),
    citations: [],
    note,
    handoff: null,
  }
}

/** A yes to a person who was offered is a wish for one, whichever triggers are on. */
function acceptOffer(question: Question): Answer {
  const handoff = handoffOf(question, {
    reason: 'contact_asked',
    by: 'contact',
    detail: null,
    words: 'handoffAsked',
  })
  return { text: null, citations: [], note: null, handoff }
}
