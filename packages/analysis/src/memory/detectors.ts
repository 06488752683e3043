/** Values that can be read from a text alone: e-mail, phone, order numbers, dates, amounts, and names in plain introductions. */
import { anyOf } from '../text/words.ts'
import { findSecrets } from './secrets.ts'

export type Found = {
  key: string
  value: string
  normalized: string | null
  confidence: number
  start: number
  end: number
}

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,4}\.\p{L}{2,24}/gu
const PHONE = /(?<![\p{L}\p{N}@.#/-])(?:\+|00)?\(?\d[\d ().\-/]{6,20}\d(?![\p{L}\p{N}@])/gu
const ORDER =
  /(?:\border|\bbooking|\breservation|\bconfirmation|\bticket|\binvoice|\bcase|\breference|\bref|\btracking|\bparcel|\bflight|\bpolicy|\bcontract|bestell(?:ung|nummer)|auftrag(?:snummer)?|buchung(?:snummer)?|pedido|reserva|factura|commande|encomenda|ordine|prenotazione|bestelling|zam[óo]wieni[ea]|заказ\p{L}*|замовлення|sipariş|订单|注文|طلب)(?:\s*(?:id|no|nr|number|num|code|nummer|número|numéro|numero|номер|numarası|号|番号|رقم))?\.?\s*(?:is|:|=|#|№|ist|es|est|é|wa|:)*\s*#?([A-Z0-9][A-Z0-9-]{2,23})(?![\p{L}\p{N}])/giu
/** "My account number is …", "Kundennummer 70-33": numbers that name somebody, not something they ordered. */
const NUMBER_WORD = `(?:\\s*(?:id|no|nr|number|num|code|nummer|número|numéro|numero|номер))?\\.?\\s*(?:is|was|:|=|#|№|ist|lautet|es|est|é|of|,)*\\s*#?`
const CODE = `([A-Z]{0,4}-?\\d[A-Z0-9-]{3,23})(?![\\p{L}\\p{N}])`
const ACCOUNT = new RegExp(
  `(?<!\\p{L})(?:account|acct|konto(?:nummer)?|cuenta|compte|conta|balance at|счёт|рахунок)${NUMBER_WORD}${CODE}`,
  'giu',
)
/** "my bank balance, Jane Doe 85731890": a long number near the word. */
const AT_BANK =
  /(?<!\p{L})(?:bank|account|balance|konto|cuenta|compte|conta)[^\d?]{0,60}?(?<![\d.,-])(\d{8,14})(?![\d.,-]*\d)/giu
const CUSTOMER = new RegExp(
  `(?<!\\p{L})(?:customer|client|member(?:ship)?|kunden(?:nummer)?|mitglieds?(?:nummer)?|cliente|socio|abonné|adhérent|membro|klant(?:nummer)?)${NUMBER_WORD}${CODE}`,
  'giu',
)
const SPOKEN_CODE = new RegExp(
  `(?<!\\p{L})(?:code|kode|código|codice)${NUMBER_WORD}(?:\\s*(?:on it|now|here)[ ,:.]*)?${CODE}`,
  'giu',
)
/** "I found a code on a note, try 639431": its figures come a few words later. */
const CODE_LATER =
  /(?<!\p{L})(?:code|kode|código|codice)(?!\p{L})[^\d?\n]{1,40}?(?<![\p{L}\d.,:#/@+-])(\d{4,10})(?![\p{L}\d]|[.,:/-]\d)/giu
/** A long number that nothing says anything about: no telephone, no amount, no time. */
const LONE_NUMBER = /(?<![\p{L}\d@+#$€£¥₹]|[.,:/()-])([1-9]\d{6,13})(?![\p{L}\d%€$£]|[.,:/-]\d)/gu
const HASH_ID = /(?<![\p{L}\p{N}&])#([A-Z0-9][A-Z0-9-]{3,23})(?![\p{L}\p{N}])/giu
const MONTH = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)`
const DATE = new RegExp(
  [
    `(?<![\\d.])\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?!\\d)`,
    `(?<![\\d.])(?:0?[1-9]|[12]\\d|3[01])[./](?:0?[1-9]|1[0-2])[./](?:\\d{4}|\\d{2})(?!\\d)`,
    `(?<![\\d.])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\\d|3[01])/(?:\\d{4}|\\d{2})(?!\\d)`,
    `(?<!\\p{L})${MONTH}\\.? (?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?(?:,? \\d{4})?(?![\\p{L}\\d])`,
    `(?<!\\d)(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?\\.?(?: of| de)? ${MONTH}(?: \\d{4})?(?!\\p{L})`,
    `\\d{4}年\\d{1,2}月\\d{1,2}日|\\d{1,2}月\\d{1,2}[日号]`,
  ].join('|'),
  'giu',
)
const CURRENCY = `(?:[$€£¥₹₽₴₺]|usd|eur|gbp|chf|jpy|cny|pln|uah|rub|try|dollars?|euros?|pounds?|bucks|credits|zł|руб\\p{L}*|грн|元|円|ريال|درهم|₺|tl)`
const AMOUNT = new RegExp(
  `(?:[$€£¥₹₽₴₺]\\s?\\d[\\d.,\\u00a0 ]{0,14}\\d|[$€£¥₹₽₴₺]\\s?\\d|(?<![\\d.,])\\d(?:[\\d.,\\u00a0]{0,14}\\d)?\\s?${CURRENCY})(?![\\p{L}\\d])`,
  'giu',
)
const NAME_PART = `\\p{Lu}[\\p{Ll}\\p{M}'’-]{1,20}(?:-\\p{Lu}\\p{Ll}+)?`
const INTRODUCTION = new RegExp(
  `(?:\\b[Mm]y (?:full |first )?name(?:'s| is|:)|\\b[Tt]his is|\\b[Ii](?:'m| am)(?: called)?|\\b[Nn]ame(?: is|'s|:)|\\b[Mm]ein Name ist|\\b[Ii]ch (?:heiße|bin)|\\b[Mm]e llamo|\\b[Mm]i nombre es|\\b[Ss]oy|\\b[Jj]e m'appelle|\\b[Mm]eu nome é|\\b[Mm]i chiamo|\\b[Mm]ijn naam is|\\b[Nn]azywam się|(?<!\\p{L})[Мм]еня зовут|(?<!\\p{L})[Мм]ене звати|\\b[Aa]dım)\\s+(${NAME_PART}(?: (?:\\p{Lu}\\.|van|von|de|der|da|del|bin|al|el|${NAME_PART})){0,3})`,
  'gu',
)
/** "My pet's name is Buddy": somebody else's. */
const OF_ANOTHER = /(?:\p{L}['’]s|maiden|street|company|user|file|last|product|his|her|their|its)\s*$/iu
const NOT_NAMES = anyOf(
  `sorry|interested|looking|trying|not|just|here|sure|fine|good|happy|calling|writing|wondering|afraid|back|new|in|on|at|from|very|so|really|having|getting|going|hoping|planning|thinking|also|still|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ok|okay|done|ready|late|the|a|an|my|dr|american|british|german|french|customer|client|unable`,
)

const isoDay = (year: number, month: number, day: number): string | null =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31
    ? `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    : null

/** Only dates that mean one day anywhere: 03/04/2026 is two days, and stays as written. */
const normalDate = (value: string): string | null => {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value)
  if (iso) return value
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value)
  if (dotted) return isoDay(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
  const cjk = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(value)
  return cjk ? isoDay(Number(cjk[1]), Number(cjk[2]), Number(cjk[3])) : null
}

export const normalPhone = (value: string, prefix: string | null): string | null => {
  const digits = value.replace(/\D/g, '')
  if (/^\s*\+/.test(value)) return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : null
  if (digits.startsWith('00')) return digits.length >= 10 && digits.length <= 17 ? `+${digits.slice(2)}` : null
  if (!prefix || digits.length < 7 || digits.length > 12) return null
  return `${prefix}${prefix === '+39' ? digits : digits.replace(/^0/, '')}`
}

const DATELIKE = /^\d{4}-\d\d-\d\d$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/

export const detect = (text: string, phonePrefix: string | null): Found[] => {
  const found: Found[] = []
  const secrets = findSecrets(text)
  const free = (start: number, end: number) =>
    ![...secrets, ...found].some((other) => start < other.end && end > other.start)
  const add = (key: string, value: string, start: number, normalized: string | null, confidence: number) => {
    const end = start + value.length
    if (free(start, end)) found.push({ key, value, normalized, confidence, start, end })
  }
  for (const match of text.matchAll(EMAIL)) add('email', match[0], match.index, match[0].toLowerCase(), 0.98)
  for (const match of text.matchAll(ORDER)) addId(match, add)
  for (const match of text.matchAll(ACCOUNT)) addId(match, add, 'account_number')
  for (const match of text.matchAll(AT_BANK)) addId(match, add, 'account_number')
  for (const match of text.matchAll(CUSTOMER)) addId(match, add, 'customer_id')
  for (const match of text.matchAll(SPOKEN_CODE)) addId(match, add, 'code')
  for (const match of text.matchAll(CODE_LATER)) addId(match, add, 'code')
  for (const match of text.matchAll(HASH_ID)) addId(match, add)
  for (const match of text.matchAll(DATE)) add('date', match[0], match.index, normalDate(match[0]), 0.8)
  for (const match of text.matchAll(AMOUNT)) add('amount', match[0].trim(), match.index, null, 0.85)
  for (const match of text.matchAll(PHONE)) addPhone(match, phonePrefix, add)
  for (const match of text.matchAll(LONE_NUMBER)) add('number', match[1]!, match.index, null, 0.6)
  for (const match of text.matchAll(INTRODUCTION)) {
    if (OF_ANOTHER.test(text.slice(Math.max(0, match.index - 24), match.index))) continue
    const name = (match[1] ?? '').trim()
    if (name && !NOT_NAMES.test(name.split(' ')[0] ?? ''))
      add('name', name, match.index + match[0].length - (match[1]?.length ?? 0), null, 0.75)
  }
  return found
}

type Add = (key: string, value: string, start: number, normalized: string | null, confidence: number) => void

const addId = (match: RegExpExecArray, add: Add, key = 'order_id') => {
  const id = match[1] ?? ''
  // A word is no number: "order status" and "booking for" carry no id.
  if (/\d/.test(id) && (id.match(/\d/g)?.length ?? 0) >= 2)
    add(key, id, match.index + match[0].length - id.length, id.toUpperCase(), 0.85)
}

const addPhone = (match: RegExpExecArray, prefix: string | null, add: Add) => {
  const value = match[0].trim()
  const digits = value.replace(/\D/g, '')
  const spoken = /^(\+|00|\(|0)/.test(value) || /[ ().-]/.test(value)
  if (digits.length >= 7 && digits.length <= 15 && spoken && !DATELIKE.test(value))
    add('phone', value, match.index, normalPhone(value, prefix), /^\+|^00/.test(value) ? 0.95 : 0.8)
}
