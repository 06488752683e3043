/** What parts of an agent's document are called. A part without words of its own is called as it is written. */
import type { TFunction } from 'i18next'

type T = TFunction<'agents'>

/** Sections have titles of their own; the document calls some otherwise than the screen. */
const SHOWN: Record<string, string> = { memoryFields: 'memory' }

export const sectionName = (t: T, section: string): string =>
  t(`section.${SHOWN[section] ?? section}` as 'section.model', { defaultValue: wordsOf(section) })

/** `handoff › turnLimit › turns` as people read it. */
export const pathName = (t: T, [section = '', ...rest]: string[]): string =>
  [sectionName(t, section), ...rest.map((step) => (/^[a-z][A-Za-z]*$/.test(step) ? wordsOf(step) : step))].join(' › ')

const wordsOf = (key: string): string => {
  const words = key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
