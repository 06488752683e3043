/**
 * Tells by its exit code whether node_modules already holds what package-lock.json asks for, so that a tree somebody installed by
 * hand is not installed again. Runs on the machine's own Node (20 or newer), before Node 24 is there.
 *
 *   node scripts/ensure-installed.mjs REPOSITORY
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const read = (file) => JSON.parse(readFileSync(join(process.argv[2], file), 'utf8')).packages

function isComplete() {
  const wanted = Object.entries(read('package-lock.json')).filter(([path]) => path.includes('node_modules/'))
  const installed = read('node_modules/.package-lock.json')
  return wanted.every(([path, { version, optional, devOptional, peer }]) => {
    const found = installed[path]
    return found ? found.version === version : Boolean(optional || devOptional || peer)
  })
}

try {
  process.exitCode = isComplete() ? 0 : 1
} catch {
  process.exitCode = 1 // one of the two files is missing or unreadable
}
