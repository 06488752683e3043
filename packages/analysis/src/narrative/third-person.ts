/** "I want to change my flight" → "wants to change their flight". English only, and only where the result is surely right: else null. */
import { topicWords } from '../text/words.ts'
import { shorten } from './quote.ts'

export type Told = {
  /** What the contact does: reads after nothing, as "Wants to …", "Asks whether …". */
  clause: string
  /** What it is about, as a goal: "Change their flight". */
  goal: string
}

const LEAD_IN =
  /^(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|yes|yeah|yep|no|nope|ok|okay|so|and|but|well|also|then|now|oh|um|uh|actually|great|perfect|awesome|cool|sure|alright|right|thanks|thank you|sorry|excuse me|please|just|basically|first|there|go ahead and|can you help me|can you help)(?: there| again| everyone)?(?:[,.!;:…-]+\s*|\s+(?=(?:i|i'd|i'm|we|can|could|would|do|is|are|what|when|where|how|please|so|and|but|the|my|there)\b)|$))+/i
const WONDER =
  /^(?:i(?:'m| am| was)? (?:just )?wonder(?:ing|ed)? (?:if|whether)|do you know (?:if|whether)|(?:can|could) you (?:please )?tell me (?:if|whether)|i(?:'d| would) like to know (?:if|whether))\s+/i
/** Roundabout requests, read as the plain one: "I was wondering if you could …" is "can you …". */
const ROUNDABOUT =
  /^(?:i(?:'m| am| was)? (?:just )?wonder(?:ing|ed)? (?:if|whether) you (?:can|could|would|might)|do you (?:think|mind if) you (?:can|could)|(?:is|would|will) it (?:be )?possible for you to|i(?:'d like| would like| need| want) you to|please can you)\s+/i
const TAIL =
  /(?:[,\s]+(?:please|pls|thanks|thank you|thx|if possible|right|ok|okay|(?:can|could) you (?:please )?help(?: me)?(?: (?:out|with (?:that|this|it)))?|is that possible))*[\s.!?…,]*$/i
