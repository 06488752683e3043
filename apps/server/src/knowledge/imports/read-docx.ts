/** Reads the text of a Word document as Markdown: headings, lists and paragraphs; nothing in it is run, fetched or looked up. */
import { decodeEntities } from './read-html.ts'
import { unzip } from './unzip.ts'

/** A document of this many characters of XML is no article. */
const MOST_XML = 20 * 1024 * 1024

/** Undefined: not a Word document. */
export function readDocx(file: Buffer): string | undefined {
  const xml = unzip(file, 'word/document.xml', MOST_XML)?.toString('utf8')
  if (xml === undefined) return undefined
  const lines: string[] = []
  let isCell = 0
  for (const [tag] of xml.matchAll(/<w:p[ >](?:(?!<w:p[ >])[\s\S])*?<\/w:p>|<w:tbl[ >]|<\/w:tbl>/g)) {
    if (tag.startsWith('<w:tbl')) isCell++
    else if (tag.startsWith('</')) isCell--
    else lines.push(readParagraph(tag))
  }
  return lines.filter((line) => line !== '').join(isCell > 0 ? '\n' : '\n\n')
}

function readParagraph(xml: string): string {
  const text = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(br|tab|cr)\b[^>]*\/>/g)]
    .map(([, words, space]) => (space ? (space === 'tab' ? ' ' : '\n') : decodeEntities(words ?? '')))
    .join('')
    .trim()
  if (text === '') return ''
  const style = /<w:pStyle w:val="([^"]*)"/.exec(xml)?.[1] ?? ''
  const heading = /^(?:heading|berschrift|überschrift|titre|ttulo|título|kop)\s*(\d)$/i.exec(style)?.[1]
  if (heading) return `${'#'.repeat(Math.min(6, Number(heading)))} ${text}`
  if (/^(?:title|titel)$/i.test(style)) return `# ${text}`
  return xml.includes('<w:numPr>') ? `- ${text}` : text
}
