/** What an answer asks the contact for, so that the short reply that follows can be understood: "May I have your name?" "Ana." */

import { greets, saysGoodbye, thanks } from '../signals/courtesy.ts'
import { anyOf, sentences, words } from '../text/words.ts'

type Field = { key: string; asks: RegExp; sensitive?: true; fits: (reply: string) => boolean }

const few = (most: number) => (reply: string) => words(reply).length >= 1 && words(reply).length <= most
const withDigit = (reply: string) => /\p{N}/u.test(reply) && words(reply).length <= 12

const FIELDS: Field[] = [
  {
    key: 'password',
    sensitive: true,
    asks: anyOf(
      `pin(?: code| number)?`,
      `password`,
      `passwort`,
      `contraseña`,
      `mot de passe`,
      `senha`,
      `security code`,
      `cvv`,
      `cvc`,
    ),
    fits: few(4),
  },
  {
    key: 'security_answer',
    sensitive: true,
    asks: anyOf(
      `mother'?s maiden name`,
      `(?:name of your )?(?:first |childhood )?pet(?:'s name)?`,
      `security (?:question|answer)`,
    ),
    fits: few(6),
  },
  {
    key: 'card',
    sensitive: true,
    asks: anyOf(
      `(?:credit |debit )?card number`,
      `kartennummer`,
      `número de (?:la )?tarjeta`,
      `numéro de (?:la )?carte`,
    ),
    fits: withDigit,
  },
  {
    key: 'account_number',
    sensitive: true,
    asks: anyOf(`account (?:number|no|id)`, `iban`, `kontonummer`, `número de cuenta`),
    fits: withDigit,
  },
  {
    key: 'date_of_birth',
    sensitive: true,
    asks: anyOf(`date of birth`, `birth ?da(?:te|y)`, `geburtsdatum`, `fecha de nacimiento`, `date de naissance`),
    fits: withDigit,
  },
  {
    key: 'email',
    asks: anyOf(`e-?mail(?: address)?`, `correo(?: electrónico)?`, `адрес почты`, `mailadresse`),
    fits: (reply) => reply.includes('@'),
  },
  {
    key: 'phone',
    asks: anyOf(
      `(?:tele)?phone(?: number)?`,
      `mobile(?: number)?`,
      `number (?:to|we can) (?:call|reach)`,
      `telefonnummer`,
      `(?:número de )?teléfono`,
      `numéro de téléphone`,
      `номер телефона`,
      `номер телефону`,
      `numer telefonu`,
    ),
    fits: (reply) => (reply.match(/\d/g)?.length ?? 0) >= 6,
  },
  {
    key: 'order_id',
    asks: anyOf(
      `(?:order|booking|reservation|flight|ticket|invoice|reference|confirmation|tracking|case)(?: (?:id|number|no|code|reference))`,
      `bestellnummer`,
      `auftragsnummer`,
      `número de pedido`,
      `numéro de commande`,
      `номер заказа`,
      `номер замовлення`,
      `numer zamówienia`,
    ),
    fits: withDigit,
  },
  {
    key: 'address',
    asks: anyOf(
      `(?:street |home |shipping |delivery |billing |postal |full )?address`,
      `where do you live`,
      `adresse`,
      `dirección`,
      `endereço`,
      `indirizzo`,
      `adres`,
      `адрес`,
      `адресу`,
    ),
    fits: (reply) => words(reply).length >= 2 && words(reply).length <= 20,
  },
  {
    key: 'postcode',
    asks: anyOf(`(?:zip|post(?:al)?) ?code`, `postleitzahl`, `código postal`, `code postal`, `kod pocztowy`),
    fits: withDigit,
  },
  {
    key: 'company',
    asks: anyOf(
      `company(?: name)?`,
      `(?:name of )?(?:your )?(?:company|organi[sz]ation|business)`,
      `firma`,
      `empresa`,
      `entreprise`,
    ),
    fits: few(6),
  },
  { key: 'username', asks: anyOf(`user ?name`, `login`, `benutzername`, `usuario`), fits: few(3) },
  {
    key: 'name',
    asks: anyOf(
      `(?:your|full|first|last|the|sur) ?name`,
      `who am i (?:speaking|talking|chatting) (?:to|with)`,
      `(?:ihr|ihren|dein) name\\S*`,
      `(?:su|tu) nombre`,
      `cómo (?:se llama|te llamas)`,
      `votre nom`,
      `(?:seu|o) nome`,
      `(?:il suo|il tuo) nome`,
      `(?:uw|je) naam`,
      `(?:ваше|твоё) имя`,
      `как вас зовут`,
      `ваше ім'я`,
      `як вас звати`,
      `imię`,
      `nazwisko`,
      `(?:adınız|isminiz)`,
    ),
    fits: few(8),
  },
  {
    key: 'guests',
    asks: anyOf(
      `how many (?:people|guests|persons|adults|of you)`,
      `number of (?:people|guests)`,
      `party size`,
      `wie viele personen`,
      `cuántas personas`,
    ),
    fits: few(8),
  },
  {
    key: 'budget',
    asks: anyOf(`budget`, `price range`, `how much (?:would|do) you (?:like|want) to (?:spend|pay)`, `presupuesto`),
    fits: few(10),
  },
  {
    key: 'city',
    asks: anyOf(
      `(?:which|what) (?:city|town)`,
      `(?:the|your) (?:city|town)`,
      `in welcher stadt`,
      `qué ciudad`,
      `quelle ville`,
    ),
    fits: few(5),
  },
  {
    key: 'time',
    asks: anyOf(
      `(?:what|which|at what|preferred) (?:\\w+ )?time`,
      `uhrzeit`,
      `um wie viel uhr`,
      `(?:a )?qué hora`,
      `quelle heure`,
    ),
    fits: few(8),
  },
  {
    key: 'date',
    asks: anyOf(
      `(?:what|which|on what|on which|preferred) (?:\\w+ )?(?:date|day)`,
      `when would you like`,
      `for when`,
      `an welchem tag`,
      `qué (?:día|fecha)`,
      `quelle date`,
      `quel jour`,
    ),
    fits: few(8),
  },
]

