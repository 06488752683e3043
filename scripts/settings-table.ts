/**
 * Writes docs/settings.md from the table in apps/server/src/config.ts.
 *
 *   node scripts/settings-table.ts [--check]     --check: only say whether the page is stale, by the exit code
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { settings } from '../apps/server/src/config.ts'
import type { Setting } from '../apps/server/src/setting.ts'

const PAGE = fileURLToPath(new URL('../docs/settings.md', import.meta.url))

const HEAD = `# Settings

Made from \`apps/server/src/config.ts\` by \`scripts/settings-table.ts\`; do not edit.

Settings are environment variables. They are read once, at the start, and checked: a wrong value or an \`EARSHOT_\` name that does
not exist stops the start with one sentence. An empty variable counts as absent. Options of \`bin/start\` win over variables.

| Setting | Value | Without it | What it does |
|---|---|---|---|
`

export function writeTable(): string {
  const rows: Setting<unknown>[] = Object.values(settings)
  return HEAD + rows.map(writeRow).join('')
}

function writeRow({ name, option, expects, default: value, otherwise, about, isSecret }: Setting<unknown>): string {
  const names = [`\`${name}\``, ...(option ? [`\`--${option}\``] : [])].join('<br>')
  const without = otherwise ?? (value === undefined ? '–' : `\`${value}\``)
  return `| ${names} | ${expects}${isSecret ? ' (secret)' : ''} | ${without} | ${about} |\n`
}

function main(check: boolean): number {
  if (!check) {
    writeFileSync(PAGE, writeTable())
    return 0
  }
  if (readFileSync(PAGE, 'utf8') === writeTable()) return 0
  process.stderr.write('docs/settings.md is stale: run scripts/settings-table.ts\n')
  return 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.includes('--check'))
