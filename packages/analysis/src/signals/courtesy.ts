/** Manners on both sides: greetings, thanks, goodbyes, apologies, care; and their opposite, rude or shouted text. */
import { anyOf, anywhere } from '../text/words.ts'

const short = (text: string): string => text.slice(0, 2000).replaceAll('’', "'")
const test = (list: RegExp[]) => (text: string): boolean => list.some((phrases) => phrases.test(short(text)))

export const greets = test([
  anyOf(
    `hello`, `hi`, `hey`, `hiya`, `good (?:morning|afternoon|evening|day)`, `welcome`, `greetings`, `hallo`, `guten (?:tag|morgen|abend)`, `moin`,
    `hola`, `buen[oa]s(?: días| tardes| noches)?`, `bonjour`, `bonsoir`, `salut`, `olá`, `oi`, `bo[am] (?:dia|tarde|noite)`, `ciao`, `buongiorno`,
    `buonasera`, `salve`, `goed(?:emorgen|emiddag|endag|enavond)`, `dag`, `dzień dobry`, `cześć`, `witam`, `здравствуйте`, `привет`, `добрый (?:день|вечер)`,
    `доброе утро`, `вітаю`, `добрий день`, `доброго дня`, `merhaba`, `selam`, `iyi günler`, `günaydın`, `hei`, `moi`, `hej`, `szia`, `salut`, `yo`, `howdy`, `sup`,
  ),
  anywhere('你好', '您好', '哈喽', 'こんにちは', 'こんばんは', 'おはよう', 'はじめまして', 'مرحبا', 'السلام عليكم', 'أهلا', 'اهلا', 'صباح الخير', '안녕'),
])

export const thanks = test([
  anyOf(
    `thank(?:s| you| u|ful)?`, `thx`, `ty`, `cheers`, `much appreciated`, `appreciate (?:it|that|your)`, `danke\\S*`, `vielen dank`, `gracias`, `merci`,
    `obrigad[oa]`, `grazie`, `bedankt`, `dank (?:je|u)`, `dziękuj\\S*`, `dzięki`, `спасибо`, `благодарю`, `дякую`, `teşekkür\\S*`, `sağ ?ol\\S*`, `tack`, `tak`, `kiitos`, `takk`,
  ),
  anywhere('谢谢', '感谢', '多谢', '謝謝', 'ありがとう', 'شكرا', 'شكرًا', '감사'),
])

export const saysGoodbye = test([
  anyOf(
    `(?:good ?)?bye(?: ?bye)?`, `see (?:you|ya)`, `take care`, `have a (?:\\w+ )?(?:day|night|evening|weekend|one|time|trip|flight)`, `good (?:night|day)`, `farewell`,
    `that(?:'s| is| will be|'ll be) (?:all|it|everything)`, `(?:no|nope|nah),?(?: that'?s?)?(?: (?:all|it|everything|fine))`, `talk (?:later|soon)`, `enjoy your`,
    `tschüss`, `auf wiedersehen`, `schönen tag`, `adiós`, `hasta luego`, `au revoir`, `bonne journée`, `tchau`, `até (?:logo|mais)`, `arrivederci`, `tot ziens`, `fijne dag`,
    `do widzenia`, `miłego dnia`, `до свидания`, `всего доброго`, `пока`, `до побачення`, `hoşça ?kal\\S*`, `güle güle`, `iyi günler`,
  ),
  anywhere('再见', '拜拜', 'さようなら', '失礼します', 'مع السلامة', 'وداعا'),
])

export const apologises = test([
  anyOf(
    `sorry`, `apolog(?:y|ies|ise|ize|ising|izing)`, `my (?:bad|mistake|fault)`, `regret`, `entschuldig\\S*`, `tut (?:mir|uns) leid`, `lo siento`, `lo sentimos`, `disculp\\S*`, `perdón`,
    `désolée?s?`, `excusez`, `pardon`, `desculp\\S*`, `sinto muito`, `scus\\S*`, `mi dispiace`, `ci dispiace`, `excuses`, `het spijt`, `przeprasza\\S*`, `przykro`,
    `извин\\S*`, `простите`, `приносим`, `вибач\\S*`, `перепрош\\S*`, `özür`, `üzgün\\S*`, `maalesef`,
  ),
  anywhere('抱歉', '对不起', '不好意思', '申し訳', 'すみません', 'نعتذر', 'آسف', 'اعتذر', 'أعتذر'),
])

