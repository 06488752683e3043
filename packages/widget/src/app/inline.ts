/** Inline Markdown → a small tree. Hostile input costs time in proportion to its length, and can become nothing but these shapes. */
import { safeLink } from './safe-link.ts'

export type Inline =
  | { is: 'text' | 'code'; text: string }
  | { is: 'break' }
  | { is: 'strong' | 'em' | 'del'; inside: Inline[] }
  | { is: 'link'; href: string; host: string; inside: Inline[] }

const MAX_DEPTH = 6
/** A link's words and its address may be this long. */
const MAX_LABEL = 600
const MAX_HREF = 2000
const PUNCTUATION = /[!-/:-@[-`{-~]/
const ADDRESS = /https?:\/\/[^\s<>"'`]+/y

interface Found {
  node: Inline
  /** Where to read on. */
  end: number
}

/** What is known not to close any more in this text, so that nobody looks for it twice. */
type Unclosed = Set<string>

export function parseInline(text: string, depth = 0): Inline[] {
  const nodes: Inline[] = []
  const unclosed: Unclosed = new Set()
  let plain = ''
  let at = 0
  const flush = () => {
    if (plain !== '') nodes.push({ is: 'text', text: plain })
    plain = ''
  }
  while (at < text.length) {
    const c = text[at]!
    if (c === '\\' && PUNCTUATION.test(text[at + 1] ?? '')) {
      plain += text[at + 1]
      at += 2
      continue
    }
    const found = depth < MAX_DEPTH ? find(text, at, depth, unclosed) : undefined
    if (found) {
      flush()
      nodes.push(found.node)
      at = found.end
    } else {
      plain += c
      at++
    }
  }
  flush()
  return nodes
}

function find(text: string, at: number, depth: number, unclosed: Unclosed): Found | undefined {
  switch (text[at]) {
    case '\n':
      return { node: { is: 'break' }, end: at + 1 }
    case '`':
      return findCode(text, at, unclosed)
    case '!': // an image is never loaded: its words link to it
      return text[at + 1] === '[' ? findLink(text, at + 1, depth) : undefined
    case '[':
      return findLink(text, at, depth)
    case '<':
      return findAddress(text, at + 1, '>')
    case 'h':
      return /\w/.test(text[at - 1] ?? '') ? undefined : findAddress(text, at)
    case '*':
    case '_':
      return findEmphasis(text, at, depth, unclosed)
    case '~':
      return text[at + 1] === '~' ? findPair(text, at, '~~', 'del', depth, unclosed) : undefined
    default:
      return undefined
  }
}

function findCode(text: string, at: number, unclosed: Unclosed): Found | undefined {
  let length = 1
  while (text[at + length] === '`') length++
  const fence = '`'.repeat(length)
  if (unclosed.has(fence)) return { node: { is: 'text', text: fence }, end: at + length }
  for (let from = at + length; ; ) {
    const close = text.indexOf(fence, from)
    if (close < 0) {
      unclosed.add(fence)
      return { node: { is: 'text', text: fence }, end: at + length }
    }
    let end = close + length
    if (text[end] !== '`')
      return {
        node: {
          is: 'code',
          text: text
            .slice(at + length, close)
            .replace(/\n/g, ' ')
            .trim(),
        },
        end,
      }
    while (text[end] === '`') end++
    from = end
  }
}

function findLink(text: string, at: number, depth: number): Found | undefined {
  const close = closing(text, at, '[', ']', MAX_LABEL)
  if (close === undefined || text[close + 1] !== '(') return undefined
  const end = closing(text, close + 1, '(', ')', MAX_HREF)
  if (end === undefined) return undefined
  const label = text.slice(at + 1, close)
  const given = text.slice(close + 2, end).trim()
  const link = safeLink(given.startsWith('<') ? given.slice(1, given.indexOf('>')) : given.split(/\s/, 1)[0])
  const inside = parseInline(label, depth + 1).map(withoutLink)
  // An address that is not taken leaves its words behind, and says so by showing them only.
  if (!link)
    return { node: { is: 'em', inside: inside.length > 0 ? inside : [{ is: 'text', text: given }] }, end: end + 1 }
  return {
    node: { is: 'link', ...link, inside: inside.length > 0 ? inside : [{ is: 'text', text: link.host }] },
    end: end + 1,
  }
}

/** Links do not nest. */
const withoutLink = (node: Inline): Inline => (node.is === 'link' ? { is: 'em', inside: node.inside } : node)

/** The bracket that closes the one at `at`, not further than `max` away. */
function closing(text: string, at: number, open: string, close: string, max: number): number | undefined {
  let level = 0
  for (let i = at; i < Math.min(text.length, at + max); i++) {
    if (text[i] === '\\') i++
    else if (text[i] === open) level++
    else if (text[i] === close && --level === 0) return i
  }
  return undefined
}

function findAddress(text: string, at: number, closedBy?: string): Found | undefined {
  ADDRESS.lastIndex = at
  let address = ADDRESS.exec(text)?.[0].slice(0, MAX_HREF)
  if (address === undefined) return undefined
  if (closedBy === undefined) address = trimEnd(address)
  else if (text[at + address.length] !== closedBy) return undefined
  const link = safeLink(address)
  const end = at + address.length + (closedBy === undefined ? 0 : 1)
  return link && { node: { is: 'link', ...link, inside: [{ is: 'text', text: address }] }, end }
}

/** A sentence's own marks after an address are not part of it; neither is a bracket that the address did not open. */
function trimEnd(address: string): string {
  let end = address.length
  while (end > 0) {
    const last = address[end - 1]!
    if (last === ')' && address.slice(0, end).includes('(')) break
    if (!/[.,;:!?)\]}*_~]/.test(last)) break
    end--
  }
  return address.slice(0, end)
}

function findEmphasis(text: string, at: number, depth: number, unclosed: Unclosed): Found | undefined {
  const mark = text[at]!
  if (mark === '_' && /\w/.test(text[at - 1] ?? '')) return undefined // snake_case
  const double = mark + mark
  if (text.startsWith(double + mark, at)) {
    const both = findPair(text, at, double + mark, 'em', depth, unclosed)
    if (both) return { node: { is: 'strong', inside: [both.node] }, end: both.end }
  }
  if (text.startsWith(double, at)) return findPair(text, at, double, 'strong', depth, unclosed)
  return findPair(text, at, mark, 'em', depth, unclosed)
}

function findPair(
  text: string,
  at: number,
  mark: string,
  is: 'strong' | 'em' | 'del',
  depth: number,
  unclosed: Unclosed,
): Found | undefined {
  const begin = at + mark.length
  if (unclosed.has(mark) || /^\s?$/.test(text[begin] ?? '')) return undefined
  for (let from = begin; ; ) {
    const close = text.indexOf(mark, from)
    if (close < 0) {
      unclosed.add(mark)
      return undefined
    }
    const end = close + mark.length
    const isDouble = mark.length === 1 && text[end] === mark
    const isInWord = mark[0] === '_' && /\w/.test(text[end] ?? '')
    if (close > begin && !isDouble && !isInWord && !/\s/.test(text[close - 1]!)) {
      return { node: { is, inside: parseInline(text.slice(begin, close), depth + 1) }, end }
    }
    from = isDouble ? end + 1 : end
  }
}
