/** Keeps on disk what a killed edge must know to go on with its calls: one small file a leg, gone when the leg is. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DialogState } from '../sip/dialog.ts'
import type { Codec, RemoteMedia } from '../sip/sdp.ts'
import type { Described } from './negotiate.ts'

export interface KeptLeg {
  form: 1
  call: string
  leg: string
  dialog: DialogState
  port: number
  codec: Codec
  remote: RemoteMedia
  described: Described
  stream: { url: string; token: string; callSid: string }
  trunks: string[]
  timing: { seconds: number; weRefresh: boolean } | null
}

export class KeptLegs {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  }

  #path(leg: string): string {
    return join(this.#dir, `${leg}.json`)
  }

  /** A full disk costs the way back after a crash, not the call. */
  write(kept: KeptLeg): boolean {
    try {
      const path = this.#path(kept.leg)
      writeFileSync(`${path}.new`, JSON.stringify(kept), { mode: 0o600 })
      renameSync(`${path}.new`, path)
      return true
    } catch {
      return false
    }
  }

  forget(leg: string): void {
    rmSync(this.#path(leg), { force: true })
  }

  /** What was there at the start; broken files are removed. */
  all(): KeptLeg[] {
    const found: KeptLeg[] = []
    for (const name of readdirSync(this.#dir)) {
      const kept = name.endsWith('.json') ? this.#read(name) : null
      if (kept) found.push(kept)
      else rmSync(join(this.#dir, name), { force: true })
    }
    return found
  }

  #read(name: string): KeptLeg | null {
    try {
      const kept = JSON.parse(readFileSync(join(this.#dir, name), 'utf8')) as KeptLeg
      return kept.form === 1 ? kept : null
    } catch {
      return null
    }
  }
}
