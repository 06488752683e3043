/** The files of the repository, as git knows or would take them. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Paths from the root. A file that is not committed yet counts: it will be. */
export function listFiles(wanted: RegExp): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return [...new Set(listed.split('\0'))].filter((path) => wanted.test(path) && existsSync(join(ROOT, path))).sort()
}

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
