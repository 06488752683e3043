/** Checks of the repository as a whole: pins, lock, paths of machines, links of the documents. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Check } from './check.ts'
import { listFiles, ROOT, readText } from './files.ts'

interface Manifest {
  name: string
  version: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

interface LockedPackage {
  version?: string
  link?: boolean
  integrity?: string
  resolved?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/

const manifests = (): { path: string; manifest: Manifest }[] =>
  listFiles(/^((apps|packages)\/[^/]+\/)?package\.json$/).map((path) => ({
    path,
    manifest: JSON.parse(readText(path)),
  }))

function findLoosePins(): string[] {
  const problems: string[] = []
  const versions = new Map<string, string>()
  for (const { path, manifest } of manifests()) {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (!EXACT.test(version)) problems.push(`${path} asks for ${name} ${version}, which is not one exact version.`)
      const other = versions.get(name)
      if (other !== undefined && other !== version)
        problems.push(`${name} is asked for as ${other} and, in ${path}, as ${version}.`)
      versions.set(name, version)
    }
  }
  return problems
}

/** `npm ci` refuses a lock that lacks a package, also one for another platform; this finds it without the network. */
function findHolesInLock(): string[] {
  const packages: Record<string, LockedPackage> = JSON.parse(readText('package-lock.json')).packages
  const problems: string[] = []
  for (const [path, locked] of Object.entries(packages)) {
    const isInstalled = path.includes('node_modules/') && !locked.link
    if (isInstalled && !locked.integrity) problems.push(`${path} has no integrity.`)
    if (locked.resolved?.startsWith('http')) problems.push(`${path} names the host it came from: ${locked.resolved}`)
    const wanted = { ...locked.dependencies, ...locked.optionalDependencies, ...locked.devDependencies }
    for (const name of Object.keys(isInstalled ? { ...locked.dependencies, ...locked.optionalDependencies } : wanted))
      if (!isReachable(packages, path, name))
        problems.push(`${path || 'the root'} needs ${name}, and the lock has none.`)
  }
  for (const { path, manifest } of manifests()) {
    const locked = packages[path === 'package.json' ? '' : dirname(path)]
    for (const kind of ['dependencies', 'devDependencies'] as const)
      if (JSON.stringify(sorted(manifest[kind])) !== JSON.stringify(sorted(locked?.[kind])))
        problems.push(`The ${kind} of ${path} are not those of the lock.`)
  }
  return problems
}

/** Looks where Node would: beside the asking package, then one level up, and so on. */
function isReachable(packages: Record<string, LockedPackage>, from: string, name: string): boolean {
  for (let at = from; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (at === '') return false
  }
}

const sorted = (record: Record<string, string> = {}) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))

/** Places of this or that machine, and hosts packages came from, mean nothing elsewhere. */
function findMachinePaths(): string[] {
  const pattern =
    /(?<![\w.])\/(home|Users)\/[a-z]\w+|(?<![\w.])\/root\/|\/work\/(main|shared)\b|\bregistry\.[a-z0-9-]+\.[a-z]|\bartifactory\b/i
  return listFiles(/./)
    .filter((path) => !/\.(woff2|png|jpg|gz|ico|jsonl)$|^scripts\/checks\/repository\.ts$/.test(path))
    .flatMap((path) =>
      readText(path)
        .split('\n')
        .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${line.trim().slice(0, 120)}`] : [])),
    )
}

function findBrokenLinks(): string[] {
  return listFiles(/\.md$/)
    .filter((path) => !path.startsWith('samples/'))
    .flatMap((path) =>
      [...readText(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map((match) => match[1]!)
        .filter((target) => !existsSync(join(ROOT, dirname(path), target)))
        .map((target) => `${path} leads to ${target}, which is not there.`),
    )
}

/** Paths that documents name in backticks, such as `apps/server/src/app.ts`. */
function findBrokenPaths(): string[] {
  return listFiles(/^(README|CONTRIBUTING|STYLE|SECURITY|docs\/[^/]+)\.md$|^docs\/[^/]+\.md$/).flatMap((path) =>
    [...readText(path).matchAll(/`((?:apps|packages|scripts|bin|e2e|bench|docs)\/[\w./-]+)`/g)]
      .map((match) => match[1]!)
      .filter((target) => !existsSync(join(ROOT, target)) && !/\/dist\b/.test(target))
      .map((target) => `${path} names ${target}, which is not there.`),
  )
}

export const REPOSITORY_CHECKS: Check[] = [
  {
    name: 'exact pins',
    remedy: 'Write the one version that was tried; npm install --save-exact does.',
    run: findLoosePins,
  },
  {
    name: 'complete lock',
    remedy:
      'Run npm install --package-lock-only; when a package stays missing, choose a version whose platforms are all there.',
    run: findHolesInLock,
  },
  {
    name: 'no paths or hosts of one machine',
    remedy: 'Write it so that it is true on every machine.',
    run: findMachinePaths,
  },
  {
    name: 'links and paths in documents',
    remedy: 'Put the document right, or the file back.',
    run: () => [...findBrokenLinks(), ...findBrokenPaths()],
  },
]
