/** Violations planted on purpose: each must be caught by its rule, or the check itself is broken. Nothing of this exists on disk. */
import type { Source } from './read-imports.ts'

export interface Planted {
  rule: string
  sources: Source[]
}

const file = (path: string, text: string): Source => ({ path, text })

/** What the planted imports lead to. */
const TARGETS = [
  'packages/contracts/src/index.ts',
  'packages/client/src/index.ts',
  'packages/widget/src/words.ts',
  'apps/web/src/app/shell.ts',
  'apps/server/src/config.ts',
  'apps/server/src/team/index.ts',
  'apps/server/src/team/inside.ts',
  'apps/server/src/agents/index.ts',
  'scripts/tool.ts',
].map((path) => file(path, 'export const a = 1\n'))

const plant = (rule: string, path: string, text: string): Planted => ({ rule, sources: [...TARGETS, file(path, text)] })

export const PLANTED: Planted[] = [
  plant('contracts-know-nobody', 'packages/contracts/src/x.ts', `import { a } from '@earshot/client'`),
  plant('analysis-knows-contracts-only', 'packages/analysis/src/x.ts', `import { readFile } from 'node:fs'`),
  plant('voice-knows-nobody', 'packages/voice/src/x.ts', `import { readFile } from 'node:fs'`),
  plant('hub-and-edge-stand-alone', 'apps/hub/src/x.ts', `import { a } from '@earshot/contracts'`),
  plant('client-takes-types-only', 'packages/client/src/x.ts', `import { type A } from '@earshot/contracts'`),
  plant('client-takes-types-only', 'packages/widget/src/x.tsx', `export { a } from '@earshot/contracts'`),
  plant(
    'nobody-imports-the-server',
    'apps/web/src/x.tsx',
    `export const X = <T,>(a: T) => <p>{import('../../server/src/config.ts')}</p>`,
  ),
  plant(
    'nobody-imports-the-web',
    'packages/client/src/x.ts',
    `import type { a } from '../../../apps/web/src/app/shell.ts'`,
  ),
  plant('widget-is-a-leaf', 'apps/web/src/x.ts', `export * from '../../../packages/widget/src/words.ts'`),
  plant('product-imports-no-tools', 'apps/server/src/team/x.ts', `import { a } from '../../../../scripts/tool.ts'`),
  plant('ui-knows-no-product', 'apps/web/src/ui/Button.tsx', `import type { A } from '@earshot/contracts'`),
  plant('no-unknown-place', 'apps/server/src/helpers/x.ts', `import 'node:fs'`),
  plant('platform-knows-no-slice', 'apps/server/src/platform/x.ts', `import type { a } from '../team/index.ts'`),
  plant('slices-flow-downstream', 'apps/server/src/contacts/x.ts', `import { a } from '../agents/index.ts'`),
  plant('slices-flow-downstream', 'apps/server/src/contacts/x.ts', `let a: import('../agents/index.ts').A`),
  plant('slices-by-their-door', 'apps/server/src/contacts/x.ts', `import { a } from '../team/inside.ts'`),
  plant('slices-know-no-composition', 'apps/server/src/contacts/x.ts', `import { a } from '../config.ts'`),
  plant('sql-stays-in-queries', 'apps/server/src/contacts/x.ts', `import { sql } from 'kysely'`),
  {
    rule: 'no-cycles',
    sources: [
      file('apps/web/src/a.ts', `import type { B } from './b.ts'`),
      file('apps/web/src/b.ts', `export { C } from './c.ts'`),
      file('apps/web/src/c.ts', `await import('./a.ts')`),
    ],
  },
  { rule: 'no-missing-files', sources: [file('apps/web/src/a.ts', `import './gone.ts'`)] },
]
