/** Files that will go along with the next message: uploaded at once, with their progress; refused ones say why. */
import { ApiError, newKey } from '@earshot/client'
import type { Attachment } from '@earshot/contracts'
import { useRef, useState } from 'preact/hooks'
import type { Api } from './api.ts'
import { MAX_FILE_BYTES } from './limits.ts'

export interface Upload {
  key: string
  name: string
  /** From 0 to 1. */
  share: number
  stored?: Attachment
  /** Why it failed. */
  code?: string
}

export interface Uploads {
  list: readonly Upload[]
  add(files: Iterable<File>): void
  remove(key: string): void
  /** Takes what is stored, and leaves the list empty. */
  take(): Attachment[]
  readonly isBusy: boolean
}

/** A message names at most this many. */
const MOST = 10

export function useUploads(api: Api): Uploads {
  const [list, setList] = useState<readonly Upload[]>([])
  const running = useRef(new Map<string, AbortController>())

  const change = (key: string, by: Partial<Upload>) =>
    setList((uploads) => uploads.map((upload) => (upload.key === key ? { ...upload, ...by } : upload)))

  const start = (key: string, file: File) => {
    if (file.size > MAX_FILE_BYTES) return change(key, { code: 'file.too_large' })
    const abort = new AbortController()
    running.current.set(key, abort)
    api
      .upload(file, (share) => change(key, { share }), abort.signal)
      .then(
        (stored) => change(key, { share: 1, stored }),
        (error) => change(key, { code: error instanceof ApiError ? error.code : 'internal' }),
      )
      .finally(() => running.current.delete(key))
  }

  return {
    list,
    isBusy: list.some((upload) => !upload.stored && upload.code === undefined),
    add(files) {
      const added = [...files].slice(0, MOST - list.length).map((file) => ({ file, key: newKey() }))
      setList((uploads) => [...uploads, ...added.map(({ file, key }) => ({ key, name: file.name, share: 0 }))])
      for (const { file, key } of added) start(key, file)
    },
    remove(key) {
      running.current.get(key)?.abort()
      setList((uploads) => uploads.filter((upload) => upload.key !== key))
    },
    take() {
      const stored = list.flatMap((upload) => upload.stored ?? [])
      setList([])
      return stored
    },
  }
}
