/** Markdown by keys: bold, italic, code, lists, around what is selected. */

export interface Selected {
  text: string
  start: number
  end: number
}

const AROUND: Record<string, string> = { b: '**', i: '_', e: '`' }

/** The text and selection after a key with Ctrl or ⌘; null when the key means nothing here. */
export function applyMarkdownKey(key: string, shift: boolean, selected: Selected): Selected | null {
  const mark = shift ? undefined : AROUND[key.toLowerCase()]
  if (mark) return wrap(selected, mark)
  if (shift && (key === '8' || key === '*')) return prefixLines(selected, () => '- ')
  if (shift && (key === '7' || key === '&')) return prefixLines(selected, (i) => `${i + 1}. `)
  return null
}

/** Puts marks around the selection, or takes them away when they are there. */
function wrap({ text, start, end }: Selected, mark: string): Selected {
  const inside = text.slice(start, end)
  const before = text.slice(0, start)
  const after = text.slice(end)
  if (before.endsWith(mark) && after.startsWith(mark)) {
    const kept = before.slice(0, -mark.length) + inside + after.slice(mark.length)
    return { text: kept, start: start - mark.length, end: end - mark.length }
  }
  return { text: before + mark + inside + mark + after, start: start + mark.length, end: end + mark.length }
}

function prefixLines({ text, start, end }: Selected, prefix: (line: number) => string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const lines = text.slice(from, end).split('\n')
  const marked = lines.map((line, i) => prefix(i) + line).join('\n')
  const first = prefix(0).length
  return { text: text.slice(0, from) + marked + text.slice(end), start: start + first, end: from + marked.length }
}
