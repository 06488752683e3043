/** What the machine itself does during a bench: its disk, and who else uses its cores. */
import { closeSync, fdatasyncSync, openSync, readdirSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const TICK_MS = 10

/** Synced 8 kB writes a second: what no durable figure can beat. */
export function fsyncsPerSecond(forMs = 300): number {
  const path = join(tmpdir(), `earshot-probe-${process.pid}`)
  const file = openSync(path, 'w')
  const page = Buffer.alloc(8192)
  const began = performance.now()
  let count = 0
  while (performance.now() - began < forMs) {
    writeSync(file, page, 0, page.length, 0)
    fdatasyncSync(file)
    count++
  }
  closeSync(file)
  unlinkSync(path)
  return Math.round((count / (performance.now() - began)) * 1000)
}

/** CPU milliseconds the whole machine was busy since it started. */
export function machineCpuMs(): number {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.split(/\s+/).slice(1).map(Number)
  return (fields[0]! + fields[1]! + fields[2]! + fields[5]! + fields[6]!) * TICK_MS
}

/** CPU milliseconds of a process and all below it. */
export function treeCpuMs(root: number): number {
  const children = new Map<number, number[]>()
  const own = new Map<number, number>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = readStat(entry)
    if (!stat) continue
    own.set(Number(entry), stat.cpuMs)
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(entry)])
  }
  const sum = (pid: number): number =>
    (own.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0)
  return sum(root)
}

function readStat(pid: string): { parent: number; cpuMs: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS }
  } catch {
    return undefined
  }
}
