/** Tone and emotions, in the languages a small company meets, and what must not be mistaken for a feeling. */
import { describe, expect, test } from 'vitest'
import { scoreMessage } from './emotions/score-message.ts'
import { analyze, type Line } from './test/chat.ts'

describe('a message', () => {
  test.each([
    ['en', 'Great, thank you so much, this is wonderful!', 1],
    ['en', 'This is ridiculous, I am really angry.', -1],
    ['en', 'I am not happy with this.', -1],
    ['en', 'My order number is 48213.', 0],
    ['en', 'Thanks 😊', 1],
    ['de', 'Vielen Dank, das ist super!', 1],
    ['de', 'Das ist eine Frechheit, ich bin sehr enttäuscht.', -1],
    ['es', 'Muchas gracias, es perfecto', 1],
    ['es', 'Esto es una vergüenza, estoy muy enfadado', -1],
    ['fr', 'Merci beaucoup, c’est parfait', 1],
    ['fr', 'Je suis très déçu, c’est inadmissible', -1],
    ['pt', 'Muito obrigada, ficou ótimo', 1],
    ['pt', 'Péssimo atendimento, um absurdo', -1],
    ['it', 'Grazie mille, perfetto', 1],
    ['it', 'Sono molto deluso, è una vergogna', -1],
    ['nl', 'Hartelijk bedankt, geweldig', 1],
    ['nl', 'Schandalig, ik ben heel teleurgesteld', -1],
    ['pl', 'Dziękuję, świetnie', 1],
    ['pl', 'To skandal, jestem wściekły', -1],
    ['ru', 'Спасибо, отлично', 1],
    ['ru', 'Это безобразие, я очень недоволен', -1],
    ['uk', 'Дякую, чудово', 1],
    ['uk', 'Це жахливо, я обурений', -1],
    ['tr', 'Teşekkürler, harika', 1],
    ['tr', 'Rezalet, çok kötü', -1],
    ['ar', 'شكرا، رائع جدا', 1],
    ['ar', 'خدمة سيئة، هذا نصب', -1],
    ['zh', '谢谢，太好了', 1],
    ['zh', '太差了，我很失望', -1],
    ['zh', '麻烦您帮我查一下地址', 0],
    ['ja', 'ありがとうございます、助かりました', 1],
    ['ja', '最悪です、まだ届いていません', -1],
  ])('%s: %s', (language, text, sign) => {
    const { polarity } = scoreMessage(text, language)
    expect(Math.abs(polarity) <= 0.2 ? 0 : Math.sign(polarity)).toBe(sign)
  })

  test('names GoEmotions by weight', () => {
    expect(scoreMessage('Thank you, I am so happy and excited!', 'en').emotions.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['gratitude', 'joy', 'excitement']),
    )
  })
})

describe('a conversation', () => {
  const reply: Line = ['a', 'The parcel is in Berlin.']
  test.each<[string, Line[], string, string]>([
    [
      'ends angry',
      [
        ['c', 'Hello, and thank you for the help last time.'],
        reply,
        ['c', 'Where is it?'],
        reply,
        ['c', 'I am furious, this is a terrible service.'],
      ],
      'negative',
      'down',
    ],
    [
      'calms down',
      [
        ['c', 'I am furious, this is a terrible service.'],
        reply,
        ['c', 'I see.'],
        reply,
        ['c', 'Thank you, that is wonderful, perfect.'],
      ],
      'positive',
      'up',
    ],
    [
      'plain',
      [['c', 'Where is the parcel with number 48213?'], reply, ['c', 'And the other one?'], reply],
      'neutral',
      'flat',
    ],
  ])('%s', (_, lines, tone, direction) => {
    const { sentiment } = analyze(lines)
    expect({ tone: sentiment.tone.value, direction: sentiment.direction }).toEqual({ tone, direction })
  })

  test('shows at most three emotions, all above a tenth, and keeps every message', () => {
    const { sentiment } = analyze([
      ['c', 'Thank you, I love it, wow, I am happy, excited, proud and relieved!'],
      reply,
      ['c', 'Hello'],
    ])
    expect(sentiment.emotions).toHaveLength(3)
    expect(sentiment.emotions.every(({ score }) => score > 0.1)).toBe(true)
    expect(Object.keys(sentiment.perMessage)).toEqual(['1', '3'])
  })

  test('without a word list it says that it hardly knows', () => {
    expect(analyze([['c', 'สวัสดีครับ ผมต้องการทราบราคา'], reply]).sentiment.tone.confidence).toBeLessThanOrEqual(0.2)
  })
})
