/** Starts i18next. A namespace is one file per area; English is complete and the fallback of every other language. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { loadLate } from '../app/load-late.ts'
import { onceIdle } from '../app/once-idle.ts'
import common from './en/common.json'
import conversations from './en/conversations.json'
import errors from './en/errors.json'
import shell from './en/shell.json'
import table from './en/table.json'
import work from './en/work.json'
import type { en } from './resources.ts'

/** What the list of conversations needs; all else brings its own words, in its `texts.ts`. */
const FIRST = { common, conversations, errors, shell, table, work }

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: FIRST },
    lng: 'en',
    fallbackLng: 'en',
    ns: Object.keys(FIRST),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = i18next.language
  document.documentElement.dir = i18next.dir()
  onceIdle(() => void loadLate(() => import('./refusals.ts')).catch(() => {}))
}

/** Called by the `texts.ts` of a screen while its code arrives, so that its words are there before it is drawn. */
export function addTexts(texts: Partial<typeof en>): void {
  for (const [namespace, words] of Object.entries(texts)) i18next.addResourceBundle('en', namespace, words, true)
}
