/** The data folder: made, tried, and the place of the secret that Earshot makes for itself. */
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode, Refusal, systemReason } from './refusal.ts'

/** Makes the folder when it is missing and proves by writing that it can be written. */
export function prepareDataFolder(dir: string): void {
  const proof = join(dir, `.write-test-${process.pid}`)
  try {
    // Root lets others pass through, so that the database's account can walk to its own part.
    makeFolder(dir, process.getuid?.() === 0 ? 0o711 : 0o700)
    writeFileSync(proof, '')
  } catch (error) {
    throw new Refusal(
      `Earshot cannot write to the data folder ${dir}: ${systemReason(error)}; make it writable or choose another with --data DIR.`,
    )
  } finally {
    removeQuietly(proof)
  }
}

/** The installation's secret: 32 random bytes made at the first start and kept. Two processes at once agree on one. */
export function findOrMakeSecret(dataDir: string): string {
  const file = join(dataDir, 'secrets', 'secret')
  const fresh = `${file}.${process.pid}`
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw new Refusal(`Earshot cannot read ${file}: ${systemReason(error)}.`)
  }
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  writeFileSync(fresh, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(fresh, file)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(fresh)
  }
  return readFileSync(file, 'utf8').trim()
}

/** `mkdir -p`. Node's own never returns where a folder cannot be made in one that exists, as in /proc. */
function makeFolder(dir: string, mode: number): void {
  try {
    mkdirSync(dir, mode)
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && statSync(dir).isDirectory()) return
    const parent = dirname(dir)
    if (errorCode(error) !== 'ENOENT' || existsSync(parent)) throw error
    makeFolder(parent, mode)
    mkdirSync(dir, mode)
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {} // the folder is not writable, and that is already being said
}
