/** The dependency rule of docs/architecture.md, executable: who may import whom. */

/** One import: `from` and `to` are paths from the repository's root; a package of npm is `npm:name`. */
export interface Import {
  from: string
  to: string
  /** A whole `import type` or `export type`: nothing of it is left at run time. */
  typeOnly: boolean
  line: number
}

export interface Rule {
  name: string
  /** What the reader of a failure should do. */
  instead: string
  forbids(edge: Import): boolean
}

/** Slices in stream order: a slice may import the slices before it, never one after it. ADR 0003 says why this order. */
export const STREAM = [
  'team',
  'hours',
  'jobs',
  'contacts',
  'files',
  'conversations',
  'views',
  'audio',
  'visits',
  'channels',
  'knowledge',
  'agents',
  'queue',
  'replies',
  'reviews',
  'calls',
  'followups',
  'notifications',
  'alerts',
  'insights',
  'exports',
  'deletions',
  'imports',
  'ingest',
  'webhooks',
  'realtime',
  'demo',
]

const SERVER = 'apps/server/src/'

/** Tests may look inside what they test, and across slices. */
export const isTest = (path: string): boolean =>
  /\.(test|fixture)\.tsx?$|\/src\/test\/|\/fixtures\//.test(path) || path.startsWith('e2e/')

const isTool = (path: string): boolean => /^(bench|eval|training|scripts|e2e|bin)\//.test(path)

/** The folder of the server a file lies in; files beside the folders are the composition. */
export function placeOf(path: string): string | null {
  if (!path.startsWith(SERVER)) return null
  const rest = path.slice(SERVER.length)
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : 'composition'
}

const isSlice = (place: string | null): place is string => place !== null && STREAM.includes(place)

const isUnder = (path: string, ...folders: string[]): boolean => folders.some((folder) => path.startsWith(folder))

const KNOWN_PLACES = [...STREAM, 'platform', 'test', 'cli', 'composition']

