/** Whether a sentence says no more than the words it quotes: every word stands there, and what is denied, asked or possible stays so. */
import { anyOf, anywhere, words } from '../text/words.ts'

/** Words that tell who speaks and tie a sentence together; none of them says what came of it or how good it was. */
const TIES = new Set(
  `a an the i you he she it we they me him her us them my your our their his its this that these those is are was were be been am do does
  did have has had will would can could may might to of in on at by for with from as and or but so also then than into about there here
  what when where which who whom whose how why
  says said say tells told tell writes wrote write replies replied reply asks asked ask names named mentions mentioned adds added explains
  explained der die das den dem des und ist sind war ein eine einen einem einer er sie es wir ihr ich sich mit auf für von zu zum zur im am
  als dass wie was wann wo wer hat haben sagt fragt schreibt erklärt nennt le la les un une de du des et est sont il elle on
  nous vous je se à au aux en pour par avec sur que qui dit demande écrit explique el los las y es son una del al por con
  para su sus lo dice pregunta escribe explica o os um uma e é são do da dos das no na em ao com diz pergunta escreve il lo gli di che
  sono dal dalla nel nella per dice chiede scrive het een van en in is zijn op met voor dat zegt vraagt schrijft ja on että ja sanoo kysyy`.split(
    /\s+/,
  ),
)
const TIES_CJK = /[的了是在我们您你说问者道请会は がをにでともの言説明した。，、：「」“”！？…]/u
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu

/** What turns a statement round: where the quoted words have it, the sentence has it too, and the other way. */
const TURNS: [what: string, signs: RegExp[]][] = [
  [
    'what is denied',
    [
      anyOf(
        `no|not|never|none|nothing|nobody|cannot|without|unable|\\w+n't|refus\\w*|den(?:y|ies|ied)|nicht|kein\\w*|nie|niemals|ohne`,
        `ne|n'\\w+|pas|jamais|aucun\\w*|sans|nunca|ning[uú]n\\w*|sin|não|nao|nem|nenhum\\w*|sem|non|mai|nessun\\w*|senza`,
        `niet|geen|nooit|ei|emme|ette|eivät|inte|ingen|ikke|nie|bez|нет|не|без|ні|لا|لم|لن|ليس`,
      ),
      anywhere('不|没|沒|无|ない|ません'),
    ],
  ],
  [
    'what is only possible',
    [
      anyOf(`if|unless|until|once|wenn|falls|sobald|si|caso|quando|se|als|mits|jos|om|если|якщо|إذا`),
      anywhere('如果|もし'),
    ],
  ],
  [
    'what is asked',
    [
      anyOf(
        `ask\\w*|whether|frag\\w*|ob|demand\\w*|pregunt\\w*|pergunt\\w*|chied\\w*|vraagt?|kysy\\w*|спр\\p{L}*|يسأل`,
      ),
      anywhere('[?？؟]|问|問|尋'),
    ],
  ],
]
const has = (signs: RegExp[], text: string): boolean => signs.some((sign) => sign.test(text.replaceAll('’', "'")))

/** Null when it is; else why not, in words of ours. */
export const whyNotBorneOut = (text: string, quoted: string, names: readonly (string | null)[]): string | null => {
  if (/https?:|www\.|[<>{}[\]|`]|!\[/iu.test(text)) return 'no links and no markup'
  const there = new Set([...words(quoted), ...names.flatMap((name) => words(name ?? ''))])
  const own = words(text).filter((word) => !CJK_WORD.test(word))
  const backed = own.filter((word) => !TIES.has(word) && isAmong(word, there))
  const signs = text.match(CJK) ?? []
  const backedSigns = signs.filter((sign) => quoted.includes(sign))
  const said = new Set(words(quoted))
  if (backed.filter((word) => isAmong(word, said)).length + Math.floor(backedSigns.length / 2) < 2)
    return 'it says nothing of what it quotes'
  if (own.some((word) => !TIES.has(word) && !isAmong(word, there)))
    return 'it has words that do not stand in what it quotes'
  if (signs.some((sign) => !quoted.includes(sign) && !TIES_CJK.test(sign)))
    return 'it has words that do not stand in what it quotes'
  const turned = TURNS.find(([, signs]) => has(signs, text) !== has(signs, quoted))
  return turned ? `${turned[0]} must stay so` : null
}

const CJK_WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** The same word, or another form of it: "ship", "ships". Figures only as they are. */
const isAmong = (word: string, there: ReadonlySet<string>): boolean => {
  if (there.has(word)) return true
  if (/\p{N}/u.test(word) || word.length < 4) return false
  for (const other of there)
    if (Math.min(word.length, other.length) >= 4 && Math.abs(word.length - other.length) <= 2 && shareStem(word, other))
      return true
  return false
}

const shareStem = (a: string, b: string): boolean => {
  const stem = Math.max(4, Math.min(a.length, b.length) - 1)
  return a.slice(0, stem) === b.slice(0, stem)
}
