/**
 * Begins a migration: an empty file with today's stamp and the header that reviewers ask for.
 *
 *   npm run new:migration what_it_does
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './checks/files.ts'

const FOLDER = 'apps/server/migrations'

const HEADER = `-- why:   
-- locks: none (new tables)
-- breaks older nodes: no

-- A table of a workspace leads with workspace_id, in its primary key and in every foreign key, and ends with:
-- select earshot.isolate('name_of_table');
`

function nextStamp(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').slice(0, 13)
  const last = readdirSync(join(ROOT, FOLDER)).sort().at(-1)?.slice(0, 13) ?? ''
  // Migrations run in the order of their names: never before one that others have run already.
  if (stamp > last) return stamp
  return `${last.slice(0, 9)}${String(Number(last.slice(9)) + 1).padStart(4, '0')}`
}

const what = process.argv[2] ?? ''
if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(what)) {
  process.stderr.write('Say what it does, in small letters: npm run new:migration visits_and_pages\n')
  process.exitCode = 1
} else {
  const path = `${FOLDER}/${nextStamp(new Date())}_${what}.sql`
  if (existsSync(join(ROOT, path))) throw new Error(`${path} is there already.`)
  writeFileSync(join(ROOT, path), HEADER)
  process.stdout.write(`${path}\nWrite it, then: npm run generate\n`)
}
