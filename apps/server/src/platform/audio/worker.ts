/** The thread that reads strangers' sound files: little memory, no time, and nothing else to harm. */
import { readFileSync, statSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { peaksOf } from './peaks.ts'
import { probe } from './probe.ts'

export interface Task {
  path: string
  mediaType: string
  maxBytes: number
  want: 'facts' | 'peaks'
}

function run({ path, mediaType, maxBytes, want }: Task) {
  if (statSync(path).size > maxBytes) return want === 'facts' ? { kind: 'broken', why: 'too large' } : undefined
  const file = readFileSync(path)
  return want === 'facts' ? probe(file, mediaType) : peaksOf(file, mediaType)
}

parentPort?.postMessage(run(workerData as Task))
