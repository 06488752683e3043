/** Answers that say: I could not find, do or understand it. Apologies alone do not count, nor does a failure that was put right. */
import { couldNotHelpModel } from '../model/models.ts'
import { remembered } from '../text/remembered.ts'
import { anyOf, anywhere, type Sentence, sentences } from '../text/words.ts'

const CANNOT = `(?:can ?not|can'?t|could ?n[o']?t|could not|couldn't|(?:am|are|is|was|were|be|been|'m|'re)(?: currently| still)? (?:not|un) ?able to|not able to|unable to|wasn'?t able to|weren'?t able to|aren'?t able to|isn'?t able to|did ?n[o']?t manage to|failed to)`
const DOING = `(?:find|locate|help|assist|answer|access|see|tell|say|confirm|provide|give|offer|book|make|process|complete|do|get|retrieve|look|reserve|schedule|cancel|change|update|transfer|send|place|accept|accommodate|accomodate|authenticate|verify|purchase|buy|add|set|fulfil|fulfill|reach|understand|submit|play|pull|check|honor|honour|guarantee|recommend|arrange)`

const ENGLISH = anyOf(
  `${CANNOT}(?: \\w+){0,2} ${DOING}`,
  `(?:i|we)(?: really| still| just)? (?:do ?n[o']?t|do not) (?:have|know|see|find|offer|carry|stock|sell|support|quite understand|understand|provide)(?! to\\b| any (?:other|more) questions)`,
  `(?:did ?n[o']?t|did not) (?:find|go through|work|succeed|turn up|return|bring up)`,
  `(?:no|any) (?:\\w+ ){0,4}(?:match(?:es|ing)?|available|found|listed)(?! (?:is|are|for you))`,
  `(?:there(?:'s| is| are| were| was)(?: (?:currently|unfortunately|simply))? (?:no|not any|none)|there (?:isn'?t|aren'?t|weren'?t|wasn'?t)(?: any)?)(?! (?:need|problem|hurry|charge|additional|extra|fee|cost|limit|rush|doubt|fees|reason))(?: \\w+){1,4}`,
  `there(?:'s| is| are| were| was) (?:none|nothing)`,
  `(?:sorry|unfortunately|afraid)(?:[^.?!]{0,70})(?:\\bnot\\b|n't\\b|\\bno\\b|\\bnone\\b|nothing|unable|\\bfail\\w*|\\bonly\\b|\\ball (?:full|booked|taken|sold))`,
  `(?:could ?n'?t|could not|couldn'?t|was ?n'?t able to|was not able t\\w+|not able t\\w+|un ?ab\\w*e to) (?!be (?:more|happier|better)|agree)\\w+`,
  `(?:was|were|is|are|has|have)(?: not|n'?t) (?:been )?(?:successfully )?(?:scheduled|booked|reserved|confirmed|purchased|made|completed|processed|transferred)`,
  `(?:is|are|'s|was|were) (?:all |completely |fully )?(?:full|booked up|booked solid)`,
  `can(?:not|'t| not) be (?:\\w+ed|made|done|found|sent)`,
  `no (?:more|other|further) (?:times?|options?|slots?|\\w+ (?:match\\w*|available))`,
  `(?:is|are|was|were|been)(?: \\w+)? (?:unavailable|unsuccessful|sold out|fully booked|booked out|out of stock|no longer available|not available|not successful|not possible|not supported|not open|declined|rejected|denied)`,
  `(?:isn'?t|aren'?t|wasn'?t|weren'?t)(?: \\w+)? (?:available|successful|possible|supported|in stock|able)`,
  `(?:request|booking|reservation|transaction|payment|order|search|transfer|purchase|attempt|appointment)(?: \\w+){0,3} (?:failed|fails|was not|were not|wasn'?t|could not|couldn'?t|did ?n[o']?t|did not|unsuccessful|declined)`,
  `(?:i|we) (?:was|were|have been|am|are)(?: \\w+)? (?:unsuccessful|not successful)`,
  `(?:only able to|(?:can|could) only (?:help|tell|assist))`,
  `(?:outside|beyond|out of) (?:of )?(?:my|our|the) (?:scope|knowledge|area|abilities|reach)`,
  `(?:have|found|had|got|see|there'?s) (?:no|nothing)(?: (?:further|other))? (?:information|info|record\\w*|results?|luck|data|details|idea|access|matching|match\\w*|suitable|such|option\\w*|that match\\w*|availab\\w*|openings?|rooms?|flights?)`,
  `nothing (?:that )?(?:found|matches|matching|available|came up|comes up)`,
  `no (?:results?|records?|luck|success|openings?|availability|information|info)`,
  `(?:something|it) went wrong`,
  `i(?:'m| am) not (?:sure|certain|trained|allowed|familiar)`,
  `(?:ran into|experienc\\w+|encounter\\w+|there was|had|hit) (?:an?|some)(?: \\w+)? (?:error|problem|issue|trouble|difficult\\w+)`,
  `(?:don'?t|do not|doesn'?t|does not|no) (?:seem to )?(?:exist|match)`,
  `no (?:one|such) (?:of )?\\w+`,
  `(?:won'?t|will not|doesn'?t|does not|didn'?t) (?:let|allow|permit) (?:me|us)`,
  `(?:isn'?t|is not|not) something (?:i|we) (?:have|know|can|could|offer|do|handle)`,
  `no way (?:of|to) \\w+`,
  `(?:not|no longer|isn'?t|not any more) (?:valid|active)(?: any ?more)?`,
  `(?:is|are) not valid`,
)

