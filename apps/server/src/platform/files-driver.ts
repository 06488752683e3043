/** What the file store asks of the place where bytes end up: a folder, or S3. */
import type { Readable } from 'node:stream'

/** Bytes of a file; `end` is inclusive, as in an HTTP range. */
export interface ByteRange {
  start: number
  end: number
}

export interface Written {
  size: number
  sha256: Buffer
}

/** Where bytes end up. `key` is made by us and checked by the store. */
export interface FileDriver {
  /** Takes the finished file at `path`, which it may move or leave; resolves when the bytes are safe. */
  keep(key: string, path: string, written: Written): Promise<void>
  read(key: string, range?: ByteRange): Promise<Readable | undefined>
  remove(key: string): Promise<void>
}