/** Shows that a feeling was heard. */
export const acknowledges = (text: string): boolean =>
  apologises(text) ||
  test([
    anyOf(
      `(?:i|we) (?:completely |totally |fully |really |do )?(?:understand|hear you|see (?:why|how)|realise|realize|appreciate your patience)`, `that (?:must|sounds|does sound)`,
      `(?:understand|appreciate) (?:your|the|how|why|that)`, `no worries`, `don'?t worry`, `bear with`, `thank(?:s| you) for (?:your patience|waiting|letting|telling|bearing|bringing)`,
      `you(?:'re| are) right`, `verstehe`, `verständlich`, `entiendo`, `comprendo`, `je comprends`, `entendo`, `compreendo`, `capisco`, `ik begrijp`, `rozumiem`, `понимаю`, `розумію`, `anlıyorum`,
      `let me (?:fix|make|see what|put)`, `(?:hope|glad|happy) (?:you|that|to)`, `oh no`, `my condolences`,
    ),
    anywhere('理解', '明白您', 'お気持ち', 'أتفهم', 'اتفهم', 'نتفهم'),
  ])(text)

/** Polite words in an answer beyond greeting and thanks. */
export const isPolite = (text: string): boolean =>
  greets(text) ||
  thanks(text) ||
  apologises(text) ||
  test([
    anyOf(
      `please`, `(?:you(?:'re| are)|very) welcome`, `(?:may|could|would|can) (?:i|you|we)`, `happy to`, `glad to`, `my pleasure`, `of course`, `certainly`, `how can i help`, `is there anything else`,
      `bitte`, `gerne?`, `por favor`, `s'il vous plaît`, `volontiers`, `por gentileza`, `per favore`, `prego`, `alstublieft`, `graag`, `proszę`, `chętnie`, `пожалуйста`, `будь ласка`, `прошу`, `lütfen`, `have a`, `enjoy`,
    ),
    anywhere('请', '您', '請', 'ください', 'お待ち', 'من فضلك', 'يرجى', 'تفضل'),
  ])(text)

const RUDE = anyOf(
  `stupid`, `idiot\\w*`, `moron\\w*`, `dumb(?:ass)?`, `shut up`, `get lost`, `go away`, `fuck\\w*`, `bitch\\w*`, `asshole\\w*`, `bastard\\w*`, `screw you`, `you people`, `loser`, `imbecile`, `retard\\w*`, `piss off`,
  `not my (?:problem|job|fault)`, `are you (?:blind|deaf|stupid)`, `calm down`, `stop wasting my time`, `scheiß\\w*`, `arschloch`, `halt die klappe`, `estúpid[oa]`, `mierda`, `imbécil`, `cállate`,
  `connard\\w*`, `ta gueule`, `merde`, `idiota`, `merda`, `cala a boca`, `stronzo`, `vaffanculo`, `klootzak`, `kurwa`, `spierdalaj`, `дурак`, `идиот\\S*`, `заткнись`, `сука`, `ідіот\\S*`, `aptal`, `salak`, `siktir`,
)
const ABUSE = anyOf(
  `fuck(?: you| off|ing \\w+)?`, `bitch\\w*`, `asshole\\w*`, `bastard\\w*`, `idiots?`, `morons?`, `retard\\w*`, `stupid (?:bot|machine|person|agent|people|idiot|company)`, `shut up`, `screw you`, `piss off`, `go to hell`, `(?:i'?ll|i will|gonna) (?:kill|hurt|find) you`, `useless (?:bot|machine|idiot|piece)`,
  `arschloch`, `scheiß ?\\w*`, `hijo de puta`, `imbécil`, `connard\\w*`, `filho da puta`, `stronzo`, `vaffanculo`, `klootzak`, `kurwa`, `сука`, `идиот\\S*`, `мудак`, `siktir`,
)

export const rudePhrase = (text: string): RegExpExecArray | null => RUDE.exec(short(text))
export const abusePhrase = (text: string): RegExpExecArray | null => ABUSE.exec(short(text)) ?? /傻逼|操你|混蛋|滚蛋|死ね|バカ野郎|كلب|حقير/u.exec(text)

/** Whole sentences in capitals; an order number or two is not shouting. */
export const isShouting = (text: string): boolean => {
  const capitals = text.match(/\b\p{Lu}[\p{Lu}']{2,}\b/gu) ?? []
  const lower = text.match(/\b\p{Ll}{2,}\b/gu) ?? []
  return capitals.length >= 3 && capitals.length > lower.length
}
