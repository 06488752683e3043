/** Who the database runs as: PostgreSQL refuses root, so root lends it an unprivileged account that already exists. */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { Refusal } from '../refusal.ts'

/** An account of this machine. `undefined` in its place means: as ourselves. */
export interface Account {
  name: string
  uid: number
  gid: number
}

/**
 * Chooses the account. An existing cluster keeps its owner (it may have been made before `postgres` existed, or by a normal
 * user); otherwise `postgres`, else `nobody`. PostgreSQL looks its account up by id, so a number without an entry is no use.
 */
export function chooseAccount(clusterDir: string): Account | undefined {
  if (!isRoot()) return undefined
  if (existsSync(clusterDir)) {
    const owner = statSync(clusterDir).uid
    const account = owner === 0 ? undefined : lookUp(String(owner))
    if (account) return account
  }
  const account = lookUp('postgres') ?? lookUp('nobody')
  if (!account) {
    throw new Refusal(
      'PostgreSQL must not run as root, and this machine has neither a "postgres" nor a "nobody" account; start Earshot as a normal user or set DATABASE_URL.',
    )
  }
  return account
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * Tells whether the account can read every one of these files and enter every one of these folders. Asked by trying, as that
 * account: permission bits of each parent, access lists and mount options all count, and only the kernel knows them all.
 */
export function canReach(account: Account | undefined, paths: string[]): boolean {
  const script = 'for path do if [ -d "$path" ]; then [ -x "$path" ] || exit 1; else [ -r "$path" ] || exit 1; fi; done'
  const asAccount = account && { uid: account.uid, gid: account.gid }
  const asked = spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { cwd: '/', stdio: 'ignore', ...asAccount })
  if (asked.error && account) {
    throw new Refusal(
      `Earshot runs as root but may not start the database as ${account.name} here; start Earshot as a normal user or set DATABASE_URL.`,
    )
  }
  return asked.status === 0
}

function lookUp(nameOrUid: string): Account | undefined {
  const ask = (flag: string) => spawnSync('id', [flag, '--', nameOrUid], { encoding: 'utf8' })
  const uid = ask('-u')
  if (uid.status !== 0) return undefined
  // `| 0`: macOS prints nobody's -2 as 4294967294, which spawn does not take.
  const account = { name: ask('-nu').stdout.trim(), uid: Number(uid.stdout) | 0, gid: Number(ask('-g').stdout) | 0 }
  return account.uid === 0 ? undefined : account
}
