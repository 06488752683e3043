/** Statements of a done action, and whether a function call backs, lacks or contradicts them. */
import type { Call, Message, Reading } from '../reading.ts'
import { anyOf, anywhere, type Sentence } from '../text/words.ts'
import { mayWrite } from './functions.ts'

export type Claim = {
  message: Message
  sentence: Sentence
  backing: 'backed' | 'none' | 'contradicted'
  call: Call | null
}

const DONE = `(?:booked|reserved|cancell?ed|refunded|credited|updated|changed|submitted|sent|scheduled|rescheduled|placed|processed|issued|created|deleted|removed|added|registered|activated|deactivated|upgraded|downgraded|transferred|paid|charged|ordered|shipped|unlocked|completed|confirmed|filed|applied|extended|renewed|purchased|rebooked|arranged|reset)`

const CLAIMS = [
  anyOf(
    `(?:i|we)(?:'ve| have)(?: (?:just|now|already|successfully|gone ahead and|also))* ${DONE}`,
    `(?:i|we) (?:just |successfully |already )${DONE}`,
    `(?:has|have)(?: (?:now|just|already|successfully))* been(?: (?:now|just|already|successfully))* ${DONE}`,
    `(?:is|are|'s)(?: (?:now|all|already|successfully)){1,2} ${DONE}`,
    `(?:booking|reservation|order|appointment|refund|payment|cancellation|ticket|request|flight|table|room|viewing|transfer|report|event|party|ride|meeting|subscription) (?:is|was|has been|'s)(?: (?:now|all|already|successfully)){0,2} (?:${DONE}|complete|successful|done|all set)`,
    `successfully ${DONE}`,
    `${DONE} successfully`,
    `you(?:'re| are) (?:all )?(?:booked|set|confirmed|registered|checked in)`,
  ),
  anyOf(
    `(?:habe|haben)(?: \\S+){0,6} (?:gebucht|storniert|erstattet|geändert|reserviert|geschickt|gesendet|bestellt|eingetragen|verschoben|aktualisiert)`,
    `(?:wurde|ist)(?: \\S+){0,4} (?:gebucht|storniert|erstattet|geändert|reserviert|versendet|bestellt)`,
    `(?:he|hemos) (?:reservado|cancelado|reembolsado|cambiado|enviado|actualizado|registrado)`,
    `(?:ha sido|está) (?:reservad[oa]|cancelad[oa]|reembolsad[oa]|confirmad[oa]|enviad[oa])`,
    `(?:j'ai|nous avons) (?:réservé|annulé|remboursé|modifié|envoyé|enregistré)`,
    `(?:a été) (?:réservée?|annulée?|remboursée?|modifiée?|envoyée?|confirmée?)`,
    `(?:foi|está) (?:reservad[oa]|cancelad[oa]|reembolsad[oa]|confirmad[oa]|enviad[oa])`,
    `(?:ho|abbiamo) (?:prenotato|annullato|rimborsato|modificato|inviato)`,
    `(?:heb|hebben)(?: \\S+){0,5} (?:geboekt|geannuleerd|terugbetaald|gewijzigd|verstuurd|gereserveerd)`,
    `(?:została?o?|zostały) (?:zarezerwowan\\S+|anulowan\\S+|zwrócon\\S+|zmienion\\S+|wysłan\\S+|potwierdzon\\S+)`,
    `(?:забронирова\\S+|отменён\\S*|отменен\\S*|возвращен\\S*|оформлен\\S*|отправлен\\S*|заброньова\\S+|скасова\\S+|повернен\\S*|оформлен\\S*|надіслан\\S*)`,
  ),
  anywhere(
    '已(?:经)?(?:为您)?(?:预订|取消|退款|修改|提交|发送|办理)',
    '(?:予約|キャンセル|返金|変更|送信)(?:いたし|し)ました',
    'تم (?:حجز|إلغاء|الغاء|استرداد|تعديل|إرسال|تأكيد)',
  ),
]

const NOT_A_CLAIM = anyOf(
  `(?:not|never|n't|unable|cannot|failed|unsuccessful|denied|declined|sorry|unfortunately)`,
  `(?:once|if|when|until|after|before|whether|unless|as soon as|would|will|could|should|might|may|can|to be|going to|let me)`,
  `(?:nicht|wenn|sobald|falls|no|si|cuando|ne|pas|quand|não|quando|non|se|niet|als|nie|jeśli|не|если|якщо|ні)`,
)
const QUESTION = /[?？؟]/u

