/** Is the contact angry enough that a person should answer? Only plain words count: a doubt is no reason. */
import { hasPhrase, plainText } from './asks-for-person.ts'

const ANGRY = (
  'this is ridiculous|ridiculous|unacceptable|this is a joke|worst service|worst company|terrible service|awful service|horrible service|disgusting|outrageous|scam|scammers|fraud|i am furious|i m furious|furious|so angry|very angry|i am angry|' +
  'fed up|sick of this|sick and tired|useless|you are useless|waste of time|wasting my time|never again|lawyer|sue you|report you|complaint|i want to complain|file a complaint|what the hell|wtf|bullshit|fuck|fucking|shit|idiot|idiots|stupid bot|stupid|pathetic|incompetent|' +
  'unverschämt|unverschämtheit|frechheit|inakzeptabel|lächerlich|unmöglich|betrug|betrüger|scheiße|scheiss|verdammt|beschwerde|beschweren|anwalt|wütend|saftladen|idioten|nutzlos|' +
  'inadmissible|inacceptable|scandaleux|honteux|arnaque|arnaqueurs|merde|ridicule|furieux|furieuse|plainte|avocat|inutile|nul|' +
  'inaceptable|vergüenza|vergonzoso|estafa|estafadores|mierda|ridículo|furioso|furiosa|queja|denuncia|abogado|inútil|pésimo|' +
  'inaceitável|vergonha|golpe|merda|ridículo|reclamação|advogado|péssimo|absurdo|inaccettabile|vergogna|truffa|truffatori|ridicolo|furiosa|reclamo|avvocato|schifo|' +
  'onacceptabel|schandalig|oplichting|oplichters|belachelijk|woedend|klacht|advocaat|waardeloos|skandal|oszustwo|oszuści|żenada|kurwa|reklamacja|prawnik|beznadziejne|' +
  'безобразие|ужас|ужасно|обман|мошенники|отвратительно|жалоба|возмутительно|жахливо|шахраї|rezalet|saçmalık|dolandırıcı|berbat|şikayet'
)
  .split('|')
  .map(plainText)

/** Words that are angry alone, but also name ordinary wishes ("how do I make a complaint?"): not in a plain question. */
const ALSO_ORDINARY = new Set(
  [
    'complaint',
    'file a complaint',
    'fraud',
    'lawyer',
    'stupid',
    'reclamo',
    'reklamacja',
    'queja',
    'plainte',
    'beschwerde',
    'klacht',
    'sikayet',
    'reclamacao',
    'nul',
    'ужас',
    'golpe',
  ].map(plainText),
)

export function isAngry(text: string): boolean {
  const folded = plainText(text.slice(0, 2000))
  const found = ANGRY.filter((phrase) => hasPhrase(folded, phrase))
  if (found.length === 0) return isShouting(text) && folded.split(' ').length >= 4
  const asks =
    /[?？؟]/u.test(text) ||
    /^(?:how|what|where|when|can|do|is|wie|was|wo|kann|comment|como|come|hoe|jak)\b/u.test(folded)
  return !(asks && found.every((phrase) => ALSO_ORDINARY.has(phrase)))
}

/** Whole sentences in capitals; an order number is not shouting. */
function isShouting(text: string): boolean {
  const capitals = text.match(/(?<![\p{L}\p{N}])\p{Lu}{3,}(?![\p{L}\p{N}])/gu) ?? []
  const lower = text.match(/\p{Ll}/gu) ?? []
  return capitals.length >= 3 && lower.length === 0 && /!/u.test(text)
}
