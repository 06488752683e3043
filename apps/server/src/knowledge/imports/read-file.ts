/** Turns one file into articles, or says why not. Nothing of a file that is refused is kept. */
import { type IMPORT_REFUSALS, MAX_IMPORT_FILE_BYTES, wellFormed } from '@earshot/contracts'
import { languageOfText } from '../questions.ts'
import { readPdf } from './pdf/read-pdf.ts'
import { readCsv } from './read-csv.ts'
import { readDocx } from './read-docx.ts'
import { readHtml } from './read-html.ts'

export interface ReadArticle {
  title: string
  body: string
  language: string
}
export type Refusal = (typeof IMPORT_REFUSALS)[number]
export type ReadFile = { articles: ReadArticle[] } | { refused: Refusal }

const MOST_ARTICLES = 2000
const MOST_TITLE = 200
const MOST_BODY = 100_000
const MOST_PART = 40_000

export async function readFile(name: string, bytes: Buffer): Promise<ReadFile> {
  if (bytes.length > MAX_IMPORT_FILE_BYTES) return { refused: 'size' }
  if (bytes.length === 0) return { refused: 'empty' }
  let articles: ReadArticle[] | Refusal
  try {
    articles = await readByKind(name, bytes)
  } catch {
    return { refused: 'broken' }
  }
  if (typeof articles === 'string') return { refused: articles }
  const said = articles.filter(({ title, body }) => title !== '' && body !== '')
  if (said.length === 0) return { refused: 'empty' }
  if (said.length > MOST_ARTICLES) return { refused: 'too_many' }
  return said.some(({ body }) => body.length > MOST_BODY) ? { refused: 'size' } : { articles: said }
}

async function readByKind(name: string, bytes: Buffer): Promise<ReadArticle[] | Refusal> {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const plainName = name.replace(/^.*[/\\]/, '').replace(/\.[a-z0-9]{1,8}$/i, '')
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    const said = await readPdf(bytes)
    return 'refused' in said ? said.refused : inParts(articleOf(said.markdown, plainName))
  }
  const isZip = bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004'
  if (ending === 'docx') {
    const markdown = isZip ? readDocx(bytes) : undefined
    return markdown === undefined ? 'broken' : [articleOf(markdown, plainName)]
  }
  if (isZip) return 'type'
  const text = decode(bytes)
  if (text === undefined) return 'type'
  if (ending === 'csv' || ending === 'tsv') return readTable(text)
  if (ending === 'html' || ending === 'htm') {
    const { title, markdown } = readHtml(text)
    return [articleOf(markdown, title ?? plainName)]
  }
  return ending === 'md' || ending === 'markdown' || ending === 'txt' ? [articleOf(text, plainName)] : 'type'
}

function readTable(text: string): ReadArticle[] | Refusal {
  const rows = readCsv(text)
  if (!rows) return 'broken'
  return rows.map(({ question, answer, language }) => ({
    title: question.slice(0, MOST_TITLE),
    body: answer,
    language:
      language && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})?$/.test(language) ? language : languageOfText(`${question} ${answer}`),
  }))
}

/** A long document becomes several articles, cut where a heading stands or at least a paragraph ends. */
function inParts(whole: ReadArticle): ReadArticle[] {
  if (whole.body.length <= MOST_PART) return [whole]
  const parts: string[] = []
  for (const block of whole.body.split('\n\n')) {
    const last = parts.at(-1)
    const room = MOST_PART - (last?.length ?? 0)
    const isBetter = block.startsWith('#') && room < MOST_PART / 2
    if (last === undefined || block.length > room || isBetter) parts.push(block.slice(0, MOST_BODY))
    else parts[parts.length - 1] = `${last}\n\n${block}`
  }
  return parts.map((body, i) => ({ ...whole, title: `${whole.title.slice(0, MOST_TITLE - 8)} (${i + 1})`, body }))
}

/** The first heading is the title; without one, the name is. */
function articleOf(source: string, name: string): ReadArticle {
  const text = withoutFrontMatter(source.replaceAll('\r\n', '\n')).trim()
  const heading = /^#\s+(.+?)\s*#*\s*(?:\n|$)/.exec(text)
  const title = (heading?.[1] ?? name.replace(/[-_]+/g, ' ')).trim().slice(0, MOST_TITLE)
  const body = heading ? text.slice(heading[0].length).trim() : text
  return { title, body, language: languageOfText(`${title} ${body}`) }
}

const withoutFrontMatter = (text: string): string => text.replace(/^---\n[\s\S]{0,5000}?\n---\n/, '')

/** UTF-8, or UTF-16 by its mark; undefined when it is no text. */
function decode(bytes: Buffer): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: telling text from binary is what this is for
    return /[\0-\x08\x0e-\x1f]/.test(text) ? undefined : wellFormed(text)
  } catch {
    return undefined
  }
}
