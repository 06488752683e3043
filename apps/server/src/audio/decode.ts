/** The machine's own decoder, where there is one: ffmpeg, under limits, for drawing outlines and nothing else. */
import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pcmPeaks } from '../platform/audio/index.ts'

const SECONDS = 20
const MEMORY_KB = 512 * 1024
const RATE = 1000
/** Four hours of 16 bit samples at that rate, and a little. */
const MAX_BYTES = 4 * 3600 * RATE * 2 + 65_536
/** Run by a shell that first binds itself, and with it what follows, to its limits. */
const BOUND = `ulimit -c 0 && ulimit -t ${SECONDS} && ulimit -v ${MEMORY_KB} && exec "$0" "$@"`

let found: Promise<string | undefined> | undefined

/** Looked for once: machines do not grow decoders while we run. */
const decoder = (): Promise<string | undefined> => (found ??= findDecoder(process.env.PATH ?? ''))

export const hasDecoder = async (): Promise<boolean> => (await decoder()) !== undefined

export async function findDecoder(searched: string): Promise<string | undefined> {
  for (const folder of searched.split(delimiter).filter(Boolean)) {
    const path = join(folder, 'ffmpeg')
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}

/** Undefined when there is no decoder, or it cannot read the file within its limits. */
export async function decode(path: string, given?: string): Promise<Uint8Array | undefined> {
  const ffmpeg = given ?? (await decoder())
  return ffmpeg === undefined ? undefined : run(ffmpeg, path)
}

function run(ffmpeg: string, path: string): Promise<Uint8Array | undefined> {
  const flags = ['-nostdin', '-v', 'quiet', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`]
  const wanted = ['-map', '0:a:0', '-vn', '-sn', '-dn', '-ac', '1', '-ar', String(RATE), '-f', 's16le', 'pipe:1']
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', BOUND, ffmpeg, ...flags, ...wanted], {
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const deadline = setTimeout(() => child.kill('SIGKILL'), SECONDS * 1000)
    const pieces: Buffer[] = []
    let size = 0
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > MAX_BYTES) child.kill('SIGKILL')
      else pieces.push(piece)
    })
    child.on('error', () => resolve(undefined))
    child.on('close', (code) => {
      clearTimeout(deadline)
      resolve(code === 0 && size > 1 ? pcmPeaks(Buffer.concat(pieces)) : undefined)
    })
  })
}