/** Said so plainly that no model of other people's words is asked: it has seen flights and hotels, not every trade. */
const PLAIN = anyOf(
  `(?:unfortunately|regrettably|afraid|sorry,? but|i(?:'m| am) sorry)(?:[^.?!]{0,60})(?:can'?t|cannot|could not|couldn'?t|not able|unable|nothing|no (?:information|info|record)|don'?t (?:have|know|offer|ship)|did not|didn'?t)`,
  `(?:i|we) (?:do ?n[o']?t|do not|have no)(?: \\w+)? (?:have (?:access|(?:any )?information)|know|information|way (?:of|to))`,
  `(?:system|tool|software|policy|policies) (?:won'?t|will not|doesn'?t|does not) (?:let|allow|permit)`,
  `(?:payment|transaction|booking|request|order)(?: \\w+){0,2} (?:did not|didn'?t|could not be|couldn'?t be) (?:go through|completed|made|processed)`,
  `there (?:is|are|'s) (?:no|nothing)(?: \\w+){0,4} (?:left|about|on file|in our)`,
  `(?:isn'?t|is not|not) something (?:i|we) (?:have|know|can|could|handle)`,
  `no way (?:of|to) (?:see|seeing|know|knowing|tell|telling|check|checking|find|finding)`,
  `(?:is not|isn'?t|no longer) (?:valid|active)`,
)

