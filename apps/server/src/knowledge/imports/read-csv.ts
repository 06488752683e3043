/** Reads a table of questions and answers: commas, semicolons or tabs, quotes, with or without a line of titles. */

const QUESTION = /^(?:question|questions|title|frage|fragen|titel|pregunta|título|titulo|question\(s\))$/i
const ANSWER = /^(?:answer|answers|body|text|antwort|antworten|respuesta|respuestas|réponse)$/i
const LANGUAGE = /^(?:language|lang|sprache|idioma|langue)$/i

export interface Answered {
  question: string
  answer: string
  language: string | null
}

/** Undefined: not a table of at least two columns. */
export function readCsv(source: string): Answered[] | undefined {
  const separator = mostUsed(source.slice(0, 5000))
  const rows = cut(source, separator)
  if (!rows) return undefined
  const [head = [], ...others] = rows
  const titles = head.map((cell) => cell.trim())
  const question = titles.findIndex((cell) => QUESTION.test(cell))
  const answer = titles.findIndex((cell) => ANSWER.test(cell))
  const isTitled = question >= 0 && answer >= 0
  const language = isTitled ? titles.findIndex((cell) => LANGUAGE.test(cell)) : -1
  const [q, a] = isTitled ? [question, answer] : [0, 1]
  const said = (isTitled ? others : rows)
    .map((row) => ({
      question: (row[q] ?? '').replace(/\s+/g, ' ').trim(),
      answer: (row[a] ?? '').trim(),
      language: language >= 0 ? (row[language] ?? '').trim().toLowerCase() || null : null,
    }))
    .filter((row) => row.question !== '' && row.answer !== '')
  return said.length > 0 ? said : undefined
}

function mostUsed(text: string): string {
  const counts = [',', ';', '\t'].map((one) => ({ one, count: text.split(one).length }))
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).one
}

/** Undefined when a quote never ends. */
function cut(source: string, separator: string): string[][] | undefined {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < source.length; i++) {
    const letter = source[i]!
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (source[i + 1] === '"') cell += source[++i]
      else quoted = false
    } else if (letter === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (letter === separator) {
      row.push(cell)
      cell = ''
    } else if (letter === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
    } else if (letter !== '\r') cell += letter
  }
  if (quoted) return undefined
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}