const ASKING = anyOf(
  `(?:what|which|who|where|when|how)(?:'s)?`,
  `(?:can|could|may|might|would|will) (?:i|you|we)`,
  `please`,
  `(?:i|we)(?:'ll| will|'d| would)?(?: just)? need`,
  `(?:tell|give|send|provide|enter|confirm|share)(?: me| us)?`,
  `do you have`,
  `(?:wie|was|welche\\S*|können|nennen|bitte)`,
  `(?:cuál|qué|cómo|puede|podría|dígame|me da|indíqueme)`,
  `(?:quel(?:le)?|pouvez|pourriez|donnez|comment)`,
  `(?:qual|pode|poderia|informe|me diga)`,
  `(?:può|potrebbe|come|mi dia|mi dica)`,
  `(?:wat|kunt|mag)`,
  `(?:jaki\\S*|proszę|może|podaj\\S*)`,
  `(?:как|назовите|подскажите|укажите|напишите|можно|какой|ваш\\S*|як|вкажіть|назвіть)`,
  `(?:nedir|lütfen|alabilir)`,
)
/** Mentions of a field that are not a request for it. */
const TELLING = anyOf(
  `(?:will|'ll|have|has|had|was|were|been)(?: \\w+){0,3} (?:sent|emailed|e-mailed|mailed|called)`,
  `(?:sent|send|emailed) (?:you|it|an?|the)(?: \\w+){0,6} (?:to|email)`,
  `(?:i'?ll|we'?ll|i will|we will|i can|we can|shall i)`,
  `my (?:name|email|number)`,
)

const byText = new Map<string, string[]>()

