/** What a contact of the demo did on the website before and while they wrote: drawn from the conversation's own name, so always the same. */
import { createHash } from 'node:crypto'
import type { TriggerGiven, TriggerRule } from '@earshot/contracts'
import type { Tx } from '../platform/db.ts'
import { type PastVisit, storePastVisit } from '../visits/index.ts'
import { type Chance, chanceOf } from './random.ts'
import type { Scene } from './scene.ts'

/** The rules of the demo's website; they are edited in Settings like any other. */
export const RULES: TriggerGiven[] = [
  {
    name: 'Second look at the plans',
    enabled: true,
    conditions: [
      { on: 'event', name: 'plan_compared', atLeast: 2 },
      { on: 'page', op: 'startsWith', value: '/plans' },
      { on: 'chat', open: false },
    ],
    action: { do: 'message', text: 'Shall I compare the plans for you? It takes a minute.' },
    keep: ['plan', 'price'],
    tags: [{ key: 'interest', value: 'plans' }],
    webhook: null,
    perVisit: 1,
    waitDays: 7,
  },
  {
    name: 'Call me back',
    enabled: true,
    conditions: [{ on: 'exit' }, { on: 'time', seconds: 20 }, { on: 'device', device: 'desktop' }],
    action: {
      do: 'form',
      title: 'Shall we call you?',
      text: 'Leave your number, we call within the hour.',
      fields: [
        { key: 'phone', label: 'Phone', type: 'tel', required: true },
        { key: 'topic', label: 'What is it about?', type: 'text', required: false },
      ],
      button: 'Call me',
      thanks: 'Thank you, we call soon.',
    },
    keep: [],
    tags: [{ key: 'callback', value: '' }],
    webhook: null,
    perVisit: 1,
    waitDays: 30,
  },
  {
    name: 'Spring letter',
    enabled: false,
    conditions: [{ on: 'utm', field: 'campaign', op: 'is', value: 'spring-letter' }],
    action: { do: 'toast', text: 'Welcome! Your letter’s code is SPRING10.' },
    keep: [],
    tags: [],
    webhook: null,
    perVisit: 1,
    waitDays: 0,
  },
]

const SITE = 'https://www.example.com'
const PAGES = [
  ['/', 'Welcome'],
  ['/plans', 'Plans and prices'],
  ['/plans/family', 'The family plan, with everything that is in it'],
  ['/help', 'Help'],
  ['/help/orders', 'Where is my order?'],
  ['/contact', 'Contact us'],
  ['/account', 'Your account'],
] as const
const BROWSERS = [
  ['desktop', 'Chrome 142', 'Windows'],
  ['desktop', 'Firefox 145', 'Linux'],
  ['desktop', 'Safari 26.1', 'macOS'],
  ['desktop', 'Edge 142', 'Windows'],
  ['mobile', 'Safari 26.1', 'iOS 26.1'],
  ['mobile', 'Chrome 142', 'Android 16'],
  ['tablet', 'Safari 26.1', 'iOS 26.1'],
] as const
const CAME = [
  ['', undefined],
  ['', 'https://www.google.com/'],
  ['', 'https://www.bing.com/'],
  ['', 'https://chatgpt.com/'],
  ['?utm_source=newsletter&utm_medium=email&utm_campaign=november', undefined],
  ['?utm_source=letter&utm_medium=print&utm_campaign=spring-letter', undefined],
] as const
const COUNTRIES = ['GB', 'US', 'DE', 'FI', 'IE', 'NL', 'ES'] as const

interface Where {
  workspaceId: string
  channelId: string
  contactId: string
  conversationId: string
  rules: readonly TriggerRule[]
}

/** Only conversations of the website have one, and of these most: some visitors did not agree. */
export async function storeVisit(tx: Tx, scene: Scene, { workspaceId, rules, ...where }: Where): Promise<void> {
  if (scene.channel !== 'widget' && scene.channel !== 'web') return
  const chance = chanceOf(`visit ${scene.externalId}`)
  if (chance.next() < 0.2) return
  const [device, browser, os] = chance.pick(BROWSERS)
  const [query, referrer] = chance.pick(CAME)
  const pages = walk(scene, chance, query)
  await storePastVisit(tx, workspaceId, {
    ...where,
    visitor: createHash('sha256').update(`demo visitor ${scene.contact.key} ${scene.externalId}`).digest(),
    device,
    browser,
    os,
    country: chance.pick(COUNTRIES),
    city: null,
    referrer,
    pages,
    events: actsOn(pages, chance),
    firings: firingsOn(pages, chance, rules, scene),
  })
}

/** The last page is where the chat was opened. */
function walk(scene: Scene, chance: Chance, query: string): PastVisit['pages'] {
  const count = chance.whole(1, 5)
  const times = Array.from({ length: count }, () => chance.whole(8000, 190_000))
  let at = scene.startedAt.getTime() - times.slice(0, -1).reduce((sum, ms) => sum + ms, 0) - 20_000
  return times.map((visibleMs, index) => {
    const [path, title] = index === 0 ? PAGES[0] : chance.pick(PAGES.slice(1))
    const page = {
      url: SITE + path + (index === 0 ? query : ''),
      title,
      at: new Date(at),
      visibleMs: Math.round(visibleMs * 0.9),
      scroll: chance.whole(15, 100),
    }
    at += visibleMs
    return page
  })
}

function actsOn(pages: PastVisit['pages'], chance: Chance): PastVisit['events'] {
  const kinds = [
    { kind: 'click', name: 'Compare plans', data: {} },
    { kind: 'custom', name: 'plan_compared', data: { plan: 'family', price: 24 } },
    { kind: 'form', name: 'newsletter', data: { fields: ['email', 'language'] } },
    { kind: 'click', name: 'Opening hours', data: {} },
  ] as const
  return pages.flatMap(({ at, visibleMs }, page) => {
    if (chance.next() < 0.35) return []
    const { data, ...what } = chance.pick(kinds)
    return [
      {
        ...what,
        data: { ...data } as PastVisit['events'][number]['data'],
        page,
        at: new Date(at.getTime() + visibleMs / 2),
      },
    ]
  })
}

function firingsOn(
  pages: PastVisit['pages'],
  chance: Chance,
  rules: readonly TriggerRule[],
  scene: Scene,
): PastVisit['firings'] {
  const page = pages.at(-1)!
  const rule = chance.next() < 0.45 ? rules[chance.whole(0, Math.min(1, rules.length - 1))] : undefined
  if (!rule) return []
  const { id, name, version, action } = rule
  const path = new URL(page.url).pathname
  const isForm = action.do === 'form'
  return [
    {
      rule: { id, name, version, action: action.do },
      outcome: isForm ? 'submitted' : 'accepted',
      at: new Date(page.at.getTime() + page.visibleMs / 3),
      data: isForm
        ? { page: path, fields: { phone: scene.contact.phone ?? '+44 20 7946 0991', topic: 'A question' } }
        : { page: path, plan: 'family', price: 24 },
    },
  ]
}