const SECOND_PERSON = /\b(?:you|your|yours|yourself|u|ur|yall|y'all)\b/i

/** Anything whose inner speaker is unclear stays a quotation. */
const pronouns = (text: string): string | null => {
  if (SECOND_PERSON.test(text)) return null
  return text
    .replace(/\bI'm\b|\bI am\b|\bi'm\b|\bwe're\b|\bwe are\b/g, 'they are')
    .replace(/\bI was\b|\bwe were\b/g, 'they were')
    .replace(/\bI've\b|\bwe've\b/gi, 'they have')
    .replace(/\bI'll\b|\bwe'll\b/gi, 'they will')
    .replace(/\bI'd\b|\bwe'd\b/gi, 'they would')
    .replace(/\b(?:am I)\b/gi, 'are they')
    .replace(/\b(?:was I)\b/gi, 'were they')
    .replace(/\b(?:I|we)\b/g, 'they')
    .replace(/\bi\b/g, 'they')
    .replace(/\b(?:myself|ourselves)\b/gi, 'themselves')
    .replace(/\b(?:mine|ours)\b/gi, 'theirs')
    .replace(/\b(?:my|our)\b/gi, 'their')
    .replace(/\b(?:me|us)\b/g, 'them')
}

type Shape = { pattern: RegExp; tell: (rest: string, answerer: string, match: RegExpExecArray) => Told }

const wants =
  (verb: string) =>
  (rest: string): Told => ({ clause: `${verb} ${rest}`, goal: rest.replace(/^to /, '') })
const seeks = (rest: string): Told => ({ clause: `Wants ${rest}`, goal: `Get ${rest}` })
const finds =
  (lead: string) =>
  (rest: string): Told => ({ clause: `Asks ${lead} ${rest}`, goal: `Find out ${lead} ${rest}` })
const orders = (rest: string, answerer: string): Told => {
  const task = rest.charAt(0).toLowerCase() + rest.slice(1)
  return { clause: `Asks ${answerer.replace(/^The (?=agent|operator|team)/, 'the ')} to ${task}`, goal: task }
}

const SPEAKER = `(?:i|we)`
const LIKE = `(?:'d| would|'ll| will)?(?: really| just| also| only)? (?:like|love|want|prefer|wish|wanted)`
const VERBS = `(?:book|reserve|find|cancel|order|send|show|check|change|make|get|give|tell|schedule|look|search|set|put|move|update|transfer|call|remove|add|buy|arrange|confirm|track|return|refund|connect|recommend|suggest|plan|explain|fix|reset)`

const about = (rest: string): Told => ({ clause: `Asks about ${rest}`, goal: `Find out about ${rest}` })
const asksThat = (rest: string): Told => ({ clause: `Asks ${rest}`, goal: `Find out ${rest}` })
const TELL_ME = `(?:(?:can|could|would|will) you (?:please |kindly )?)?(?:please )?(?:tell|give|show) (?:me|us)`

const SHAPES: Shape[] = [
  {
    pattern: new RegExp(
      `^${TELL_ME} (?:something |more |a bit |a little |some (?:more )?(?:information|info|details) |(?:more )?(?:information|info|details) )*about (.+)`,
      'i',
    ),
    tell: about,
  },
  { pattern: new RegExp(`^${TELL_ME} ((?:what|when|where|how|which|who|whether|why)\\b.+)`, 'i'), tell: asksThat },
  { pattern: new RegExp(`^${TELL_ME} if (.+)`, 'i'), tell: finds('whether') },
  {
    pattern: new RegExp(`^${SPEAKER}${LIKE} to know (.+)`, 'i'),
    tell: (rest) => ({ clause: `Wants to know ${rest}`, goal: `Find out ${rest}` }),
  },
  { pattern: new RegExp(`^${SPEAKER}${LIKE} (?:to|too) (.+)`, 'i'), tell: (rest) => wants('Wants to')(rest) },
  {
    pattern: new RegExp(
      `^${SPEAKER}(?:'m| am| are|'re)? ?(?:just |also )?(?:looking|trying|hoping|here|calling|writing|planning|aiming) to (.+)`,
      'i',
    ),
    tell: (rest) => wants('Wants to')(rest),
  },
  {
    pattern: new RegExp(`^${SPEAKER}(?: really| just| also| urgently| still)? (?:need|have) to (.+)`, 'i'),
    tell: (rest) => wants('Needs to')(rest),
  },
  {
    pattern: new RegExp(
      `^${SPEAKER}(?: really| just| also| urgently| still)? need (?:some |a little )?help (?:with |in |to )?(.+)`,
      'i',
    ),
    tell: (rest) => ({ clause: `Needs help with ${rest}`, goal: `Get help with ${rest}` }),
  },
  {
    pattern: new RegExp(
      `^${SPEAKER}(?: really| just| also| urgently| still)? need ((?:a|an|the|some|my|one|two|three|four|more|another|information|directions|tickets|flights|\\d)\\b.*)`,
      'i',
    ),
    tell: (rest) => ({ clause: `Needs ${rest}`, goal: `Get ${rest}` }),
  },
  {
    pattern: new RegExp(
      `^${SPEAKER}${LIKE} ((?:a|an|the|some|my|one|two|three|four|more|another|information|\\d)\\b.*)`,
      'i',
    ),
    tell: seeks,
  },
  {
    pattern: new RegExp(`^(?:${SPEAKER}(?:'m| am| are|'re) )?(?:just )?(?:looking|searching) for (.+)`, 'i'),
    tell: (rest) => ({ clause: `Is looking for ${rest}`, goal: `Find ${rest}` }),
  },
  {
    pattern:
      /^(?:can|could|would|will) you (?:please |kindly |also |maybe |possibly )*help (?:me|us) (?:to |with )?(.+)/i,
    tell: (rest) => ({ clause: `Asks for help: ${rest}`, goal: rest }),
  },
  {
    pattern: /^(?:please )?help (?:me|us) (?:to |with )?(.+)/i,
    tell: (rest) => ({ clause: `Asks for help: ${rest}`, goal: rest }),
  },
  {
    pattern:
      /^(?:can|could|may|might) (?:i|we) (?:please |also |just )*(?:get|have|order) ((?:a|an|the|some|one|two|three|four|my|another)\b.*)/i,
    tell: (rest) => ({ clause: `Asks for ${rest}`, goal: `Get ${rest}` }),
  },
  {
    pattern: new RegExp(
      `^(?:can|could|would|will) you (?:please |kindly |also |maybe |possibly )*(${VERBS}\\b.*)`,
      'i',
    ),
    tell: orders,
  },
  {
    pattern: /^(?:can|could|may|should|might) (?:i|we) (?:please |also |just |still )*(.+)/i,
    tell: (rest) => finds('whether they can')(rest),
  },
  { pattern: /^how (?:can|do|could|should|would|may) (?:i|we) (.+)/i, tell: finds('how to') },
  { pattern: /^where (?:can|do|could|should) (?:i|we) (.+)/i, tell: finds('where to') },
  { pattern: /^what (?:can|do|should|must) (?:i|we) (?:have to |need to )?(do .+)/i, tell: finds('what to') },
  {
    pattern: /^(?:is|are|was|were) there (.+)/i,
    tell: (rest, _, match) => finds(`whether there ${/^(\w+)/.exec(match[0])?.[1]?.toLowerCase()}`)(rest),
  },
  {
    pattern:
      /^(?:(?:what|when|where|who)(?:'s| is) )((?:my|the|our) [\p{L}\d'-]+(?: (?:of |for |in )?[\p{L}\d'-]+){0,4})$/iu,
    tell: asksOf,
  },
  {
    pattern: new RegExp(`^(${VERBS} (?:me|us|a|an|the|my|all|that|this|it|one|two|some|for|up)\\b.*)`, 'i'),
    tell: orders,
  },
]

function asksOf(rest: string, _answerer: string, match: RegExpExecArray): Told {
  const word = /^(\w+)/.exec(match[0])?.[1]?.toLowerCase() ?? 'what'
  return { clause: `Asks ${word} ${rest} is`, goal: `Find out ${word} ${rest} is` }
}

const NAMED = `(?:[Mm]y name(?:'s| is)|[Ii]'?m|[Ii] am|[Tt]his is|[Nn]ame'?s) \\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)?`
const NAMED_FIRST = new RegExp(
  `^${NAMED}(?: here)?(?:\\s*[,.;!]\\s*(?:and\\s+|so\\s+)?|\\s+and\\s+|\\s+(?=[Ii]\\b))`,
  'u',
)
const NAMED_LAST = new RegExp(`(?:\\s*[,;]\\s*(?:and\\s+)?|\\s+and\\s+|\\s+)${NAMED}\\s*$`, 'u')

const isShouted = (text: string): boolean => {
  const letters = text.replace(/\P{L}/gu, '')
  return letters.length > 6 && letters.replace(/\P{Lu}/gu, '').length > letters.length * 0.6
}

/** `text` is one sentence on one line. */
export const tell = (text: string, answerer: string, most: number): Told | null => {
  if (isShouted(text)) return null
  const plain = text.replaceAll('’', "'").trim()
  const wondering = ROUNDABOUT.test(plain.replace(LEAD_IN, '')) ? null : WONDER.exec(plain)
  if (wondering) {
    const rest = pronouns(plain.slice(wondering[0].length).replace(TAIL, ''))
    return rest ? trim({ clause: `Asks whether ${rest}`, goal: `Find out whether ${rest}` }, most) : null
  }
  const bare = plain
    .replace(LEAD_IN, '')
    .replace(NAMED_FIRST, '')
    .replace(LEAD_IN, '')
    .replace(ROUNDABOUT, 'can you ')
    .replace(TAIL, '')
    .replace(NAMED_LAST, '')
    .replace(TAIL, '')
  for (const { pattern, tell: shape } of SHAPES) {
    const match = pattern.exec(bare)
    const rest = match && pronouns((match[1] ?? '').trim())
    if (match && rest && topicWords(rest).size > 0) return trim(shape(rest, answerer, match), most)
  }
  return null
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const trim = ({ clause, goal }: Told, most: number): Told => ({
  clause: shorten(clause, most),
  goal: shorten(
    capital(
      goal
        .replace(/^(?:give|get) them /i, 'get ')
        .replace(/^tell them (?=the|a|what|how|when|where|which|who|about)\b/i, 'find out ')
        .replace(/^(\w+) them (?=\w)/i, '$1 '),
    ),
    most,
  ),
})