/** The fields an answer asks for, at most four. */
export const askedFields = (answer: string): string[] => {
  const text = answer.slice(0, 2000)
  const known = byText.get(text)
  if (known) return known
  const fields = new Set<string>()
  for (const sentence of sentences(text)) {
    const said = sentence.text.replaceAll('’', "'")
    if (!ASKING.test(said) && !/[?？]$/.test(said)) continue
    if (TELLING.test(said)) continue
    const specific = FIELDS.filter(({ asks }) => asks.test(said)).map(({ key }) => key)
    // "Your pet's name", "company name" and "user name" are not the contact's own.
    for (const key of specific)
      if (key !== 'name' || !specific.some((other) => /security_answer|company|username/.test(other))) fields.add(key)
  }
  const asked = [...fields].slice(0, 4)
  remember(text, asked)
  return asked
}

/** Answers repeat: agents ask the same sentences all day. Bounded, so that hostile variety cannot fill memory. */
const remember = (text: string, fields: string[]) => {
  if (byText.size >= 500) byText.clear()
  if (text.length <= 300) byText.set(text, fields)
}

const LEAD_IN =
  /^(?:(?:sure|yes|yeah|ok(?:ay)?|of course|certainly|hi|hello|well|um|uh|please|thanks|thank you|ja|sí|oui|sim|sì|tak|да|так)[,.!: ]+)*(?:(?:it'?s|it is|its|that'?s|that is|this is|i'?m|i am|my (?:\w+ ){1,3}(?:is|:)|(?:the |my )?(?:\w+ )?(?:name|number|id|pin|address|e-?mail|username|phone|code)(?: is|:|=)?|call me|name'?s|for|on|at|in|ich bin|ich heiße|mein name ist|me llamo|soy|je m'appelle|mi chiamo|меня зовут|мене звати)[ :]+)?/iu

export type Filled = { key: string; value: string; sensitive: boolean; start: number; end: number }

/** The value a reply gives for a field that was just asked for, or null when it says something else. */
export const fillFrom = (reply: string, key: string): Filled | null => {
  const field = FIELDS.find((one) => one.key === key)
  const sentence = sentences(reply)[0]
  if (!field || !sentence || sentence.text.length > 160) return null
  const text = sentence.text
  if (/[?？؟]/u.test(text) || !field.fits(text)) return null
  const lead = LEAD_IN.exec(text)?.[0].length ?? 0
  const value = (
    text.slice(lead).split(/[.!;\n]|,\s|\s(?:and|but|und|y|et|i'?d|i want|i need|i would|it'?s)\s/iu)[0] ?? ''
  )
    .trim()
    .replace(/^["'“(]+|["'”).,!]+$/gu, '')
  if (!value || !plausible(key, value)) return null
  const start = sentence.start + text.indexOf(value, lead)
  return { key, value, sensitive: field.sensitive === true, start, end: start + value.length }
}

const plausible = (key: string, value: string): boolean => {
  if (/^(?:yes|no|ok|okay|sure|none|nope|what|why|i|the|a|hi|hello|hey|nein|ja|sí|oui|non|не|да|ні|так)$/iu.test(value))
    return false
  if (key !== 'name') return !(thanks(value) || saysGoodbye(value)) && value.length <= 120
  const parts = words(value)
  return (
    parts.length <= 4 &&
    !/\d/.test(value) &&
    (/^\p{Lu}|^\P{Script=Latin}/u.test(value) || parts.length <= 2) &&
    !greets(value) &&
    !thanks(value) &&
    !NO_NAME.test(value)
  )
}
const NO_NAME = anyOf(
  `not|don'?t|do|need|want|have|is|are|was|i|you|me|my|the|can|please|just|that|this|here|wait|why|what|help|looking|sorry|sure|flight|hotel|book\\w*|order|today|tomorrow|never ?mind|anonymous|private|asap|now`,
)
