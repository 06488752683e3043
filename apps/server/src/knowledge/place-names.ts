/** Countries by name: a question that names one asks about abroad, whether or not an article lists that country. */

const CODES = Array.from(
  { length: 26 * 26 },
  (_, i) => String.fromCharCode(65 + Math.floor(i / 26)) + String.fromCharCode(65 + (i % 26)),
)
const known = new Map<string, Set<string>>()

/** Is this word, in lower case, a country in the language (or in English)? Names of several words are not looked at. */
export function isCountry(language: string, word: string): boolean {
  return namesIn(language.split('-')[0] ?? 'en').has(word) || namesIn('en').has(word)
}

function namesIn(code: string): Set<string> {
  const found = known.get(code)
  if (found) return found
  const names = new Set<string>()
  // Languages of articles are what people typed: "x" is none, and Intl would throw.
  if (/^[a-z]{2,3}$/i.test(code) && Intl.DisplayNames.supportedLocalesOf([code]).length > 0) {
    const display = new Intl.DisplayNames([code], { type: 'region', fallback: 'none' })
    for (const region of CODES) {
      const name = display.of(region)?.toLowerCase()
      if (name && /^\p{L}{3,}$/u.test(name)) names.add(name)
    }
  }
  for (const name of code === 'en' ? ['usa', 'uk', 'america', 'england', 'scotland', 'britain', 'europe'] : [])
    names.add(name)
  known.set(code, names)
  return names
}
