/** What callers of the demo say: their words are known, since nobody recognises them. Written for the articles of the demo's shop. */

export interface CallScript {
  name: string
  /** From a range that belongs to nobody. */
  number: string
  /** A timbre of the offline voice, and how fast they speak. */
  voice: string
  speed: number
  lines: string[]
  /** Asks for a person, and waits in the queue. */
  waits?: true
}

export const SCRIPTS: CallScript[] = [
  {
    name: 'Greta Lindholm',
    number: '+12025550143',
    voice: 'f1',
    speed: 1,
    lines: [
      'Hello, good morning. How long does delivery take?',
      'I see. And what does it cost?',
      'Can I dim the lamp with any bulb?',
      'Wonderful, thank you very much. Goodbye.',
    ],
  },
  {
    name: 'Oscar Whitfield',
    number: '+12025550178',
    voice: 'm3',
    speed: 1.15,
    waits: true,
    lines: [
      'My arc lamp arrived broken, and this is the second time. This is really annoying!',
      'How do I return it?',
      'No, that does not help me. I want to talk to a human please.',
    ],
  },
  {
    name: 'Mei Tanaka',
    number: '+12025550112',
    voice: 'f4',
    speed: 1.05,
    lines: [
      'Hi, I would like to know which bulb fits my lamp.',
      'How do I mount a ceiling lamp?',
      'Can I send it back if I do not like it?',
      'Perfect, that was very helpful. Thanks, bye!',
    ],
  },
  {
    name: 'Dietmar Voss',
    number: '+12025550190',
    voice: 'm1',
    speed: 0.95,
    lines: [
      'Good afternoon. Which ways of paying do you offer?',
      'Do you deliver to other countries?',
      'Where is the serial number of the copper chandelier from nineteen sixty two?',
      'Never mind. How long do I have to return something?',
      'Alright. Thank you, goodbye.',
    ],
  },
  {
    name: 'Paloma Reyes',
    number: '+12025550165',
    voice: 'f3',
    speed: 1.2,
    waits: true,
    lines: [
      'Hello? My order has still not come, and nobody answers my mails. I am very disappointed.',
      'How long does delivery take?',
      'That is over long ago! Please let me speak to a person.',
    ],
  },
]
