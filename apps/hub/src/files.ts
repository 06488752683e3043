/** Writing small files so that a killed process leaves the old one or the new one, never half of one. */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Only the hub's own account reads them: tokens and agents' headers are inside. */
const MODE = 0o600

export function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const fresh = `${path}.new`
  try {
    const file = openSync(fresh, 'w', MODE)
    try {
      writeAll(file, Buffer.from(text))
    } finally {
      closeSync(file)
    }
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/** A write may be cut short by a full disk without an error. */
export function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) {
    const wrote = writeSync(file, bytes, done, bytes.length - done)
    if (wrote === 0) throw new Error('nothing could be written')
    done += wrote
  }
}

/** Null for what is missing or broken. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
