/** Reads a PDF in a process of its own, bounded in time, memory and output: a hostile file ends that process and nothing else. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { IMPORT_REFUSALS } from '@earshot/contracts'

export type ReadPdf = { markdown: string } | { refused: (typeof IMPORT_REFUSALS)[number] }

const CHILD = fileURLToPath(new URL('pdf-child.ts', import.meta.url))
const UNPDF = dirname(dirname(fileURLToPath(import.meta.resolve('unpdf'))))
const LONGEST_MS = 20_000
const MOST_HEAP_MB = 256
/** The heap and what stands beside it: unpacked streams are counted by no limit of the engine. */
const MOST_MEMORY_BYTES = 700 * 1024 * 1024
const MOST_OUTPUT_BYTES = 8 * 1024 * 1024
/** On one node at once. */
const AT_ONCE = 2
const LOOK_EVERY_MS = 100

let running = 0
const waiting: (() => void)[] = []

export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  running++
  try {
    return await readApart(bytes)
  } finally {
    running--
    waiting.shift()?.()
  }
}

function readApart(bytes: Buffer): Promise<ReadPdf> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ARGUMENTS, { env: {}, stdio: ['pipe', 'pipe', 'ignore'] })
    const out: Buffer[] = []
    let length = 0
    let ended: ReadPdf | null = null
    const end = (why: ReadPdf) => {
      ended ??= why
      child.kill('SIGKILL')
    }
    const late = setTimeout(() => end({ refused: 'too_hard' }), LONGEST_MS)
    const look = setInterval(async () => {
      if ((await memoryOf(child.pid)) > MOST_MEMORY_BYTES) end({ refused: 'too_hard' })
    }, LOOK_EVERY_MS)
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > MOST_OUTPUT_BYTES) end({ refused: 'size' })
      else out.push(chunk)
    })
    child.on('error', () => end({ refused: 'broken' }))
    child.on('close', () => {
      clearTimeout(late)
      clearInterval(look)
      resolve(ended ?? said(Buffer.concat(out)))
    })
    // It may be gone before it has read everything.
    child.stdin.on('error', () => {})
    child.stdin.end(bytes)
  })
}

/** It may read its own code and nothing else: no data, no settings, no other program. */
const ARGUMENTS = [
  `--max-old-space-size=${MOST_HEAP_MB}`,
  '--permission',
  `--allow-fs-read=${join(dirname(CHILD), '/')}`,
  `--allow-fs-read=${join(UNPDF, '/')}`,
  CHILD,
]

/** What ended without a word ran out of memory, or out of its rights. */
function said(out: Buffer): ReadPdf {
  if (out.length === 0) return { refused: 'too_hard' }
  try {
    return JSON.parse(out.toString()) as ReadPdf
  } catch {
    return { refused: 'broken' }
  }
}

/** In bytes; 0 where the system does not tell. */
async function memoryOf(pid: number | undefined): Promise<number> {
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1])
    return pages * 4096
  } catch {
    return 0
  }
}
