/** Every word of the app, in the visitor's language. */
import { ar } from './texts-ar.ts'
import { de } from './texts-de.ts'
import { en, type Texts } from './texts-en.ts'
import { es } from './texts-es.ts'
import { fr } from './texts-fr.ts'
import { pt } from './texts-pt.ts'

export type TextKey = keyof Texts

const TABLES: Record<string, Texts> = { en, de, es, fr, pt, ar }

function pick(): { language: string; texts: Texts } {
  for (const language of navigator.languages ?? []) {
    const texts = TABLES[language.slice(0, 2).toLowerCase()]
    if (texts) return { language, texts }
  }
  return { language: 'en', texts: en }
}

/** The first of the visitor's languages that we have; dates and numbers follow its region. */
export const { language, texts } = pick()
export const isRightToLeft = language.slice(0, 2).toLowerCase() === 'ar'

export function t(key: TextKey, given: Record<string, string | number> = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? ''))
}

/** Why something was not taken, in the visitor's words. */
export function whyNot(code: string | undefined): string {
  if (code === 'file.too_large' || code === 'request.too_large' || code === 'audio.too_long') return t('tooLarge')
  if (code === 'request.unsupported_media_type' || code === 'file.empty' || code === 'audio.unreadable')
    return t('wrongType')
  if (code === 'request.rate_limited') return t('tooFast')
  if (code === 'request.invalid') return t('tooLong')
  if (code === 'file.not_found') return t('fileGone')
  if (code === 'auth.origin' || code === 'channel.not_found') return t('refused')
  return code === 'network' ? t('noConnection') : t('unknown')
}
