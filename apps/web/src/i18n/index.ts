/** Starts i18next. A namespace is one file per area; English is complete and the fallback of every other language. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './resources.ts'

export const NAMESPACES = Object.keys(en) as (keyof typeof en)[]

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en },
    lng: 'en',
    fallbackLng: 'en',
    ns: NAMESPACES,
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = i18next.language
  document.documentElement.dir = i18next.dir()
}
