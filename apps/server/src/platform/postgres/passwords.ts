/** The embedded database's two passwords: random, made once, readable by the owner of the data folder only. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Passwords {
  /** Of the role `earshot`: owns the database, passes no wall. */
  owner: string
  /** Of the superuser `postgres`: for maintenance only. */
  superuser: string
}

const fileOf = (dataDir: string) => join(dataDir, 'secrets', 'postgres.json')

export function findPasswords(dataDir: string): Passwords | undefined {
  if (!existsSync(fileOf(dataDir))) return undefined
  const { owner, superuser } = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))
  return typeof owner === 'string' && typeof superuser === 'string' ? { owner, superuser } : undefined
}

export function makePasswords(): Passwords {
  return { owner: randomBytes(24).toString('hex'), superuser: randomBytes(24).toString('hex') }
}

/** Written beside and renamed: a half-written file would lock everybody out. */
export function storePasswords(dataDir: string, passwords: Passwords): void {
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  const fresh = `${fileOf(dataDir)}.new`
  writeFileSync(fresh, `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(fresh, fileOf(dataDir))
}

export function urlOf(role: 'earshot' | 'postgres', password: string, port: number): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/earshot`
}