const OTHER_LANGUAGES = [
  anyOf(
    `(?:kann|konnte|können|konnten)(?: \\S+){0,5} (?:nicht|keine|keinen|leider)`,
    `(?:habe|haben|hatte)(?: \\S+){0,3} (?:keine|keinen|kein|nichts)`,
    `(?:weiß|finde|verstehe)(?: \\S+){0,3} nicht`,
    `leider (?:nicht|kein\\S*|keine)`,
    `leider(?: \\S+){1,4} (?:nicht|kein\\S*)`,
    `(?:liegt|liegen|gibt|finde|sehe|sind|ist|steht|stehen)(?: \\S+){0,5} kein\\S*(?: \\S+){0,3}(?! (?:problem|sorge))`,
    `(?:fehlgeschlagen|gescheitert|abgelehnt|nicht möglich|unmöglich|nicht mehr (?:gültig|verfügbar|lieferbar|möglich))`,
    `(?:lässt|erlaubt|gestattet)(?: \\S+){0,5} nicht`,
    `(?:weiß|kenne|kennen|wissen|liefern|bieten|führen)(?: \\S+){0,4} (?:nicht|kein\\S*)`,
  ),
  anyOf(
    `no (?:me|nos|te|le|lo|la|se)(?: \\S+)? (?:es|resulta|fue|ha sido|puedo|puede|deja|permite|consta|aparece)(?! (?:necesari\\S*|obligatori\\S*))`,
    `no (?:he|hemos) (?:encontrado|conseguido|logrado|visto|recibido|localizado)`,
    `(?:no|ya no) (?:queda|quedan|consta|figura|aparece|funciona|ofrecemos|hacemos|vendemos|trabajamos|disponemos|conozco|veo|logro|consigo|puedo)`,
    `no (?:me|nos|le|se) (?:deja|permite)`,
    `(?:imposible|ha fallado|rechazad[oa]|no es válid[oa]|ya no es)`,
    `no (?:puedo|podemos|pude|pudimos|he podido|hemos podido|encuentro|encontré|encontramos|tengo|tenemos|sé|dispongo|entiendo|está disponible|hay|existe)`,
    `(?:no se ha podido|no fue posible|no es posible)`,
  ),
  anyOf(
    `(?:ne|n')\\s?(?:peux|peut|pouvons|pu|trouve|trouvons|ai|avons|sais|dispose|comprends|est)(?: \\S+){0,3} (?:pas|aucun\\S*|rien)`,
    `pas (?:disponible|possible|trouvé|d'information\\S*|abouti|fonctionné|en mesure|valable|valide)`,
    `(?:impossible|plus (?:de (?:places?|chambres?|stock)|disponible\\S*|valable\\S*|valide\\S*|possible)|a échoué|refusée?)`,
    `(?:ne|n')\\s?(?:me|nous|vous|le|la|en|y)? ?(?:permet|permettons|livrons|proposons|vendons|faisons|vois|voyons|reste|existe|figure)(?: \\S+){0,3} (?:pas|plus|aucun\\S*)`,
    `(?:je|nous) (?:ne|n')(?: \\S+){1,4} (?:malheureusement )?(?:pas|aucune? \\S+)(?! besoin)`,
    `(?:aucune?) (?:information|commande|résultat|place|trace|solution|disponibilité)`,
  ),
  anyOf(
    `não (?:me|nos|lhe) (?:é|foi) possível`,
    `(?:já )?não (?:há|existem?|é válid[oa]|está válid[oa]|resta|restam|fazemos|temos|vendemos|entregamos|oferecemos|permite|deixa|funciona|vejo|sei)`,
    `(?:isso )?(?:eu )?não (?:sei|saberia)`,
    `(?:falhou|foi recusad[oa]|impossível|sem sucesso)`,
    `não (?:posso|podemos|consigo|conseguimos|consegui|encontrei|encontramos|tenho|temos|sei|foi possível|é possível|está disponível|há|entendi)`,
  ),
  anyOf(
    `non (?:posso|possiamo|riesco|riusciamo|ho trovato|abbiamo trovato|trovo|ho|abbiamo|so|è possibile|è disponibile|c'è|ci sono|capisco)`,
  ),
  anyOf(
    `(?:kan|kon|kunnen|konden)(?: \\S+){0,5} (?:niet|geen)`,
    `(?:heb|hebben)(?: \\S+){0,3} (?:geen|niets)`,
    `helaas (?:niet|geen)`,
    `weet (?:het|ik|dat)? ?niet`,
  ),
  anyOf(
    `nie (?:mogę|możemy|mogłem|mogłam|udało|znalazłem|znalazłam|znaleźliśmy|mam|mamy|wiem|jest dostępn\\S*|jest możliw\\S*|rozumiem)`,
    `niestety nie`,
  ),
  anyOf(
    `не (?:могу|можем|смог|смогла|смогли|удалось|нашёл|нашел|нашла|нашли|знаю|нашлось|найден\\S*|доступ\\S*|понимаю|получилось)`,
    `к сожалению,? (?:не|нет)`,
    `нет (?:информации|данных|мест)`,
  ),
  anyOf(
    `не (?:можу|можемо|зміг|змогла|змогли|вдалося|знайшов|знайшла|знайшли|знаю|знайдено|доступ\\S*|розумію)`,
    `на жаль,? (?:не|немає)`,
    `немає (?:інформації|даних|місць)`,
  ),
  anyOf(
    `\\p{L}{0,20}(?:amıyorum|emiyorum|amıyoruz|emiyoruz|amadım|emedim|amadık|emedik|bilmiyorum|bulunamadı)`,
    `(?:mevcut|müsait|mümkün) değil`,
    `maalesef`,
  ),
  anywhere(
    'لا (?:أستطيع|استطيع|يمكنني|يمكننا|أعرف|اعرف|توجد|يوجد|نستطيع)',
    'لم (?:أجد|اجد|نجد|أتمكن|اتمكن|نتمكن|يتم العثور)',
    'غير (?:متوفر|متاح|ممكن)',
  ),
  anywhere(
    '无法',
    '不能',
    '没有?(?:为[您你])?(?:找|查|搜)到',
    '没有(?:[^，。！]{0,8})(?:符合|满足|这么|这样|这个|这道|相关|全部|特别|完全)',
    '(?:抱歉|报歉|对不起|不好意思)[^。！]{0,16}(?:没|无|不)',
    '找不到',
    '查不到',
    '没找到',
    '没查到',
    '不支持',
    '不知道',
    '暂无',
    '未找到',
    '無法',
    '沒有找到',
    '(?:周边|附近)[^，。]{0,6}没有',
  ),
  anywhere(
    'できません',
    'できかねます',
    '見つかりません',
    'みつかりません',
    '分かりかねます',
    'わかりません',
    '分かりません',
    'ございません',
    '対応していません',
  ),
]

