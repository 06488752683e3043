/** Who asks for a person, in the words people use. */
import { expect, test } from 'vitest'
import { asksForHuman } from './asked-for-human.ts'

test.each([
  'Can I talk to a real person please?',
  'einen echten Menschen bitte',
  'Dann geben Sie mir bitte einen Mitarbeiter',
  'Verbinden Sie mich mit jemandem',
  'Kann ich mit einem Mitarbeiter sprechen?',
  'Una persona real, por favor',
  'Páseme con alguien',
  'Quiero hablar con una persona',
  "Une vraie personne s'il vous plaît",
  'Passez-moi quelqu’un',
  'Uma pessoa de verdade, por favor',
  'Quero falar com um atendente',
  'Un operatore umano, per favore',
  'Vorrei parlare con una persona',
  'Een echt mens graag',
])('%s', (text) => expect(asksForHuman(text)).toBe(true))

test.each([
  'Is the person at the desk there on Sundays?',
  'Der Mitarbeiter war sehr freundlich',
  'Die Lieferung geht an eine andere Person',
  'La persona que vino ayer fue muy amable',
  'Une personne de plus vient avec nous',
  'É um quarto para uma pessoa',
  'Una camera per una persona',
])('not: %s', (text) => expect(asksForHuman(text)).toBe(false))
