/** Files on their way to the server before the message is sent: with progress, refusal and removal. */

import { newKey } from '@earshot/client'
import { type Attachment, MAX_FILE_BYTES } from '@earshot/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'

/** The contract allows so many files a message. */
export const MOST_FILES = 10

export interface Upload {
  key: string
  name: string
  size: number
  /** 0 to 1. */
  progress: number
  attachment: Attachment | null
  /** A code of the contract, or `network`. */
  error: string | null
}

export function useUploads() {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const running = useRef(new Map<string, XMLHttpRequest>())
  const change = useCallback(
    (key: string, fields: Partial<Upload>) =>
      setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...fields } : one))),
    [],
  )
  useEffect(() => {
    const requests = running.current
    return () => {
      for (const request of requests.values()) request.abort()
    }
  }, [])

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const upload: Upload = {
          key: newKey(),
          name: file.name || 'image.png',
          size: file.size,
          progress: 0,
          attachment: null,
          error: refusalOf(file),
        }
        setUploads((all) => (all.length < MOST_FILES ? [...all, upload] : all))
        if (upload.error) continue
        const done = (fields: Partial<Upload>) => {
          running.current.delete(upload.key)
          change(upload.key, fields)
        }
        running.current.set(
          upload.key,
          send(file, upload.name, (progress) => change(upload.key, { progress }), done),
        )
      }
    },
    [change],
  )
  const remove = useCallback((key: string) => {
    running.current.get(key)?.abort()
    running.current.delete(key)
    setUploads((all) => all.filter((one) => one.key !== key))
  }, [])
  const clear = useCallback(() => setUploads([]), [])
  return {
    uploads,
    add,
    remove,
    clear,
    ready: uploads.flatMap(({ attachment }) => attachment ?? []),
    waiting: uploads.some(({ attachment, error }) => !attachment && !error),
    failed: uploads.some(({ error }) => error !== null),
  }
}

function refusalOf(file: File): string | null {
  if (file.size > MAX_FILE_BYTES) return 'file.too_large'
  return file.size === 0 ? 'file.empty' : null
}

/** By XMLHttpRequest, because fetch cannot tell how far an upload has come. */
function send(
  file: File,
  name: string,
  onProgress: (share: number) => void,
  done: (fields: Partial<Upload>) => void,
): XMLHttpRequest {
  const request = new XMLHttpRequest()
  const form = new FormData()
  form.append('file', file, name)
  request.open('POST', '/api/v1/files')
  request.responseType = 'json'
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
  request.onload = () => {
    const reply: unknown = request.response
    if (request.status < 300 && isAttachment(reply)) done({ attachment: reply, progress: 1 })
    else done({ error: codeIn(reply) })
  }
  request.onerror = () => done({ error: 'network' })
  request.send(form)
  return request
}

function isAttachment(value: unknown): value is Attachment {
  return typeof value === 'object' && value !== null && 'id' in value && 'url' in value && 'mediaType' in value
}

function codeIn(reply: unknown): string {
  const code = typeof reply === 'object' && reply !== null && 'code' in reply ? reply.code : null
  return typeof code === 'string' ? code : 'internal'
}
