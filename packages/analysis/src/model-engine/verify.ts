/** Looks at every line a model gave: the entry exists, the quote stands in it, and the sentence says no more than that. */
import type { Evidence } from '../contract.ts'
import { oneLine, quote } from '../narrative/quote.ts'
import { spokenName } from '../signals/functions.ts'
import { injectionIn } from '../signals/injection.ts'
import type { SnapshotEntry } from '../snapshot.ts'
import { anyOf, sentences } from '../text/words.ts'
import { whyNotBorneOut } from './borne-out.ts'
import type { Line, ModelReply, Need } from './reply.ts'

export type Verified = { text: string; evidence: Evidence }
export type Chosen = { needs: Verified[]; did: Verified[]; performance: Verified[] }
export type Looked = { chosen: Chosen; refused: string[] }

/** How a sentence may call whoever speaks in a line: nobody else's words are put into their mouth. */
const SPEAKER = { agent: 'AI agent', operator: 'colleague operator', contact: null, system: null } as const
const MOST = { needs: 3, did: 4, performance: 3 }

export const verify = (reply: ModelReply, entries: ReadonlyMap<number, SnapshotEntry>): Looked => {
  const refused: string[] =
    reply.malformed > 0 ? [`${reply.malformed} items are not of the form that was asked for`] : []
  const take = <T extends Need>(
    list: 'needs' | 'did' | 'performance',
    items: T[],
    look: (item: T) => Verified | string,
  ): Verified[] => {
    const taken: Verified[] = []
    for (const [i, item] of items.slice(0, 12).entries()) {
      const found = look(item)
      if (typeof found === 'string') refused.push(`${list}[${i}]: ${found}`)
      else if (taken.length < MOST[list] && !taken.some(({ text }) => text === found.text)) taken.push(found)
    }
    return taken
  }
  const chosen = {
    needs: take('needs', reply.needs, (need) => lookAtNeed(need, entries)),
    did: take('did', reply.did, (line) => lookAtLine(line, entries)),
    performance: take('performance', reply.performance, (line) => lookAtLine(line, entries)),
  }
  return { chosen, refused }
}

/** The contact's words are shown as a quotation, whole sentences of it: half a sentence can say the opposite. */
const lookAtNeed = ({ position, quote }: Need, entries: ReadonlyMap<number, SnapshotEntry>): Verified | string => {
  const entry = entries.get(position)
  if (!entry) return 'there is no such line'
  if (entry.author !== 'contact' || entry.kind !== 'message') return 'that is no line of the customer'
  const span = spanOf(entry.text, quote)
  if (!span) return 'the quote does not stand in that line'
  if (injectionIn(entry.text)) return 'that line gives orders to whoever reads it'
  return { text: entry.text.slice(span.start, span.end), evidence: { position, ...span } }
}

const lookAtLine = (
  { position, quote, text }: Line,
  entries: ReadonlyMap<number, SnapshotEntry>,
): Verified | string => {
  const entry = entries.get(position)
  if (!entry) return 'there is no such line'
  if (entry.author === 'contact' || entry.author === 'system') return 'that is no line of our side'
  const call = entry.functionCall
  const said = call ? `function ${spokenName(call.name)} ended ${call.status}` : entry.text
  const span = spanOf(said, quote)
  if (!span) return 'the quote does not stand in that line'
  const why = whyNotBorneOut(text, said.slice(span.start, span.end), [entry.authorName, SPEAKER[entry.author]])
  if (why) return why
  const tidy = attributed(text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim(), said.slice(span.start, span.end), entry)
  return { text: tidy, evidence: call ? { position } : { position, ...span } }
}

/** What an agent says it did is its word, never ours: a sentence that does not say who speaks gives way to the words themselves. */
const attributed = (text: string, quoted: string, { functionCall, author, authorName }: SnapshotEntry): string => {
  if (functionCall || (sentences(text).length === 1 && SAYS.test(text))) return text
  return `${oneLine(authorName ?? '').slice(0, 60) || (author === 'agent' ? 'The agent' : 'A colleague')} said: ${quote(quoted, 150)}`
}

const SAYS = anyOf(
  'says|said|tells|told|writes|wrote|replies|replied|asks|asked|names|named|mentions|mentioned|adds|added|explains|explained',
  'sagt|fragt|schreibt|erklärt|nennt|dit|demande|écrit|explique|dice|pregunta|escribe|explica|diz|pergunta|escreve|chiede|scrive|spiega|zegt|vraagt|schrijft|sanoo|kysyy',
)

/** The sentences that a quote touches. Blanks and the shape of quotation marks may differ; nothing else may. */
const spanOf = (text: string, quote: string): { start: number; end: number } | null => {
  const pattern = quote
    .trim()
    .slice(0, 1000)
    .split(/\s+/u)
    .map((word) =>
      word
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/['’‘]/g, "['’‘]")
        .replace(/["“”]/g, '["“”]'),
    )
    .join('\\s+')
  const found = new RegExp(pattern, 'u').exec(text)
  if (!found) return null
  const [from, to] = [found.index, found.index + found[0].length]
  const touched = sentences(text).filter(({ start, end }) => start < to && end > from)
  if (touched.length === 0) return { start: from, end: to }
  return { start: Math.min(from, touched[0]!.start), end: Math.max(to, touched.at(-1)!.end) }
}
