/** Samples of replies, macros, follow-ups and notifications. */
import { createECDH } from 'node:crypto'
import { macroNamed, planNamed } from './maker.ts'
import { none, onContact, onConversation, one, type Sample } from './sample.ts'

const TOLD = { screen: true, sound: false, push: false }
const CHOICES = {
  kinds: { handoff: TOLD, offer: TOLD, assigned: TOLD, mention: TOLD, reply: TOLD, sla: TOLD },
  quiet: { on: true, from: '22:00', to: '07:00', timeZone: 'Europe/Helsinki', pastTargetComesThrough: true },
}
/** At an address that is public by its form and given to nobody. */
const pushBrowser = () => ({
  endpoint: `https://[2000::1]/${crypto.randomUUID()}`,
  keys: { p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: 'A'.repeat(22) },
})

const REVIEW_ENGINE = {
  engine: 'embedded',
  provider: 'openai-compatible',
  model: null,
  baseUrl: null,
  inputPricePerMillion: null,
  outputPricePerMillion: null,
  samplePercent: 50,
  delayMinutes: 5,
  channelIds: [],
  agentIds: [],
  minMessages: 4,
  onlyFlagged: false,
  budget: { tokens: 1000, costUsd: null },
}

export const REACH: Record<string, Sample> = {
  'replies.list': none,
  'replies.create': (make) => ({ body: { shortcut: make.key(), title: make.text('title'), body: make.text('reply') } }),
  'replies.change': async (make) => ({ ...one(await make.reply()), body: { title: make.text('title') } }),
  'replies.delete': async (make) => one(await make.reply()),
  'replies.sendAndClose': async (make) => ({
    ...one(await make.takenOver()),
    body: { text: make.text('answer'), clientKey: make.key() },
  }),
  'replies.suggest': onConversation(),
  'macros.list': none,
  'macros.create': (make) => ({ body: macroNamed(make.text('macro')) }),
  'macros.change': async (make) => ({ ...one(await make.macro()), body: { name: make.text('macro') } }),
  'macros.delete': async (make) => one(await make.macro()),
  'macros.run': async (make) => ({
    ...one(await make.conversation()),
    body: { macroId: await make.macro(), clientKey: make.key() },
  }),
  'macros.undo': async (make) => ({ params: await make.macroRun() }),
  'followUps.list': none,
  'followUps.create': (make) => ({ body: planNamed(make.text('plan')) }),
  'followUps.change': async (make) => ({ ...one(await make.plan()), body: planNamed(make.text('plan')) }),
  'followUps.delete': async (make) => one(await make.plan()),
  'followUps.preview': async (make) => one(await make.plan()),
  'followUps.switch': async (make) => ({ ...one(await make.plan()), body: { on: true, previewed: 1000 } }),
  'followUps.listSteps': async (make) => one(await make.plan()),
  'followUps.getConsent': onContact,
  'followUps.setConsent': async (make) => ({ ...(await onContact(make)), body: { optedOut: true } }),
  'followUps.getScheduled': onConversation(),
  'followUps.cancelScheduled': onConversation(),
  'followUps.getSettings': none,
  'followUps.setSettings': () => ({ body: { resumeAfterMinutes: 60 } }),
  'reviewEngine.get': none,
  'reviewEngine.set': () => ({ body: REVIEW_ENGINE }),
  'reviewEngine.test': none,
  'reviewEngine.previewBackfill': () => ({ body: { which: 'outdated' } }),
  'reviewEngine.startBackfill': () => ({ body: { which: 'unreviewed' } }),
  'notifications.list': none,
  'notifications.read': () => ({ body: { all: true } }),
  'notifications.getChoices': none,
  'notifications.setChoices': () => ({ body: CHOICES }),
  'notifications.getPushKey': none,
  'notifications.addBrowser': () => ({ body: pushBrowser() }),
  'notifications.removeBrowser': () => ({ body: { endpoint: pushBrowser().endpoint } }),
  'notifications.testPush': none,
  'notifications.getMailing': none,
  'notifications.testMail': none,
}
