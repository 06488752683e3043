/** One Earshot at a time per data folder: a lock the kernel lets go of when its process dies, however it dies. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Refusal, systemReason } from '../refusal.ts'

export interface FolderLock {
  release(): void
}

/** Somebody else has the folder: waiting, or using their database, may help. */
export class FolderInUse extends Refusal {}

/**
 * Takes the data folder or refuses with a sentence that names the process holding it.
 *
 * Node has no flock. A file with a process id in it goes stale after `kill -9`, and process ids repeat (in containers
 * always). SQLite, which Node carries, takes a real kernel lock on the file, so an exclusive transaction on an empty
 * database is a lock without staleness. Nothing else may open the lock file: closing any descriptor drops the lock.
 */
export function lockFolder(dataDir: string): FolderLock {
  const holder = join(dataDir, 'earshot.pid')
  const database = takeLock(join(dataDir, 'earshot.lock'))
  if (!database) {
    throw new FolderInUse(
      `Another Earshot${readHolder(holder)} is already using the data folder ${dataDir}; stop it first, or choose another folder with --data DIR.`,
    )
  }
  writeFileSync(holder, `${process.pid}\n`)
  return {
    release: () => {
      if (!database.isOpen) return
      rmSync(holder, { force: true })
      database.close()
    },
  }
}

/** A process that was killed just now needs a moment to be gone. */
const DYING_MS = 1000

function takeLock(file: string): DatabaseSync | undefined {
  try {
    const database = new DatabaseSync(file, { timeout: DYING_MS })
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    if (error instanceof Error && error.message.includes('locked')) return undefined
    throw new Refusal(`Earshot cannot lock ${file}: ${systemReason(error)}; choose another folder with --data DIR.`)
  }
}

function readHolder(file: string): string {
  try {
    return ` (process ${Number(readFileSync(file, 'utf8'))})`
  } catch {
    return ''
  }
}
