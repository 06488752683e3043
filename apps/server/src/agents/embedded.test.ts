/** The embedded answerer's rules, as tables: what it takes for what, in which language, and what it says then. */
import { describe, expect, test } from 'vitest'
import type { AnswerNote, Said } from './answer.ts'
import { asksForPerson } from './asks-for-person.ts'
import { chooseLanguage, detectContactLanguage } from './contact-language.ts'
import { expandFollowUp, pickChoice } from './follow-up.ts'
import { isAngry } from './negative-tone.ts'
import { LANGUAGES, OWN_WORDS, say } from './own-words.ts'
import { chooseQuote } from './quote.ts'
import { readSmallTalk } from './small-talk.ts'

describe('a person is asked for', () => {
  test.each([
    'I want to talk to a human',
    'Can I speak with a real person please?',
    'agent please',
    'human',
    'connect me to an operator',
    'get me your manager',
    'let me talk to someone from support',
    'is there a real person here?',
    'I would like to speak to customer service',
    'transfer me to a live agent',
    'no more bots!!',
    "I don't want to talk to a bot, give me a human",
    'Ich möchte mit einem Menschen sprechen',
    'Kann ich bitte mit einem Mitarbeiter reden?',
    'Verbinden Sie mich mit jemandem vom Support verbinden',
    'echten Menschen bitte',
    'Mitarbeiter bitte',
    'Je veux parler à un conseiller',
    'Puis-je parler avec quelqu’un du service client ?',
    'un humain svp',
    'Quiero hablar con una persona',
    '¿Puedo hablar con un agente?',
    'agente por favor',
    'Quero falar com um atendente',
    'Posso falar com uma pessoa?',
    'Vorrei parlare con un operatore',
    'operatore per favore',
    'Ik wil graag met een medewerker spreken',
    'Chcę rozmawiać z człowiekiem',
    'Proszę o konsultanta',
    'Хочу поговорить с человеком',
    'Соедините с оператором',
    'оператор',
    'Хочу поговорити з людиною',
    'Müşteri temsilcisiyle görüşmek istiyorum',
    'gerçek bir insan',
    'Jag vill prata med en människa',
    'Jeg vil snakke med et menneske',
    'Haluan puhua ihmisen kanssa',
    'Chci mluvit s člověkem',
    'Vreau să vorbesc cu o persoană',
    'Emberrel szeretnék beszélni',
    'saya mau bicara dengan manusia',
    'Tôi muốn nói chuyện với nhân viên',
    'Θέλω να μιλήσω με άνθρωπο',
    'أريد التحدث مع موظف',
    '我要转人工',
    '人工客服',
    '担当者と話したいです',
    'オペレーターに繋いでください',
    '상담원 연결해 주세요',
    'मुझे इंसान से बात करनी है',
    'ขอคุยกับเจ้าหน้าที่',
    'אני רוצה לדבר עם נציג',
  ])('%s', (text) => expect(asksForPerson(text)).toBe(true))

  test.each([
    'Does a person have to sign for the parcel?',
    'How many people fit in the tent?',
    'Do you sell operator gloves?',
    'I do not want to talk to a person',
    'how do I invite a colleague',
    'is the manager edition cheaper?',
    'are you a human?',
    'What does the agent mode do?',
    'my friend is a representative',
    'hello',
    'Wie viele Personen passen ins Zelt?',
    '返品したい',
    'Можно ли вернуть товар?',
  ])('not by: %s', (text) => expect(asksForPerson(text)).toBe(false))

  test('by the words a workspace chose, as whole words and without regard to accents', () => {
    expect(asksForPerson('we have a Rohrbruch!', ['rohrbrüch'])).toBe(true)
    expect(asksForPerson('Rohrbruchversicherung', ['Rohrbruch'])).toBe(false)
    expect(asksForPerson('紧急情况', ['紧急'])).toBe(true)
  })
})

describe('small talk', () => {
  test.each([
    ['Hi!', 'greeting'],
    ['hello there', 'greeting'],
    ['Guten Tag', 'greeting'],
    ['Bonjour', 'greeting'],
    ['¡Hola!', 'greeting'],
    ['dzień dobry', 'greeting'],
    ['你好', 'greeting'],
    ['こんにちは', 'greeting'],
    ['مرحبا', 'greeting'],
    ['thanks', 'thanks'],
    ['Thank you so much!!', 'thanks'],
    ['ok great, thank you', 'thanks'],
    ['vielen Dank', 'thanks'],
    ['merci beaucoup', 'thanks'],
    ['谢谢', 'thanks'],
    ['that helps, thanks', 'thanks'],
    ['bye', 'goodbye'],
    ['thanks, bye', 'goodbye'],
    ['Wonderful, thank you very much. Goodbye.', 'goodbye'],
    ['Alright, wunderbar, danke', 'thanks'],
    ['Wonderful lamps, do you have them in red?', null],
    ['tschüss', 'goodbye'],
    ["that's all", 'goodbye'],
    ['no thanks', 'goodbye'],
    ['Hi, how are you?', 'how_are_you'],
    ['are you a bot?', 'are_you_ai'],
    ['hi, are you human?', 'are_you_ai'],
    ['bist du ein Roboter?', 'are_you_ai'],
    ['I need help', 'help'],
    ['hello, I have a question', 'help'],
    ['yes please', 'yes'],
    ['Ja gerne', null],
    ['ja', 'yes'],
    ['oui', 'yes'],
    ['no', 'no'],
    ['是的', 'yes'],
    ['hi, what does shipping cost?', null],
    ['thanks, but where is my order?', null],
    ['hi hi my order is late', null],
    ['yes but how', null],
    ['', null],
    ['???', null],
  ])('%s is %s', (text, kind) => expect(readSmallTalk(text)).toBe(kind))
})

