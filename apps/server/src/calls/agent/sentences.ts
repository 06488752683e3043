/** Cuts what is being written into what can be spoken: whole sentences as early as there are any, without marks meant for eyes. */

const ENDS = /[.!?…。！？]["'”’)\]]*(?=\s)|\n+/g
/** What ends with a dot and goes on. */
const GOES_ON = /(?:^|\s)(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|No|Nr|z|B|d|h|e\.g|i\.e|etc|approx|ca|bzw|vs|\d{1,2})\.$/
/** Longer ones are spoken in parts, so that the first is heard soon. */
const MOST_CHARS = 260

export interface Cut {
  sentences: string[]
  rest: string
}

/** The whole sentences at the beginning of `text`, and what may still go on. */
export function cutSentences(text: string): Cut {
  const sentences: string[] = []
  let from = 0
  for (const match of text.matchAll(ENDS)) {
    const end = match.index + match[0].length
    const sentence = text.slice(from, end).trim()
    if (sentence === '' || GOES_ON.test(sentence)) continue
    sentences.push(...parts(sentence))
    from = end
  }
  const rest = text.slice(from)
  return { sentences, rest: sentences.length > 0 ? rest.trimStart() : rest }
}

function parts(sentence: string): string[] {
  if (sentence.length <= MOST_CHARS) return [sentence]
  const at = sentence.slice(0, MOST_CHARS).search(/[,;:–][^,;:–]*$/)
  const cut = at > 40 ? at + 1 : sentence.lastIndexOf(' ', MOST_CHARS)
  if (cut <= 0) return [sentence]
  return [sentence.slice(0, cut).trim(), ...parts(sentence.slice(cut).trim())]
}

/** Markdown, addresses and pictograms as a voice would say them; empty when nothing is left to say. */
export function spoken(text: string): string {
  const said = text
    .replace(/```[\s\S]*?(?:```|$)/g, ' ')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\d{1,2}\]/g, '')
    .replace(/https?:\/\/(?:www\.)?([^\s/)]+)\S*/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,2}[.)])\s+/gm, '')
    .replace(/[*_`~|]+/g, '')
    .replace(/\p{Extended_Pictographic}|\uFE0F|\u200D/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  // Signs alone make no sound.
  return /[\p{L}\p{N}]/u.test(said) ? said : ''
}
