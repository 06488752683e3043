/** The cluster on disk: made whole or not at all, owned by the account that runs it, reachable for it wherever it lies. */
import { type SpawnOptions, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../refusal.ts'
import { type Account, canReach, chooseAccount, isRoot } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { stopLeftovers } from './leftovers.ts'
import { findPasswords, makePasswords, type Passwords, storePasswords } from './passwords.ts'

export interface Cluster {
  dir: string
  binaries: Binaries
  account: Account | undefined
  /** What PostgreSQL is told after `-D`. */
  dataArgument: string
  passwords: Passwords
}

const MAJOR = '18'

/** Opens the cluster under the data folder, making it when there is none. The caller holds the folder's lock. */
export async function openCluster(dataDir: string, log: { warn(text: string): void }): Promise<Cluster> {
  const dir = join(dataDir, 'postgres')
  const account = chooseAccount(dir)
  const binaries = findBinaries(account, dataDir)
  if (!existsSync(dir)) await makeCluster(dataDir, dir, binaries, account)
  checkVersion(dir)
  giveTo(account, dir)
  await stopLeftovers(dir, log)
  const dataArgument = reachFrom(account, dir)
  const stored = findPasswords(dataDir)
  const passwords = stored ?? makePasswords()
  const cluster = { dir, binaries, account, dataArgument, passwords }
  if (!stored) {
    setPasswords(cluster)
    storePasswords(dataDir, passwords)
  }
  return cluster
}

/**
 * How PostgreSQL's programs are started: in the cluster, as its account, with nothing of our environment. Detached, because
 * Ctrl-C reaches every process of the terminal's group, and the database must outlive the requests that are being finished.
 */
export function processOptions(cluster: Pick<Cluster, 'dir' | 'account'>) {
  const { dir: cwd, account } = cluster
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  return { cwd, env, detached: true, ...(account && { uid: account.uid, gid: account.gid }) } satisfies SpawnOptions
}

/** Built beside its place and renamed when complete, so that a start which is killed halfway leaves nothing half-made. */
async function makeCluster(dataDir: string, dir: string, binaries: Binaries, account: Account | undefined) {
  const fresh = `${dir}.new`
  if (existsSync(fresh)) await stopLeftovers(fresh)
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  if (account) chownSync(fresh, account.uid, account.gid)
  const passwords = makePasswords()
  const cluster = { dir: fresh, binaries, account, dataArgument: reachFrom(account, fresh), passwords }
  initialize(cluster)
  writeFileSync(join(fresh, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
  setPasswords(cluster)
  storePasswords(dataDir, passwords)
  renameSync(fresh, dir)
}

/**
 * The path PostgreSQL uses for its own data.
 *
 * When root's clone lies in a folder nobody else may enter, the account cannot walk to its data. But a working folder is
 * inherited, not walked to: the process is placed in the cluster before it gives up root, and `/proc/self/cwd` leads there
 * without asking the folders above. So the data stays where the user expects it. Moving it to a public place behind a link
 * was rejected: a volume mounted at the data folder, or a copy of it, would silently not hold the data.
 */
function reachFrom(account: Account | undefined, dir: string): string {
  if (canReach(account, [dir])) return dir
  if (account && existsSync('/proc/self/cwd')) return '/proc/self/cwd'
  throw new Refusal(
    `The database runs as ${account?.name ?? 'you'} and cannot enter ${dir}; choose a data folder others may enter with --data DIR.`,
  )
}

/**
 * Sorting is by code point, the same on every machine. The character classes come from the C library, and must know more
 * than ASCII: with `C`, trigrams of Cyrillic or Japanese words are empty. Where there is no C.UTF-8 (macOS), another serves.
 */
function initialize(cluster: Cluster): void {
  const fixed = ['-U', 'postgres', '-A', 'reject', '-E', 'UTF8', '--locale=C', '--locale-provider=builtin']
  let complaint = ''
  for (const characters of ['C.UTF-8', 'en_US.UTF-8', 'UTF-8']) {
    const args = ['-D', cluster.dataArgument, ...fixed, '--builtin-locale=C.UTF-8', `--lc-ctype=${characters}`]
    const run = spawnSync(cluster.binaries.initdb, args, { encoding: 'utf8', ...processOptions(cluster) })
    if (run.status === 0) return
    complaint =
      run.stderr?.split('\n').find((line) => line.includes('error') || line.includes('FATAL')) ?? `${run.error}`
    if (!complaint.includes('locale')) break
  }
  throw new Refusal(`PostgreSQL could not create its data under ${cluster.dir} (${complaint.trim()}).`)
}

/**
 * Gives the roles their passwords without a running server. Also the way back in when the secrets were lost while the data was
 * kept. What exists already is reported and skipped by PostgreSQL.
 */
function setPasswords(cluster: Cluster): void {
  const { owner, superuser } = cluster.passwords
  const input = [
    `alter role postgres password '${superuser}';`,
    'create role earshot login createdb createrole;',
    `alter role earshot password '${owner}';`,
    'create database earshot owner earshot;\n',
  ].join('\n')
  const args = ['--single', '-D', cluster.dataArgument, '-c', 'log_min_error_statement=panic', 'postgres']
  const run = spawnSync(cluster.binaries.postgres, args, { encoding: 'utf8', input, ...processOptions(cluster) })
  if (run.status === 0) return
  const complaint =
    run.stderr?.split('\n').find((line) => /FATAL|PANIC/.test(line)) ?? `${run.error ?? 'no reason given'}`
  throw new Refusal(`PostgreSQL could not set its passwords under ${cluster.dir} (${complaint.trim()}).`)
}

function checkVersion(dir: string): void {
  const file = join(dir, 'PG_VERSION')
  if (!existsSync(file)) {
    throw new Refusal(
      `${dir} is not a PostgreSQL cluster (it has no PG_VERSION); move it away or choose another folder with --data DIR.`,
    )
  }
  const version = readFileSync(file, 'utf8').trim()
  if (version === MAJOR) return
  throw new Refusal(
    `The data under ${dir} was made by PostgreSQL ${version}, and this Earshot brings PostgreSQL ${MAJOR}; use the Earshot it was made with, or export from there.`,
  )
}

/** Makes the account the owner of everything: a data folder copied by root, or from another machine, belongs to somebody else. */
function giveTo(account: Account | undefined, dir: string): void {
  const { uid: owner, mode } = statSync(dir)
  const isOwner = owner === (account?.uid ?? process.getuid?.() ?? owner)
  // PostgreSQL refuses a folder that others may read, which a copy easily becomes.
  if ((isOwner || isRoot()) && mode & 0o077) chmodSync(dir, 0o700)
  if (isOwner) return
  if (!account || !isRoot()) {
    throw new Refusal(
      `The database under ${dir} belongs to another user (number ${owner}); start Earshot as root or as that user, or choose another folder with --data DIR.`,
    )
  }
  chownSync(dir, account.uid, account.gid)
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    chownSync(join(entry.parentPath, entry.name), account.uid, account.gid)
  }
}
