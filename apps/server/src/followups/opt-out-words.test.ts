/** A contact who says stop, in their words, and who only speaks of stopping. */
import { expect, test } from 'vitest'
import { saysStop } from './opt-out-words.ts'

test('a contact who wants no more is understood in many languages', () => {
  for (const words of [
    'STOP',
    'stop please',
    'Unsubscribe.',
    'Please stop writing to me!',
    'Abmelden',
    'Bitte abbestellen',
    'Ne m’écrivez plus',
    'baja',
    'No me escriban más',
    'don’t contact me anymore',
    '退订',
  ])
    expect(saysStop(words), words).toBe(true)
})

test('who speaks of stopping something else is not', () => {
  for (const words of [
    'Where does bus 4 stop?',
    'The machine stops after a minute',
    'Can I cancel my order?',
    'stop the subscription of my sister from renewing',
    'I cannot unsubscribe my old phone',
    'Der Zug stoppt nicht',
  ])
    expect(saysStop(words), words).toBe(false)
})
