/** Runs sipp, which is somebody else's SIP: its exit code says whether everything went as its scenario wants. */
import { spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SCENARIOS } from './rig.ts'

export interface Sipp {
  port: number
  /** 0: everything as expected. Anything else throws with sipp's own words. */
  done: Promise<void>
  stop(): void
}

let nextPort = 42_000 + (process.pid % 500) * 10

/** A port nobody has; sipp does not tell which one it took. */
export async function freePort(): Promise<number> {
  for (;;) {
    nextPort += 10
    const socket = createSocket('udp4')
    const free = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false))
      socket.bind(nextPort, '127.0.0.1', () => resolve(true))
    })
    socket.close()
    if (free) return nextPort
  }
}

export async function sipp(
  scenario: string,
  options: {
    target?: number
    keys?: Record<string, string | number>
    args?: string[]
    port?: number
    /** Files beside the scenario. */
    files?: Record<string, Buffer>
  } = {},
): Promise<Sipp> {
  const port = options.port ?? (await freePort())
  const dir = mkdtempSync(join(tmpdir(), 'earshot-sipp-'))
  for (const [name, bytes] of Object.entries(options.files ?? {})) writeFileSync(join(dir, name), bytes)
  // A status line takes no keys of sipp's own, so all are written in.
  const told = Object.entries({ dialled: '+49301234567', ...options.keys })
  const text = told.reduce(
    (all, [name, value]) => all.replaceAll(`[${name}]`, String(value)),
    readFileSync(join(SCENARIOS, `${scenario}.xml`), 'utf8'),
  )
  writeFileSync(join(dir, 'scenario.xml'), text)
  const args = ['-sf', 'scenario.xml', '-m', '1', '-i', '127.0.0.1', '-p', String(port)]
  const fixed = ['-nostdin', '-trace_err', '-timeout', '30s', '-timeout_error', ...(options.args ?? [])]
  const to = options.target ? [`127.0.0.1:${options.target}`] : []
  const child = spawn('sipp', [...args, ...fixed, ...to], {
    cwd: dir,
    stdio: 'ignore',
    env: { ...process.env, TERM: 'dumb' },
  })
  const done = once(child, 'exit').then(([code]) => {
    const words = readdirSync(dir)
      .filter((name) => name.endsWith('_errors.log'))
      .map((name) => readFileSync(join(dir, name), 'utf8'))
    rmSync(dir, { recursive: true, force: true })
    if (code !== 0) throw new Error(`sipp ${scenario} ended with ${code}: ${words.join('\n').slice(0, 3000)}`)
  })
  done.catch(() => {})
  return { port, done, stop: () => void child.kill('SIGKILL') }
}

/** The sound of a telephone: one UDP port, packets every 20 ms, by nobody's code but this. */
export class Handset {
  readonly socket: Socket = createSocket('udp4')
  port = 0
  packets: { payload: number; seq: number; timestamp: number; data: Buffer; from: number }[] = []
  #seq = 65_530

  static async open(): Promise<Handset> {
    const handset = new Handset()
    handset.socket.on('message', (bytes, { port: from }) => {
      const [payload, seq, timestamp] = [bytes.readUInt8(1) & 0x7f, bytes.readUInt16BE(2), bytes.readUInt32BE(4)]
      handset.packets.push({ payload, seq, timestamp, data: bytes.subarray(12), from })
    })
    handset.socket.bind(0, '127.0.0.1')
    await once(handset.socket, 'listening')
    handset.port = handset.socket.address().port
    return handset
  }

  send(to: number, payload: number, data: Buffer, timestamp: number, seq = this.#seq++): void {
    const head = Buffer.alloc(12)
    head.writeUInt8(0x80, 0)
    head.writeUInt8(payload, 1)
    head.writeUInt16BE(seq & 0xffff, 2)
    head.writeUInt32BE(timestamp >>> 0, 4)
    head.writeUInt32BE(0xabcdef, 8)
    this.socket.send(Buffer.concat([head, data]), to, '127.0.0.1')
  }

  /** Says sound of one byte a sample, 50 packets a second. */
  async speak(to: number, payload: number, sound: Buffer): Promise<void> {
    const began = performance.now()
    for (let at = 0; at < sound.length; at += 160) {
      const wait = began + at / 8 - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      this.send(to, payload, sound.subarray(at, at + 160), at)
    }
  }

  heard(payload: number): Buffer {
    return Buffer.concat(this.packets.filter((packet) => packet.payload === payload).map(({ data }) => data))
  }

  close(): void {
    this.socket.close()
  }
}