describe('tone', () => {
  test.each([
    'This is ridiculous!',
    'You are useless',
    'what a scam',
    'Das ist eine Frechheit',
    "C'est scandaleux",
    'Esto es una estafa',
    'WHERE IS MY DAMN ORDER!!!',
    'безобразие',
    'I am so angry right now',
  ])('angry: %s', (text) => expect(isAngry(text)).toBe(true))
  test.each([
    'How do I file a complaint?',
    'My order is late',
    'I am not sure about this',
    'do you have a lawyer?',
    'ORDER AB1234',
    'OK THANKS',
    'it does not work',
  ])('not angry: %s', (text) => expect(isAngry(text)).toBe(false))
})

describe('language', () => {
  test.each([
    ['Where is my order?', 'en'],
    ['Wann kommt mein Paket an?', 'de'],
    ['Où est mon colis ?', 'fr'],
    ['¿Dónde está mi pedido?', 'es'],
    ['Onde está a minha encomenda?', 'pt'],
    ['Dove si trova il mio pacco?', 'it'],
    ['Waar is mijn pakket?', 'nl'],
    ['Gdzie jest moja paczka?', 'pl'],
    ['12345', undefined],
    ['配送', undefined],
  ])('%s is %s', (text, language) => expect(detectContactLanguage(text)).toBe(language))
  test('what was written before decides when a message says too little', () => {
    expect(chooseLanguage(['ok', 'Wo ist mein Paket?'], ['fr'])).toBe('de')
    expect(chooseLanguage(['ok'], ['xx', 'fr-CA'])).toBe('fr')
    expect(chooseLanguage(['ok'], [])).toBe('en')
  })
  test('every language has every sentence, with its places', () => {
    for (const language of LANGUAGES) {
      for (const [key, english] of Object.entries(OWN_WORDS.en)) {
        const own = OWN_WORDS[language][key as keyof typeof OWN_WORDS.en]
        expect(own.match(/\{\w+\}/g)?.sort() ?? []).toEqual(english.match(/\{\w+\}/g)?.sort() ?? [])
      }
    }
    expect(say('de', 'greeting', { agent: 'Ada', company: 'Farn' })).toBe(
      'Hallo! Ich bin Ada von Farn. Was möchten Sie wissen?',
    )
  })
})

describe('replies to an offered choice', () => {
  const choices = [{ title: 'Battery of the Falcon' }, { title: 'Battery of the Heron' }]
  test.each([
    ['1', 0],
    ['the first one', 0],
    ['first', 0],
    ['2', 1],
    ['the second', 1],
    ['zweite', 1],
    ['heron', 1],
    ['the falcn please', 0],
    ['yes', 0],
    ['the one called Heron I guess', 1],
  ])('%s', (reply, at) => expect(pickChoice(reply, choices)).toBe(choices[at]))
  test.each(['what does shipping cost?', 'battery', 'neither'])('%s chooses none', (reply) =>
    expect(pickChoice(reply, choices)).toBeUndefined(),
  )
})

const said = (author: Said['author'], text: string, note: AnswerNote | null = null): Said => ({
  position: 1,
  author,
  name: null,
  text,
  note,
})

test.each([
  ['and on Sunday?', true],
  ['what about returns', true],
  ['how long does it take to get the whole of it delivered to me there', false],
  ['and if I ordered it yesterday evening after six, what then?', true],
  ['does it float?', true],
])('%s leans on what was asked before: %s', (text, leans) => {
  const history = [
    said('contact', 'When are you open?'),
    said('agent', '…', { kind: 'answer', question: 'When are you open?' }),
  ]
  expect(expandFollowUp(text, history)).toBe(leans ? `When are you open? ${text}` : undefined)
})

describe('quotes', () => {
  const passage = (text: string) => ({ text, language: 'en' })
  const about = (...plain: string[]) => ({ plain, pairs: [] })
  const filler =
    'We have been roasting coffee in the harbour for many years and we enjoy it every single day. Our beans come from eleven countries and from farmers whom we know by name and visit often.'
  test('a short passage is quoted whole', () =>
    expect(chooseQuote(passage('Open daily from 9 to 5.'), about('open'))).toBe('Open daily from 9 to 5.'))
  test('of a long one, the sentence that speaks about it', () => {
    const quote = chooseQuote(
      passage(`${filler} The grinder has a warranty of two years. ${filler} ${filler}`),
      about('warranty', 'grinder'),
    )
    expect(quote.startsWith('The grinder has a warranty of two years.')).toBe(true)
  })
  test('a list with the sentence that announces it', () => {
    const list = 'To return something:\n1. Ask for a label.\n2. Pack the device.\n3. Bring it to the post office.'
    expect(chooseQuote(passage(`${filler}\n\n${list}\n\n${filler}`), about('label'))).toBe(list)
  })
  test('what says how long, when it is asked how long', () => {
    const text = `${filler} Delivery costs 3.50. ${filler} Delivery takes three working days. ${filler}`
    expect(chooseQuote(passage(text), about('delivery'), 'how long does delivery take')).toContain('three working days')
    expect(chooseQuote(passage(text), about('delivery'), 'how much is delivery')).toContain('3.50')
  })
})