const isClaim = (text: string): boolean => {
  const said = text.slice(0, 600).replaceAll('’', "'")
  return !QUESTION.test(said) && CLAIMS.some((phrases) => phrases.test(said)) && !NOT_A_CLAIM.test(said)
}

/** Claims of agents only: people act in systems that this log does not see. */
export const findClaims = (reading: Reading): Claim[] =>
  reading.answers
    .filter(({ author }) => author === 'agent')
    .flatMap((message) =>
      message.sentences
        .filter(({ text }) => isClaim(text))
        .map((sentence) => ({ message, sentence, ...backingOf(reading, message) })),
    )

/** The newest writing calls before the claim decide; an unrelated success long before does not outweigh a failure just now. */
const backingOf = (reading: Reading, message: Message): Pick<Claim, 'backing' | 'call'> => {
  const writes = reading.calls.filter((call) => call.position < message.position && mayWrite(call))
  const last = writes.at(-1)
  if (!last) return { backing: 'none', call: null }
  const previousAnswer = reading.answers.filter(({ position }) => position < message.position).at(-1)
  const failedJustNow = last.failed && (!previousAnswer || last.position > previousAnswer.position)
  if (failedJustNow) return { backing: 'contradicted', call: last }
  const success = writes.findLast((call) => call.status === 'ok' && !call.failed)
  return success ? { backing: 'backed', call: success } : { backing: 'none', call: null }
}

const PROMISE = anyOf(
  `(?:i|we)(?:'ll| will| shall)(?: \\w+){0,2} (?:get back|contact you|call you|email you|e-mail you|follow up|let you know|send you|make sure|reach out|refund|keep you)`,
  `(?:someone|somebody|a colleague|our team|the team|they)(?:'ll| will)(?: \\w+){0,2} (?:contact|call|get back|reach|be in touch|email|follow)`,
  `you(?:'ll| will) (?:receive|hear from|get (?:a|an) (?:call|email|e-mail|refund))`,
  `(?:i|we)(?:'ll| will) (?:ask|have|get)(?: \\w+){1,6} to (?:call|contact|email|reach|write to) you`,
  `(?:wir|ich) (?:melde[n]? (?:mich|uns)|werde[n]? sie)`,
  `(?:kolleg\\S*|mitarbeiter\\S*|team|techniker\\S*) (?:meldet|melden|ruft|rufen|wird|werden) (?:sich|sie)`,
  `(?:ich|wir) (?:rufe|rufen|schicke|schicken) (?:sie|ihnen)`,
  `nous vous (?:contacterons|rappellerons|recontacterons)`,
  `(?:vous|te) (?:rappellera|contactera|recontactera|écrira)`,
  `je vous (?:rappelle|recontacte|tiens au courant)`,
  `(?:le|te) (?:contactaremos|llamaremos)`,
  `(?:le|te|les) (?:llamará|contactará|escribirá|llamo|aviso|avisaremos)`,
  `(?:vai|vão|iremos|vamos) (?:ligar|contactar|contatar|escrever|responder)(?:-lhe|-te)?`,
  `(?:ligamos|contactamos|avisamos)-(?:lhe|te)`,
  `entraremos em contato`,
  `la (?:contatteremo|richiameremo)`,
  `(?:мы|я) (?:свяжемся|перезвоним|сообщим)`,
  `skontaktujemy się`,
  `ми (?:зв'яжемося|передзвонимо)`,
)
const UNSAFE = anyOf(
  `(?:i|we) (?:can |fully |hereby |absolutely |personally )*guarantee(?: \\w+){1,6}`,
  `(?:100 ?%|completely|absolutely) (?:guaranteed|risk[- ]free|safe)`,
  `(?:you(?:'ll| will) (?:never|definitely not) (?:have to )?(?:pay|lose))`,
  `(?:stop taking|no need (?:to see|for) a doctor|don'?t need a doctor)`,
  `(?:i|we) promise(?: you)? (?:a |the )?(?:full |money )?(?:refund|cure|return|compensation|result\\w*)`,
  `legally binding(?: \\w+){0,3} (?:offer|promise)`,
)

const sentenceWith = (message: Message, phrases: RegExp): Sentence | null =>
  message.sentences.find(
    ({ text }) =>
      phrases.test(text.slice(0, 600).replaceAll('’', "'")) &&
      !/\b(?:not|can't|cannot|no)\b[^.]{0,20}guarantee/i.test(text),
  ) ?? null

export const promiseIn = (message: Message): Sentence | null => sentenceWith(message, PROMISE)
export const unsafePromiseIn = (message: Message): Sentence | null => sentenceWith(message, UNSAFE)
