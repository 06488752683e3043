/**
 * Everything that is checked without running the product.
 *
 *   node scripts/check.ts [--json FILE] [--list] [NAME…]     NAME: a part of a check's name, such as "types" or "boundaries"
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Check } from './checks/check.ts'
import { CODE_CHECKS } from './checks/code.ts'
import { GENERATED_CHECKS } from './checks/generated.ts'
import { REPOSITORY_CHECKS } from './checks/repository.ts'

const SHOWN = 60

/** Prints one line a check, and what to put right below those that fail. */
async function runCheck({ name, remedy, run }: Check): Promise<boolean> {
  const began = performance.now()
  const problems = await Promise.resolve(run()).catch((error: unknown) => [
    `The check itself failed: ${error instanceof Error ? error.stack : String(error)}`,
  ])
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${problems.length === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`)
  if (problems.length === 0) return true
  for (const line of problems.slice(0, SHOWN)) process.stdout.write(`    ${line}\n`)
  if (problems.length > SHOWN) process.stdout.write(`    … and ${problems.length - SHOWN} lines more\n`)
  process.stdout.write(`  → ${remedy}\n`)
  return false
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, list: { type: 'boolean' } },
})
const all = [...CODE_CHECKS, ...GENERATED_CHECKS, ...REPOSITORY_CHECKS]
const chosen =
  positionals.length === 0 ? all : all.filter(({ name }) => positionals.some((part) => name.includes(part)))

if (values.list) {
  for (const { name } of chosen) process.stdout.write(`${name}\n`)
} else if (chosen.length === 0) {
  process.stderr.write(`No check is called ${positionals.join(' or ')}; --list shows all.\n`)
  process.exitCode = 1
} else {
  let passed = 0
  for (const check of chosen) if (await runCheck(check)) passed += 1
  const failed = chosen.length - passed
  if (values.json) writeFileSync(values.json, JSON.stringify({ passed, failed }))
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exitCode = failed > 0 ? 1 : 0
}
