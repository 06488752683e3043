/** The file store: attachments and recordings, in the data folder or in S3, behind one interface. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError } from './errors.ts'
import type { ByteRange, FileDriver, Written } from './files-driver.ts'
import { openS3Driver, type S3Settings } from './files-s3.ts'

export interface FileStore {
  /**
   * Stores everything `source` gives under `key`; resolves when it is safe. More than `limit` bytes is refused with `file.too_large`,
   * and nothing stays behind. `inspect` sees the first bytes and may refuse by throwing; so may
   * `verify`, which sees the whole file before it is kept.
   */
  write(
    key: string,
    source: AsyncIterable<Uint8Array>,
    options: { limit: number; inspect?: (head: Uint8Array) => void; verify?: (path: string) => Promise<void> },
  ): Promise<Written>
  /** Undefined when there is no such file. */
  read(key: string, range?: ByteRange): Promise<Readable | undefined>
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>
}

/** How much of a file `inspect` sees. */
export const HEAD_BYTES = 4096

export interface FileStoreOptions {
  /** Holds the files of the folder driver, and unfinished uploads of both. */
  dir: string
  s3?: S3Settings | undefined
}

export async function openFileStore(options: FileStoreOptions): Promise<FileStore> {
  const spool = join(options.dir, 'unfinished')
  await mkdir(spool, { recursive: true, mode: 0o700 })
  await sweepUnfinished(spool)
  const driver = options.s3 ? openS3Driver(options.s3) : openFolderDriver(join(options.dir, 'stored'))
  return {
    async write(key, source, { limit, inspect, verify }) {
      checkKey(key)
      const path = join(spool, randomUUID())
      try {
        const written = await spoolTo(path, source, limit, inspect)
        await verify?.(path)
        await driver.keep(key, path, written)
        return written
      } finally {
        await rm(path, { force: true })
      }
    },
    read(key, range) {
      checkKey(key)
      return driver.read(key, range)
    },
    remove(key) {
      checkKey(key)
      return driver.remove(key)
    },
  }
}

const KEY = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9.-]*)*$/

function checkKey(key: string): void {
  if (!KEY.test(key) || key.length > 200) throw new Error('not a key of the file store')
}

/** Writes to the disk first: size and hash are then known, and a broken upload never reaches the store. */
async function spoolTo(
  path: string,
  source: AsyncIterable<Uint8Array>,
  limit: number,
  inspect?: (head: Uint8Array) => void,
): Promise<Written> {
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  let size = 0
  let head: Uint8Array | undefined = new Uint8Array()
  const look = () => {
    if (head) inspect?.(head)
    head = undefined
  }
  try {
    for await (const piece of source) {
      size += piece.length
      if (size > limit) throw new AppError('file.too_large')
      if (head && head.length < HEAD_BYTES) head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.length)])
      if (head?.length === HEAD_BYTES) look()
      hash.update(piece)
      await file.writeFile(piece)
    }
    if (size === 0) throw new AppError('file.empty')
    look()
    await file.datasync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest() }
}

const UNFINISHED_MS = 24 * 60 * 60 * 1000

/** Removes what a process that died left behind; younger files may be another process's. */
async function sweepUnfinished(spool: string): Promise<void> {
  for (const name of await readdir(spool)) {
    const path = join(spool, name)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > UNFINISHED_MS) await rm(path, { force: true })
  }
}

/** A folder on this machine. A file appears under its name only when it is whole. */
function openFolderDriver(dir: string): FileDriver {
  const pathOf = (key: string) => join(dir, ...key.split('/'))
  return {
    async keep(key, path) {
      const target = pathOf(key)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(path, target)
      await syncFolder(dirname(target))
    },
    async read(key, range) {
      const path = pathOf(key)
      const found = await stat(path).catch((error) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      return found?.isFile() ? createReadStream(path, range) : undefined
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}

/** A rename is on the disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
