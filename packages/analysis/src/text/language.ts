/** Which language a text is in: by script first, then by its most frequent small words. */
import { words } from './words.ts'

const SMALL_WORDS: Record<string, string> = {
  en: `the and is are you i to of it that this what have for with my can please would need want how do not your was on in be hello thanks
    it's i'm hi there me could where when which will about any`,
  de: `der die das und ist ich nicht sie ein eine einen zu mit auf für wie wir es den dem habe haben kann können bitte mein meine wann
    danke hallo guten noch auch aber bei wo möchte ihr ihre sind wird war gibt`,
  es: `el la los las que y es no un una por para con mi su se lo me de en como está quiero puedo gracias hola cuándo qué dónde cuánto
    necesito tengo pero muy mis usted ustedes hay buenos días del`,
  fr: `le la les et est je vous nous un une des pour pas que dans mon ma mes avec sur bonjour merci comment quand c'est j'ai votre où
    quel quelle puis avez suis ne ce du au plus mais`,
  pt: `o os as e é não um uma para com meu minha que em do da por você obrigado obrigada olá quero posso como está quando onde quanto
    preciso tenho mas muito seu sua bom dia no na são`,
  it: `il lo la gli le e è non un una per con mio mia che di del della sono ho vorrei grazie ciao buongiorno come quando dove quanto
    posso ma molto suo sua ancora mi si questo anche`,
  nl: `de het een en is ik niet je u we van op voor met mijn dat die kan heb hebben graag hallo bedankt dank hoe wanneer waar wat nog
    ook maar bij er zijn wil mij uw`,
  pl: `i w na nie się z do jest że to jak mam mój moja proszę dziękuję dzień dobry kiedy gdzie ile czy chcę mogę ale już przez dla co
    ja pan pani są`,
  tr: `ve bir bu da de için ile ben siz mi mı mu mü ne nasıl nerede zaman kadar var yok istiyorum teşekkürler merhaba lütfen değil çok
    ama benim olarak daha`,
  sv: `och är jag det att inte en ett på för med min kan ni vi hej tack hur när var vad som till har vill om den av`,
  da: `og er jeg det at ikke en et på for med min kan vi hej tak hvordan hvornår hvor hvad som til har vil om den af`,
  no: `og er jeg det at ikke en et på for med min kan vi hei takk hvordan når hvor hva som til har vil om den av`,
  fi: `ja on ei se että minä en mutta kun olen voi miten missä milloin kiitos hei moi onko kuinka paljon minun hän ovat voin haluan`,
  cs: `a je se na v to že jsem mám jak kdy kde kolik prosím děkuji dobrý den není ale můj moje chci mohu pro já od`,
  ro: `și este nu un o de la cu pentru am mea meu vă rog mulțumesc bună cum când unde cât vreau pot sunt că în din`,
  hu: `a az és nem van egy hogy is én kérem köszönöm szia hol mikor mennyi szeretnék lehet de meg csak már nekem ez`,
}

const INDEX = new Map<string, string[]>()
for (const [language, list] of Object.entries(SMALL_WORDS))
  for (const word of list.split(/\s+/)) INDEX.set(word, [...(INDEX.get(word) ?? []), language])

const SCRIPTS: [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/[پچگژ]/u, 'fa'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
]
const LATIN = /\p{Script=Latin}/gu

/** The language of a text, or null when it says too little to tell. */
export const detectLanguage = (text: string): string | null => {
  const sample = text.slice(0, 2000)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return null
  const latin = sample.match(LATIN)?.length ?? 0
  // A brand name inside Chinese is still Chinese; a Chinese name inside English is still English.
  if (latin < letters * 0.7) return SCRIPTS.find(([script]) => script.test(sample))?.[1] ?? null
  return byFrequentWords(sample)
}

const byFrequentWords = (sample: string): string | null => {
  const score = new Map<string, number>()
  for (const word of words(sample)) {
    const languages = INDEX.get(word) ?? []
    // A word of one language tells more than one shared by five.
    for (const language of languages) score.set(language, (score.get(language) ?? 0) + 1 / languages.length)
  }
  let best: [string, number] | null = null
  for (const entry of score) if (!best || entry[1] > best[1]) best = entry
  return best && best[1] >= 0.5 ? best[0] : null
}
