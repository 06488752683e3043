/** Brings the forms of a word together, roughly, where no database is at hand: for words of the lexicon and of questions. */
import { foldAccents } from './words.ts'

const ENDINGS: Record<string, RegExp> = {
  de: /(?:ungen|ern|em|er|en|es|ung|e|s|n|st|t)$/u,
  es: /(?:aciones|acion|ciones|cion|amente|mente|ando|iendo|adas|ados|idas|idos|ada|ado|ida|ido|amos|emos|imos|aron|ieron|aria|aras|are|ais|eis|ar|er|ir|os|as|es|an|en|a|o|e|s)$/u,
  fr: /(?:ements|ement|ations|ation|ees|ee|er|es|e|s)$/u,
}
const LEAST = 3

/** The same for "parcels" and "parcel", "umtauschen" and "Umtausch", "devuelvo" and "devuelve". */
export function stem(language: string, given: string): string {
  const word = foldAccents(given)
  if (word.length <= LEAST || /\d/.test(word)) return word
  if (language === 'en') return stemEnglish(word)
  const endings = ENDINGS[language]
  if (!endings) return word
  const cut = word.replace(endings, '')
  return cut.length >= LEAST ? cut : word
}

function stemEnglish(word: string): string {
  if (word.length < 5) return word.replace(/s$/, '')
  return word
    .replace(/(?:ies)$/, 'y')
    .replace(/(?:es|s)$/, (end) => (/(?:ss|us|is)$/.test(word) ? end : ''))
    .replace(/(?:ing|ed|ery|er|en|ly)$/, '')
    .replace(/(.)\1$/, '$1')
    .replace(/e$/, '')
}