/** Said while asking, offering or reassuring, these words report no failure. */
const NOT_A_FAILURE = anyOf(
  // A no about a property of a thing is an answer.
  `(?:no|not|n't|non)(?: \\S+){0,5} (?:live music|pets?|pet[- ]friendly|furnished|refundable|refunds?|wi-?fi|alcohol|smoking|stops?|layovers?|transfers|breakfast|free|cosmetic \\w+|overnight)`,
  `(?:pets|live music|wi-?fi|smoking|alcohol)(?: \\S+){0,4} (?:not|n't|no)(?: \\w+)?`,
  `no (?:pets|live music|wi-?fi|smoking)`,
  `if (?:you|there|it|that|they|we|i)(?: \\S+){0,6} (?:can'?t|cannot|not|don'?t|unable|fail\\w*|problem|error)`,
  `(?:hope|so) (?:you|there|that|it) (?:can|is|are|have) no`,
  `(?:no|not a) (?:problem|worries|hurry|rush)`,
  `why (?:don'?t|not)`,
  `can'?t wait`,
  `not (?:only|just|a problem)`,
  `what(?:ever)? (?:can|could) not`,
)
const QUESTION = /[?？؟]\s*["'”’)]*$/

/**
 * The sentence that says so. In English the phrases propose and a trained model decides: it throws out what it holds for impossible, and
 * adds what it is sure of (training/could-not-help.ts). Other languages have the phrases alone.
 */
export const couldNotHelp = (text: string, language: string): Sentence | null => {
  const all = sentences(text)
  const proposed = all.find((sentence) => saysCouldNot(sentence.text)) ?? null
  if (language !== 'en') return proposed
  if (proposed && PLAIN.test(proposed.text.slice(0, 600).replaceAll('’', "'"))) return proposed
  if (proposed) return Math.max(likely(text), likely(proposed.text)) >= IMPOSSIBLE_BELOW ? proposed : null
  if (text.length > LEARNT_LENGTH || likely(text) < SURE_FROM) return null
  return all.toSorted((a, b) => likely(b.text) - likely(a.text))[0] ?? null
}

/** Round numbers set before measuring: they are not tuned. */
const IMPOSSIBLE_BELOW = 0.1
const SURE_FROM = 0.7
/** The answers it learnt from are a sentence or three. */
const LEARNT_LENGTH = 300

const likely = remembered((text) => couldNotHelpModel().score(text.slice(0, 1000))[0] ?? 0)

const saysCouldNot = (raw: string): boolean => {
  const text = raw.slice(0, 600).replaceAll('’', "'")
  if (
    QUESTION.test(text) &&
    !/\b(?:could ?n[o']?t|could not|was ?n[o']?t able|unable|failed)\b|sorry|unfortunately|leider|désolé|lamento|purtroppo|infelizmente|抱歉/i.test(
      text,
    )
  )
    return false
  if (NOT_A_FAILURE.test(text)) return false
  return ENGLISH.test(text) || OTHER_LANGUAGES.some((phrases) => phrases.test(text))
}

const OUT_OF_SCOPE = anyOf(
  `(?:only able to|(?:can|could) only (?:help|tell|assist))`,
  `(?:do ?n[o']?t|do not) (?:quite )?understand`,
  `(?:outside|beyond|out of) (?:of )?(?:my|our|the) (?:scope|knowledge|area|abilities)`,
  `not (?:trained|made|able) to (?:help|answer|talk)`,
)

/** The answer says that it is not made for such a request at all. */
export const saysOutOfScope = (text: string): boolean => OUT_OF_SCOPE.test(text.slice(0, 600).replaceAll('’', "'"))
