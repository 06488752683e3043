/** The fields an answer may ask a contact for: how each is asked, and what a reply that fills it looks like. */
import { anyOf, words } from '../text/words.ts'

export type Field = {
  key: string
  asks: RegExp
  sensitive?: true
  fits: (reply: string) => boolean
  /** What of the reply is the value, where it may stand inside a sentence. It must occur once. */
  one?: RegExp
}

const NUMBER_WORD = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|just me|alone|dozen)\b/i
const DAY =
  /\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:today|tomorrow|tonight|first|second|third|fourth|fifth|weekend)\b|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|heute|morgen|lunes|martes|miércoles|jueves|viernes|sábado|domingo|hoy|mañana|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain/i
const HOUR =
  /\d|\b(?:noon|midday|midnight|morning|afternoon|evening|tonight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|mittag|abend|vormittag|mediodía|midi/i
const saying = (pattern: RegExp, most: number) => (reply: string) => pattern.test(reply) && words(reply).length <= most
const few = (most: number) => (reply: string) => words(reply).length >= 1 && words(reply).length <= most
const withDigit = (reply: string) => /\p{N}/u.test(reply) && words(reply).length <= 12

export const FIELDS: Field[] = [
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
    asks: anyOf(
      `account (?:number|no|id|details)`,
      `bank account`,
      `iban`,
      `numéro de compte`,
      `número da conta`,
      `kontonummer`,
      `número de cuenta`,
    ),
    fits: withDigit,
  },
  {
    key: 'customer_id',
    asks: anyOf(
      `(?:customer|client|member(?:ship)?) (?:id|number|no)`,
      `kundennummer`,
      `mitgliedsnummer`,
      `número de (?:cliente|socio)`,
      `numéro (?:de )?(?:client|d'adhérent)`,
      `klantnummer`,
    ),
    fits: withDigit,
  },
  {
    key: 'code',
    asks: anyOf(`(?:access |clearance |activation |verification )?codes?(?: type)?`, `kode`, `código`, `codice`),
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
    one: /#?[A-Z]{0,4}-?\d[\w-]{1,22}/gi,
    fits: withDigit,
  },
  {
    key: 'address',
    asks: anyOf(
      `(?<!mail )(?<!ip )(?<!web )(?:street |home |shipping |delivery |billing |postal |full )?address`,
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
      `(?:your|full|first|last|sur) ?name`,
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
    one: /\d{1,4}|\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/gi,
    fits: saying(NUMBER_WORD, 8),
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
    one: /\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m\.?|p\.m\.?|uhr|h)(?!\p{L})|\d{1,2}:\d{2}|\b(?:noon|midday|midnight|mittag|mediodía|midi)\b/giu,
    fits: saying(HOUR, 8),
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
    one: /(?:(?:next|this|nächsten|próximo|prochain) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|\d{1,2}(?:st|nd|rd|th)|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|heute|morgen|lunes|martes|miércoles|jueves|viernes|sábado|domingo|hoy|mañana|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain)(?!\p{L})/giu,
    fits: saying(DAY, 10),
  },
]
