/** Reads the imports of source files, type imports and dynamic ones included, and resolves them to files of the repository. */
import { posix } from 'node:path'
import { type Module, type ModuleItem, parse } from '@swc/core'
import type { Import } from './rules.ts'

export interface Source {
  /** From the repository's root. */
  path: string
  text: string
}

export interface ReadImports {
  imports: Import[]
  /** Imports of files that are not there. */
  unresolved: Import[]
}

const WORKSPACE = '@earshot/'
/** A second name of a package's door: for the web it means the schemas too (apps/web/light-contracts.ts). */
const DOORS: Record<string, string> = {
  'contracts/schemas': 'contracts',
  'contracts/reply-variables': 'contracts',
  'client/sound': 'client/src/sound/index.ts',
  'voice/frames': 'voice/src/frames.ts',
  'voice/g711': 'voice/src/g711.ts',
}

/** Every import between `sources`; assets (css, json, svg) are left out. */
export async function readImports(sources: Source[]): Promise<ReadImports> {
  const known = new Set(sources.map(({ path }) => path))
  const read: ReadImports = { imports: [], unresolved: [] }
  for (const source of sources) {
    for (const { specifier, typeOnly } of specifiersOf(await parseSource(source), source.text)) {
      const to = resolve(source.path, specifier)
      if (to === null) continue
      const edge = { from: source.path, to, typeOnly, line: lineOf(source.text, specifier) }
      if (to.startsWith('npm:') || known.has(to)) read.imports.push(edge)
      else read.unresolved.push(edge)
    }
  }
  return read
}

function parseSource({ path, text }: Source): Promise<Module> {
  return parse(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2024' })
}

interface Specifier {
  specifier: string
  typeOnly: boolean
}

function specifiersOf(module: Module, text: string): Specifier[] {
  const found = module.body.flatMap(specifierOf)
  // Walking whole trees is slow, and few files import in the middle.
  if (/\bimport\s*\(/.test(text)) walk(module.body, found)
  return found
}

function specifierOf(item: ModuleItem): Specifier[] {
  if (item.type === 'ImportDeclaration') return [{ specifier: item.source.value, typeOnly: item.typeOnly }]
  if (item.type === 'ExportAllDeclaration') {
    return [{ specifier: item.source.value, typeOnly: 'typeOnly' in item && item.typeOnly === true }]
  }
  if (item.type === 'ExportNamedDeclaration' && item.source)
    return [{ specifier: item.source.value, typeOnly: item.typeOnly }]
  return []
}

/** Finds `import('x')` as an expression and as a type. */
function walk(node: unknown, found: Specifier[]): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, found)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const {
    type,
    callee,
    argument,
    arguments: args,
  } = node as Record<string, { type?: string; value?: unknown } & unknown[]>
  if ((type as unknown) === 'CallExpression' && callee?.type === 'Import') {
    const first = (args?.[0] as { expression?: { type: string; value?: string } } | undefined)?.expression
    if (first?.type === 'StringLiteral' && first.value) found.push({ specifier: first.value, typeOnly: false })
  }
  if ((type as unknown) === 'TsImportType' && typeof argument?.value === 'string')
    found.push({ specifier: argument.value, typeOnly: true })
  for (const value of Object.values(node)) walk(value, found)
}

/** The repository's path, `npm:name`, or null for what is not code. */
function resolve(from: string, specifier: string): string | null {
  const bare = specifier.replace(/\?.*$/, '')
  if (bare.startsWith('.')) {
    if (/\.(css|json|svg|png|woff2|gen\.js)$/.test(bare)) return null
    return posix.join(posix.dirname(from), bare)
  }
  if (bare.startsWith(WORKSPACE)) {
    const door = bare.slice(WORKSPACE.length)
    const [name, ...inside] = (DOORS[door] ?? door).split('/')
    return inside.length === 0 ? `packages/${name}/src/index.ts` : `packages/${name}/${inside.join('/')}`
  }
  if (bare.startsWith('node:')) return `npm:${bare}`
  const parts = bare.split('/')
  return `npm:${bare.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]}`
}

function lineOf(text: string, specifier: string): number {
  const at = [`'${specifier}'`, `"${specifier}"`].map((quoted) => text.indexOf(quoted)).find((index) => index >= 0)
  return at === undefined ? 1 : text.slice(0, at).split('\n').length
}