export const RULES: Rule[] = [
  {
    name: 'contracts-know-nobody',
    instead: 'contracts import zod and nothing of ours; move what they need into packages/contracts.',
    forbids: ({ from, to }) =>
      isUnder(from, 'packages/contracts/') &&
      !isTest(from) &&
      !isUnder(to, 'packages/contracts/', 'npm:zod', 'npm:node:'),
  },
  {
    name: 'analysis-knows-contracts-only',
    instead:
      'the analyser does no I/O but reading the models that ship with it, and knows only the contracts; hand it what it needs.',
    forbids: ({ from, to }) =>
      isUnder(from, 'packages/analysis/') &&
      !isTest(from) &&
      (isUnder(to, 'apps/', 'packages/client/', 'packages/widget/') ||
        (/^npm:node:(fs|net|http|child_process)/.test(to) && from !== 'packages/analysis/src/model/load-model.ts')),
  },
  {
    name: 'voice-knows-nobody',
    instead: 'packages/voice is what hub, edge, server and browsers agree on: zod and nothing of ours, and no Node.',
    forbids: ({ from, to }) =>
      isUnder(from, 'packages/voice/') && !isTest(from) && !isUnder(to, 'packages/voice/', 'npm:zod'),
  },
  {
    name: 'hub-and-edge-stand-alone',
    instead:
      'the hub and the SIP edge are processes of their own: they import packages/voice, and are spoken to by HTTP and sockets.',
    forbids: ({ from, to }) =>
      !isTest(from) &&
      !isTool(from) &&
      ((isUnder(from, 'apps/hub/') &&
        isUnder(to, 'apps/', 'packages/') &&
        !isUnder(to, 'apps/hub/', 'packages/voice/')) ||
        (isUnder(from, 'apps/edge/') &&
          isUnder(to, 'apps/', 'packages/') &&
          !isUnder(to, 'apps/edge/', 'packages/voice/')) ||
        (isUnder(to, 'apps/hub/', 'apps/edge/') && !isUnder(from, 'apps/hub/', 'apps/edge/'))),
  },
  {
    name: 'client-takes-types-only',
    instead: 'write `import type { … }`: the client and the widget carry no zod.',
    forbids: ({ from, to, typeOnly }) =>
      isUnder(from, 'packages/client/src/', 'packages/widget/src/') &&
      !isTest(from) &&
      (isUnder(to, 'packages/contracts/') || to === 'npm:zod') &&
      !typeOnly,
  },
  {
    name: 'nobody-imports-the-server',
    instead: 'go through HTTP and packages/contracts; only tools (bench, scripts, e2e) may look inside the server.',
    forbids: ({ from, to }) => isUnder(to, 'apps/server/') && !isUnder(from, 'apps/server/') && !isTool(from),
  },
  {
    name: 'nobody-imports-the-web',
    instead: 'move what both need into a package.',
    forbids: ({ from, to }) => isUnder(to, 'apps/web/') && !isUnder(from, 'apps/web/', 'e2e/'),
  },
  {
    name: 'widget-is-a-leaf',
    instead: 'the widget is built for strangers’ pages; move what both need into packages/client.',
    forbids: ({ from, to }) => isUnder(to, 'packages/widget/') && !isUnder(from, 'packages/widget/') && !isTool(from),
  },
  {
    name: 'product-imports-no-tools',
    instead: 'tools use the product, never the other way round; move the code into the product.',
    forbids: ({ from, to }) => isUnder(from, 'apps/', 'packages/') && !isTest(from) && isTool(to),
  },
  {
    name: 'ui-knows-no-product',
    instead: 'apps/web/src/ui is the design system; pass the product’s words in as props.',
    forbids: ({ from, to }) =>
      isUnder(from, 'apps/web/src/ui/') && isUnder(to, 'apps/', 'packages/') && !isUnder(to, 'apps/web/src/ui/'),
  },
  {
    name: 'no-unknown-place',
    instead: 'add the slice to STREAM in scripts/boundaries/rules.ts, at its place in the stream, and to ADR 0003.',
    forbids: ({ from }) => {
      const place = placeOf(from)
      return place !== null && !KNOWN_PLACES.includes(place)
    },
  },
  {
    name: 'platform-knows-no-slice',
    instead: 'platform could be another product’s; move the code into the slice, or hand it in.',
    forbids: ({ from, to }) =>
      placeOf(from) === 'platform' && !isTest(from) && placeOf(to) !== null && placeOf(to) !== 'platform',
  },
  {
    name: 'slices-flow-downstream',
    instead: 'a slice imports slices before it in the stream; what comes after learns by following the feed.',
    forbids: ({ from, to }) => {
      const [ours, theirs] = [placeOf(from), placeOf(to)]
      return !isTest(from) && isSlice(ours) && isSlice(theirs) && STREAM.indexOf(ours) < STREAM.indexOf(theirs)
    },
  },
  {
    name: 'slices-by-their-door',
    instead: 'import the other slice’s index.ts, and export there what others may use.',
    forbids: ({ from, to }) => {
      const theirs = placeOf(to)
      if (isTest(from) || isTool(from) || !isSlice(theirs) || placeOf(from) === theirs) return false
      return !/\/index\.ts$/.test(to)
    },
  },
  {
    name: 'slices-know-no-composition',
    instead: 'only app.ts, services.ts, serve.ts, main.ts and cli/ know every slice; take settings as arguments.',
    forbids: ({ from, to }) =>
      isSlice(placeOf(from)) && !isTest(from) && ['composition', 'cli'].includes(placeOf(to) ?? ''),
  },
  {
    name: 'sql-stays-in-queries',
    instead: 'move the statement into a queries*.ts of the slice.',
    forbids: ({ from, to, typeOnly }) =>
      isSlice(placeOf(from)) &&
      !isTest(from) &&
      !/\/queries[^/]*\.ts$/.test(from) &&
      (to === 'npm:kysely' || to === 'npm:pg') &&
      !typeOnly,
  },
]
