/** Samples of lines, the rules for calls, and whom calls may be transferred to. */
import type { Make } from './maker.ts'
import { none, one, type Sample } from './sample.ts'

const lineNamed = (name: string) => ({
  kind: 'sip',
  name,
  trunk: { host: 'sip.example.com', user: 'earshot' },
  password: 'open-sesame',
})
const contactNamed = (name: string) => ({ name, address: 'sip:desk@pbx.example.com' })
const SETTINGS = {
  record: true,
  announcement: 'This call is recorded.',
  listeningNotice: '',
  countries: ['DE'],
  transfersPerDay: 20,
  queueAfterSeconds: 60,
  queueThen: 'agent',
  maxMinutes: 60,
  recordingDays: 90,
}
const SPEECH = {
  recogniser: { provider: 'none', model: null, pricePerMinute: null },
  synthesizer: { provider: 'espeak', model: null, voice: null, pricePerThousand: null },
  deepgram: { baseUrl: null },
  openai: { baseUrl: null },
}
const line = async (make: Make) => (await make.post('/api/v1/voice/lines', lineNamed(make.text('line')))).id
const contact = async (make: Make) => (await make.post('/api/v1/voice/contacts', contactNamed(make.text('person')))).id

export const VOICE: Record<string, Sample> = {
  'voice.listLines': none,
  'voice.createLine': (make) => ({ body: lineNamed(make.text('line')) }),
  'voice.changeLine': async (make) => ({ ...one(await line(make)), body: lineNamed(make.text('line')) }),
  'voice.deleteLine': async (make) => one(await line(make)),
  'voice.testLine': async (make) => one(await line(make)),
  'voice.getSettings': none,
  'voice.setSettings': (make) => ({ body: { ...SETTINGS, announcement: make.text('announcement') } }),
  'voice.getSpeech': none,
  'voice.setSpeech': (make) => ({
    body: { ...SPEECH, recogniser: { ...SPEECH.recogniser, model: make.text('model') } },
  }),
  'voice.testSpeech': none,
  'voice.say': () => ({ body: { text: 'Hello.' } }),
  'voice.listContacts': none,
  'voice.createContact': (make) => ({ body: contactNamed(make.text('person')) }),
  'voice.changeContact': async (make) => ({ ...one(await contact(make)), body: contactNamed(make.text('person')) }),
  'voice.deleteContact': async (make) => one(await contact(make)),
  'voice.getOwnPhone': none,
  'voice.setOwnPhone': () => ({ body: { number: null } }),
}
