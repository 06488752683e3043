/** Words by which a contact says that they want no more messages: alone, or with little around them. */

const STOP =
  /^(?:(?:please|bitte|por favor|s'il vous plait|merci de)\s+)?(?:stop(?:p|pen)?|unsubscribe|opt[ -]?out|cancel (?:all )?messages|abmelden|abbestellen|keine (?:weiteren )?nachrichten(?: mehr)?|(?:arretez|arreter|desabonner|desinscrire|stop sms)|baja|no mas mensajes|cancelar suscripcion|descadastrar|parar mensagens|annulla iscrizione|afmelden|uitschrijven|wypisz(?: mnie)?|отписаться|стоп|停止|退订|配信停止)(?:\s+(?:please|bitte|por favor|all|everything|messages?|writing(?: to)? me|messaging me|contacting me|e-?mails?))*$/iu
const PHRASE =
  /\b(?:(?:stop|quit) (?:writing|messaging|contacting|texting|e-?mailing)(?: to)? (?:me|us)|(?:do not|don't|dont|never) (?:write|message|contact|text|e-?mail)(?: to)? (?:me|us)(?: again| any ?more)?|leave me alone|no (?:more|further) (?:messages|follow[ -]?ups|reminders)|schreib(?:en sie|t)? mir nicht mehr|lassen sie mich in ruhe|ne m'ecrivez plus|no me escrib(?:a|as|an) mas|nao me escreva mais|non scrivetemi piu)\b/iu

export function saysStop(text: string): boolean {
  const said = text
    .slice(0, 400)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[.!?,;:"()]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return STOP.test(said) || PHRASE.test(said)
}
