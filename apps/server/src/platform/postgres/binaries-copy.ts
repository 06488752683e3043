/** Copies the PostgreSQL tree to a place every account may read and only we may write. */
import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Tells whether a folder, made if need be, is one where only root can plant files: it and every folder above it belong to
 * root, and none is writable by others, except sticky ones such as /tmp, where a folder of root's cannot be moved away.
 */
export function isSafePlace(dir: string): boolean {
  try {
    makeIfMissing(dir)
    const place = lstatSync(dir)
    if (!place.isDirectory() || place.uid !== 0 || place.mode & 0o022) return false
    for (let folder = realpathSync(dirname(dir)); ; folder = dirname(folder)) {
      const { uid, mode } = lstatSync(folder)
      if (uid !== 0 || (mode & 0o022 && !(mode & 0o1000))) return false
      if (folder === dirname(folder)) return true
    }
  } catch {
    return false
  }
}

/** Never changes what was there before: in a sticky folder somebody else may have put a link of this name. */
function makeIfMissing(dir: string): void {
  if (lstatSync(dir, { throwIfNoEntry: false })) return
  mkdirSync(dir)
  chmodSync(dir, 0o755)
}

/**
 * Copies `from` to `to` unless an equal copy is there. The copy appears whole or not at all (written beside, then renamed),
 * so several starts may copy at once; a damaged one (temporary folders are cleaned by age) is replaced.
 */
export function copyTree(from: string, to: string): boolean {
  if (isWhole(from, to)) return true
  const fresh = `${to}.${process.pid}`
  try {
    rmSync(fresh, { recursive: true, force: true })
    copyFolder(from, fresh)
    rmSync(to, { recursive: true, force: true })
    renameSync(fresh, to)
    return true
  } catch {
    rmSync(fresh, { recursive: true, force: true })
    return isWhole(from, to)
  }
}

function isWhole(from: string, to: string): boolean {
  const found = lstatSync(to, { throwIfNoEntry: false })
  if (!found?.isDirectory() || found.uid !== process.getuid?.() || found.mode & 0o022) return false
  return filesOf(from).every((file) => {
    const copy = lstatSync(join(to, file), { throwIfNoEntry: false })
    return copy?.isFile() && copy.size === lstatSync(join(from, file)).size
  })
}

function copyFolder(from: string, to: string): void {
  for (const folder of ['', ...foldersOf(from)]) {
    mkdirSync(join(to, folder))
    chmodSync(join(to, folder), 0o755) // whatever the umask says
  }
  for (const file of filesOf(from)) {
    const target = join(to, file)
    copyFileSync(join(from, file), target, constants.COPYFILE_FICLONE)
    chmodSync(target, file.startsWith('bin') ? 0o755 : 0o644)
  }
}

/** The folders of a tree, each after the one it is in. */
function foldersOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort()
}

/** The regular files of a tree, as relative paths; links are made anew, and static libraries are not needed to run. */
function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.a'))
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
}
