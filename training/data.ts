/** Reads the labelled data: gzipped JSON lines in a folder of the layout of the development data. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export function readRows<T>(folder: string, file: string): T[] {
  const path = join(folder, file)
  const packed = existsSync(path) ? path : `${path}.gz`
  const bytes = readFileSync(packed)
  const text = (packed.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

export const hasRows = (folder: string, file: string): boolean =>
  existsSync(join(folder, file)) || existsSync(join(folder, `${file}.gz`))

/** 0 to `parts` − 1, the same for the same text: what is held back from training is so by its words, not by its place in a file. */
export function partOf(text: string, parts: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % parts
}
