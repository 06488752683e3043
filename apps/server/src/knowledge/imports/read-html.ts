/** Reads a web page as Markdown: headings, lists, links and paragraphs. Scripts, styles and everything else are left out. */

const SKIPPED = /<(script|style|title|noscript|template|svg|nav|iframe|object|head)\b[^>]*>[\s\S]*?<\/\1\s*>/gi
const BLOCK = /^(?:p|div|section|article|main|header|footer|ul|ol|table|blockquote|pre|dl|dt|dd|figure|form|tr)$/
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  deg: '°',
  middot: '·',
  bull: '•',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  iquest: '¿',
  iexcl: '¡',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
}

export interface ReadPage {
  title: string | null
  markdown: string
}

export function readHtml(source: string): ReadPage {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(source)?.[1]
  const body = source.replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(SKIPPED, ' ')
  const out: string[] = []
  const links: string[] = []
  for (const [piece] of body.matchAll(/<[^>]{0,20000}>|[^<]+|</g)) {
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(piece)
    if (tag) out.push(markOf(tag[2]!.toLowerCase(), tag[1] === '/', piece, links))
    else if (!piece.startsWith('<!')) out.push(decodeEntities(piece).replace(/\s+/g, ' '))
  }
  const markdown = out
    .join('')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^- *\n+/gm, '- ')
    .trim()
  return { title: title ? decodeEntities(title).replace(/\s+/g, ' ').trim() || null : null, markdown }
}

function markOf(tag: string, isEnd: boolean, piece: string, links: string[]): string {
  const heading = /^h([1-6])$/.exec(tag)?.[1]
  if (heading) return isEnd ? '\n\n' : `\n\n${'#'.repeat(Number(heading))} `
  if (tag === 'li') return isEnd ? '' : '\n- '
  if (tag === 'br') return '\n'
  if (tag === 'td' || tag === 'th') return isEnd ? ' · ' : ''
  if (tag === 'b' || tag === 'strong') return '**'
  if (tag === 'a') return isEnd ? (links.pop() ?? '') : openLink(piece, links)
  return BLOCK.test(tag) ? '\n\n' : ''
}

/** Only addresses of the web stay links. */
function openLink(piece: string, links: string[]): string {
  const href = /\bhref\s*=\s*(?:"(https?:[^"\s)]{1,1000})"|'(https?:[^'\s)]{1,1000})')/i.exec(piece)
  const address = href?.[1] ?? href?.[2]
  links.push(address ? `](${decodeEntities(address)})` : '')
  return address ? '[' : ''
}

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (all, decimal, hex, named) => {
    if (named) return NAMED[named as string] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' '
  })
}
