/**
 * Begins a slice of the server: the files that every slice has, with the sentences they open with.
 *
 *   npm run new:slice visitors "who is on the customer's pages, and what they saw"
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STREAM } from './boundaries/rules.ts'
import { ROOT } from './checks/files.ts'

const filesOf = (slice: string, what: string): Record<string, string> => ({
  'index.ts': `/** The door of \`${slice}\`: ${what}. What other slices may use. */\nexport { ${camel(slice)}Routes } from './routes.ts'\n`,
  'access.ts': `/** The only way to a row of \`${slice}\` on someone's behalf. */\n`,
  'queries.ts': `/** SQL of \`${slice}\`. */\n`,
  'view.ts': `/** Rows of \`${slice}\` as the contracts show them. */\n`,
  'routes.ts': `/** HTTP edge of \`${slice}\`: one line an endpoint. */
import type { Bind } from '../platform/bind.ts'

export function ${camel(slice)}Routes(_bind: Bind): void {}
`,
})

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const [slice = '', what = ''] = process.argv.slice(2)
const folder = `apps/server/src/${slice}`
if (!STREAM.includes(slice) || what === '') {
  process.stderr.write(
    `Say which slice and what it is about: npm run new:slice visitors "who is on the customer's pages".\n` +
      `A slice stands in the stream first: add it to STREAM in scripts/boundaries/rules.ts. There are ${STREAM.join(', ')}.\n`,
  )
  process.exitCode = 1
} else if (existsSync(join(ROOT, folder))) {
  process.stderr.write(`${folder} is there already.\n`)
  process.exitCode = 1
} else {
  mkdirSync(join(ROOT, folder))
  for (const [name, text] of Object.entries(filesOf(slice, what))) writeFileSync(join(ROOT, folder, name), text)
  process.stdout.write(
    `${folder}\nNext: describe endpoints in packages/contracts/src/${slice}.ts, bind them in routes.ts, and call ${camel(slice)}Routes in apps/server/src/app.ts.\n`,
  )
}
