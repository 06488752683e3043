/** Runs a task on a thread of its own that is ended when it takes too long or too much. */
import { Worker } from 'node:worker_threads'
import type { Probed } from './facts.ts'
import type { Task } from './worker.ts'

const DEADLINE_MS = 5000
const MEMORY_MB = 96
/** More at once would only be slower, and hostile files come in crowds. */
const AT_ONCE = 2

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

function runTask(task: Task): Promise<unknown> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: task,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
    })
    const deadline = setTimeout(() => void worker.terminate(), DEADLINE_MS)
    let answer: unknown
    worker.on('message', (message) => (answer = message))
    worker.on('error', () => {}) // what broke the thread is in the file, and the file is refused
    worker.on('exit', () => {
      clearTimeout(deadline)
      resolve(answer)
    })
  })
}

/** A file on which the thread fails or stays counts as broken. */
export async function probeFile(path: string, mediaType: string, maxBytes: number): Promise<Probed> {
  const found = await inTurn(() => runTask({ path, mediaType, maxBytes, want: 'facts' }))
  return (found as Probed | undefined) ?? { kind: 'broken', why: 'took too long' }
}

/** Undefined where a decoder would be needed, or the file does not let itself be read. */
export async function outlineFile(path: string, mediaType: string, maxBytes: number): Promise<Uint8Array | undefined> {
  return (await inTurn(() => runTask({ path, mediaType, maxBytes, want: 'peaks' }))) as Uint8Array | undefined
}
