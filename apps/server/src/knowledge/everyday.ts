/** Words of every day, from `everyday.txt`: they say how something is asked, and in which language. */
import { readFileSync } from 'node:fs'
import { stem } from './stem.ts'
import { foldAccents } from './words.ts'

const lists = new Map<string, Set<string>>()
const stems = new Map<string, Set<string>>()
for (const line of readFileSync(new URL('./everyday.txt', import.meta.url), 'utf8').split('\n')) {
  const [language, words] = line.split(': ')
  if (!language || !words || line.startsWith('#')) continue
  const own = lists.get(language) ?? new Set()
  for (const word of words.split(/\s+/)) {
    own.add(word)
    own.add(foldAccents(word))
  }
  lists.set(language, own)
}
for (const [language, words] of lists) stems.set(language, new Set([...words].map((word) => stem(language, word))))

export function isEveryday(language: string, word: string): boolean {
  return lists.get(language)?.has(word) ?? false
}

/** In any of the languages the list has. */
export function isCourtesy(word: string): boolean {
  for (const list of lists.values()) if (list.has(word)) return true
  return false
}

/** The language a question is in, by its everyday words and letters; undefined when they do not tell. */
export function languageOfQuestion(
  words: string[],
  text: string,
  isKnown: (language: string, word: string) => boolean,
): string | undefined {
  const points = new Map<string, number>()
  const add = (language: string, by: number) => points.set(language, (points.get(language) ?? 0) + by)
  for (const [language, list] of lists)
    for (const word of words) {
      if (list.has(word)) add(language, 1)
      if (isKnown(language, word)) add(language, 0.7)
    }
  if (/[¿¡ñ]/u.test(text)) add('es', 3)
  if (/[äöüß]/u.test(text)) add('de', 2)
  if (/[çèêëîïœû]/u.test(text)) add('fr', 2)
  const [first, second] = [...points].sort((a, b) => b[1] - a[1])
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : undefined
}

/** Words that say what is asked about a thing, not which thing: "what does a zeppelin cost" is about the zeppelin. */
const ATTRIBUTES = new Set(
  (
    'price prices pricing cost costs fee fees charge expensive cheap time times hour hours day days week weeks month months year years size weight colour color open opening close repair sell buy order rent book use ' +
    'preis kosten kostet gebühr zeit stunden tage wochen größe öffnungszeiten geöffnet offen verkauft verkaufen kaufen reparieren reparatur bestellen ' +
    'prix coûte coûtent tarif heure heures jour jours taille vendez vendre acheter réparer horaires ' +
    'precio cuesta costo coste horas horario días talla venden vender comprar reparar preço custa horário dias vendem prezzo costa orari giorni vendete prijs kost openingstijden verkopen cena kosztuje godziny sprzedajecie'
  ).split(' '),
)
export const isAttribute = (word: string): boolean => ATTRIBUTES.has(word)
