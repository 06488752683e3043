/** Reads the evaluation set of the embedded answerer: the articles, and the questions of its two parts. */
import { readdirSync, readFileSync } from 'node:fs'

export interface SetArticle {
  key: string
  title: string
  body: string
  language: string
}

export type Kind = 'plain' | 'typo' | 'two' | 'cross' | 'out'

export interface SetQuestion {
  language: string
  kind: Kind
  /** The articles wanted: one, two for two questions in one, none for what no article answers. Each with others that answer it as well. */
  keys: string[][]
  text: string
}

/** `tuning` is what rules and figures may be chosen on. `test` is only measured. */
export type Part = 'tuning' | 'test'

export function readArticles(): SetArticle[] {
  return readFolder('articles').flatMap(({ language, text }) =>
    text
      .split(/^=== /m)
      .slice(1)
      .map((block) => {
        const [head = '', ...body] = block.split('\n')
        const [key = '', title = ''] = head.split(' | ')
        return { key, title, body: body.join('\n').trim(), language }
      }),
  )
}

export function readQuestions(part: Part): SetQuestion[] {
  return readFolder(part).flatMap(({ language, text }) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [kind = '', keys = '', ...question] = line.split('|')
        return {
          language,
          kind: kind as Kind,
          keys: keys === '-' ? [] : keys.split('+').map((one) => one.split('/')),
          text: question.join('|'),
        }
      }),
  )
}

function readFolder(name: string): { language: string; text: string }[] {
  const folder = new URL(`./${name}/`, import.meta.url)
  return readdirSync(folder)
    .sort()
    .map((file) => ({ language: file.slice(0, 2), text: readFileSync(new URL(file, folder), 'utf8') }))
}
