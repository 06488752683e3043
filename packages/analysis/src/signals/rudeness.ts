/** The opposite of manners: rude answers, abuse by the contact, shouting. */
import { anyOf } from '../text/words.ts'

const short = (text: string): string => text.slice(0, 2000).replaceAll('’', "'")

const RUDE = anyOf(
  `stupid`,
  `idiot\\w*`,
  `moron\\w*`,
  `dumb(?:ass)?`,
  `shut up`,
  `get lost`,
  `fuck\\w*`,
  `bitch\\w*`,
  `asshole\\w*`,
  `bastard\\w*`,
  `screw you`,
  `you people`,
  `imbecile`,
  `retard\\w*`,
  `piss off`,
  `not my (?:problem|job|fault)`,
  `are you (?:blind|deaf|stupid)`,
  `calm down`,
  `stop wasting my time`,
  `scheiß\\w*`,
  `arschloch`,
  `halt die klappe`,
  `estúpid[oa]`,
  `mierda`,
  `imbécil`,
  `cállate`,
  `connard\\w*`,
  `ta gueule`,
  `merde`,
  `idiota`,
  `merda`,
  `cala a boca`,
  `stronzo`,
  `vaffanculo`,
  `klootzak`,
  `kurwa`,
  `spierdalaj`,
  `дурак`,
  `идиот\\S*`,
  `заткнись`,
  `сука`,
  `ідіот\\S*`,
  `aptal`,
  `salak`,
  `siktir`,
)
/** Insults at the one addressed: "my friend is an idiot" is none. */
const ABUSE = anyOf(
  `fuck(?: you| off)`,
  `fucking (?:idiot|bot|useless|stupid|liar)\\w*`,
  `bitch(?:es)?`,
  `assholes?`,
  `you(?:'re| are)?(?: all| such)?(?: an?)?(?: \\w+){0,2} (?:idiots?|morons?|retards?|imbeciles?|bastards?|scum|liars?)`,
  `stupid (?:bot|machine|agent|idiot|company)`,
  `shut up(?:,? you)?`,
  `screw you`,
  `piss off`,
  `go to hell`,
  `(?:i'?ll|i will|gonna) (?:kill|hurt|find) you`,
  `useless (?:bot|machine|idiot|piece)`,
  `arschloch`,
  `scheiß ?\\w*`,
  `hijo de puta`,
  `imbécil`,
  `connard\\w*`,
  `filho da puta`,
  `stronzo`,
  `vaffanculo`,
  `klootzak`,
  `kurwa`,
  `сука`,
  `идиот\\S*`,
  `мудак`,
  `siktir`,
)

export const rudePhrase = (text: string): RegExpExecArray | null => RUDE.exec(short(text))
/** About others, not to the one addressed. */
const ABOUT_OTHERS = /\b(?:won'?t|don'?t|didn'?t|never|not|to|they|he|she|who) shut up/i

export const abusePhrase = (text: string): RegExpExecArray | null =>
  (ABOUT_OTHERS.test(short(text)) ? null : ABUSE.exec(short(text))) ??
  /傻逼|操你|混蛋|滚蛋|死ね|バカ野郎|يا (?:كلب|حقير)/u.exec(text)

/** Whole sentences in capitals; an order number or two is not shouting. */
export const isShouting = (text: string): boolean => {
  const capitals = text.match(/\b\p{Lu}[\p{Lu}']{2,}\b/gu) ?? []
  const lower = text.match(/\b\p{Ll}{2,}\b/gu) ?? []
  return capitals.length >= 3 && capitals.length > lower.length
}
