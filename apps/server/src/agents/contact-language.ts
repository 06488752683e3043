/** The language a contact writes in, as far as the agent's own sentences exist in it. */
import type { Question } from './answer.ts'
import { plainText } from './asks-for-person.ts'
import { LANGUAGES, type Language } from './own-words.ts'

const SMALL_WORDS: Record<Language, string> = {
  en: 'the is are you i to of it that this what have for with my can please would need want how do does not your was in when where hello thanks hi and on a an me if any order',
  de: 'der die das und ist ich nicht sie ein eine einen zu mit auf fur wie wir es den dem habe kann konnen bitte mein meine wann danke hallo guten noch auch wo mochte ihr wird was',
  fr: 'le les et est je vous nous un une des pour pas que dans mon ma mes avec sur bonjour merci comment quand ai votre ou quel quelle puis avez suis ne ce du au mais la',
  es: 'el los las y que es un una por para con mi su lo me de en como esta quiero puedo gracias hola cuando donde cuanto necesito tengo pero muy usted hay buenos del la',
  pt: 'o os as e um uma para com meu minha que em do da por voce obrigado obrigada ola quero posso como quando onde quanto preciso tenho mas muito seu sua bom no na nao',
  it: 'il lo gli e un una per con mio mia che di del della sono ho vorrei grazie ciao buongiorno come quando dove quanto posso ma molto ancora mi si questo anche non la',
  nl: 'de het een en is ik niet je u we van op voor met mijn dat die kan heb hebben graag hallo bedankt dank hoe wanneer waar wat nog ook maar bij er zijn wil',
  pl: 'i w na nie sie z do jest ze to jak mam moj moja prosze dziekuje dzien dobry kiedy gdzie ile czy chce moge ale juz przez dla co pan pani sa',
}
const index = new Map<string, Language[]>()
for (const language of LANGUAGES) {
  for (const word of SMALL_WORDS[language].split(' ')) index.set(word, [...(index.get(word) ?? []), language])
}

/** Undefined when the text says too little to tell. */
export function detectContactLanguage(text: string): Language | undefined {
  const scores = new Map<Language, number>()
  for (const word of plainText(text.slice(0, 1000)).split(' ')) {
    const languages = index.get(word) ?? []
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length)
  }
  const [first, second] = [...scores].sort((a, b) => b[1] - a[1])
  if (!first || first[1] < 0.5 || (second && second[1] === first[1])) return undefined
  return first[0]
}

/** The newest message that tells decides; then the agent's own languages; then English. */
export function chooseLanguage(texts: string[], agentLanguages: string[]): Language {
  for (const text of texts) {
    const detected = detectContactLanguage(text)
    if (detected) return detected
  }
  const own = agentLanguages
    .map((language) => language.toLowerCase().split('-')[0])
    .find((code): code is Language => isKnown(code))
  return own ?? 'en'
}

const isKnown = (code: string | undefined): code is Language => LANGUAGES.some((language) => language === code)

/** The words of the newest messages decide; a person who wrote German before and now "ok" still reads German. */
export function languageOf({
  unanswered,
  history,
  agent,
}: Pick<Question, 'unanswered' | 'history' | 'agent'>): Language {
  const before = history.filter((said) => said.author === 'contact').slice(-6)
  return chooseLanguage(
    [unanswered.map((said) => said.text).join('\n'), ...before.map((said) => said.text).reverse()],
    agent.config.profile.languages,
  )
}
