/** Words of the seeded workspace: frequencies after Zipf in three scripts, ids, prices, names. The same seed says the same. */

const COMMON =
  `the to you i a and is it for of in my that your we can on have please order be not this with are do was if but so at me would from will there or as what just when how delivery hello hi thank thanks no yes help account payment refund return card shipping address number email phone price product invoice need want could know time today tomorrow week day still get got received package tracking website login password reset change cancel subscription plan upgrade agent human person speak support team sorry issue problem working error message app mobile update confirm details available stock size color store open hours book appointment reservation table room night date month year discount code offer free trial bank transfer credit charged twice money back waiting again already never first second last new old other item items broken damaged wrong missing late customer service café résumé naïve Zürich größe straße garçon señor mañana información über`.split(
    ' ',
  )
const ARABIC =
  'في من على هل أنا طلب الطلب استرداد المبلغ شكرا مرحبا السلام عليكم لم يصل الشحن رقم الهاتف المنتج أريد إلغاء متى العنوان البريد الدفع بطاقة'.split(
    ' ',
  )
const CHINESE =
  '的 我 你 是 了 在 请问 订单 退款 物流 快递 什么 时候 可以 谢谢 您好 客服 人工 地址 电话 号码 付款 取消 商品 发货 收到 没有 问题 帮忙 查询 优惠券'.split(
    ' ',
  )
const ONSETS = 'b c d f g h j k l m n p r s t v w y th sh ch st tr pr br cr gr pl cl fl sp sc qu'.split(' ')
const VOWELS = 'a e i o u a e i o ai ea ou ee oo io'.split(' ')
const CODAS = [
  '',
  '',
  '',
  'n',
  'r',
  's',
  't',
  'l',
  'm',
  'd',
  'ck',
  'nd',
  'nt',
  'st',
  'ng',
  'x',
  'ble',
  'tion',
  'ing',
  'er',
]
const ARABIC_LETTERS = 'ااااالللممنننييييووورررتتتبببدسعهحقفكجشصخذطظغزثءأإةى'
const FIRST_NAMES =
  'Olivia Liam Emma Noah Ava Elijah Sofia Lucas Mia Mateo Amelia Leo Isabella Ethan Chiara Marco Giulia Luca Anna Jan Petra Hans Ingrid Björn Chloé François Zoë José María João Ana Pedro Yuki Hana Wei Li Mei Ravi Priya Omar Fatima Aisha Kwame Zanele Ivan Olga Dmitri Elena Tom Sarah 王伟 李娜 فاطمة محمد'.split(
    ' ',
  )
const LAST_NAMES =
  'Smith Johnson Garcia Müller Rossi Bianchi Schmidt Dubois Moreau Silva Santos Costa Novak Kowalski Ivanov Tanaka Sato Chen Wang Kim Park Patel Sharma Khan Ali Okafor Mensah Nguyen Tran Lopez Martinez Hernandez Brown Davis Wilson Taylor Clark Lewis Walker Hall Young King Wright Scott Green Baker'.split(
    ' ',
  )

export type Language = 'en' | 'ar' | 'zh'
export type Random = () => number

/** Mulberry32: small, quick, the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface Words {
  sentence(language: Language, length: number): string
  name(): string
  letters(length: number, alphabet?: string): string
  digits(length: number): string
}

export function openWords(random: Random): Words {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const letters = (length: number, alphabet = '0123456789abcdefghijkmnpqrstuvwxyz') => {
    let text = ''
    for (let i = 0; i < length; i++) text += alphabet[Math.floor(random() * alphabet.length)]
    return text
  }
  const digits = (length: number) => letters(length, '0123456789')
  const next = {
    en: zipf(
      random,
      vocabulary(COMMON, 40_000, () => latinWord(pick)),
    ),
    ar: zipf(
      random,
      vocabulary(
        ARABIC,
        15_000,
        () => (random() < 0.25 ? 'ال' : '') + letters(2 + Math.floor(random() * 5), ARABIC_LETTERS),
      ),
    ),
    zh: zipf(
      random,
      vocabulary(CHINESE, 20_000, () => chineseWord(random)),
    ),
  }
  /** Order numbers, prices, addresses, signs: what people search for, once in a hundred words. */
  const special = (share: number): string | undefined => {
    if (share < 0.004) return `#${letters(2, 'ABCDEFGH')}${digits(6)}`
    if (share < 0.006) return `€${Math.floor(random() * 500)}.${digits(2)}`
    if (share < 0.007) return `${letters(6)}@mail${Math.floor(random() * 9)}.com`
    if (share < 0.0074) return '100%'
    if (share < 0.0078) return `file_${letters(3)}`
    return share < 0.008 ? '👍' : undefined
  }
  return {
    letters,
    digits,
    name: () => `${pick(FIRST_NAMES)} ${pick(LAST_NAMES)}`,
    sentence(language, length) {
      let text = ''
      for (let i = 0; i < length; i++) {
        const word = special(random()) ?? next[language]()
        if (language === 'zh') text += random() < 0.12 && i > 0 ? `，${word}` : word
        else text += i === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : random() < 0.09 ? `, ${word}` : ` ${word}`
      }
      if (language === 'zh') return `${text}${random() < 0.3 ? '？' : '。'}`
      return `${text}${random() < 0.2 ? '?' : '.'}`
    },
  }
}

function vocabulary(common: readonly string[], size: number, make: () => string): string[] {
  const words = new Set(common)
  while (words.size < size) words.add(make())
  return [...words]
}

const latinWord = (pick: <T>(list: readonly T[]) => T): string => {
  let word = ''
  for (let syllables = pick([1, 2, 2, 2, 3, 3]); syllables > 0; syllables--)
    word += pick(ONSETS) + pick(VOWELS) + pick(CODAS)
  return word
}

function chineseWord(random: Random): string {
  const character = () => String.fromCodePoint(0x4e00 + ((Math.floor(3000 * random() ** 2.5) * 7919) % 20_000))
  const share = random()
  return character() + (share < 0.15 ? '' : character()) + (share < 0.8 ? '' : character())
}

/** Draws by rank, the n-th word 1/n as often as the first; one in seventy by mere chance, so that rare ones come up too. */
function zipf(random: Random, words: string[]): () => string {
  const table = new Array<string>(1 << 16)
  const sums: number[] = []
  let total = 0
  for (let i = 0; i < words.length; i++) {
    total += 1 / (i + 2) ** 1.02
    sums.push(total)
  }
  for (let i = 0, j = 0; i < table.length; i++) {
    while (sums[j]! < ((i + 0.5) / table.length) * total) j++
    table[i] = words[j]!
  }
  return () =>
    random() < 0.985 ? table[Math.floor(random() * table.length)]! : words[Math.floor(random() * words.length)]!
}
