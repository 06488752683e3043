/** Rounds: variants measured in turns, so that a noisy minute falls on all of them; medians and ratios within one run. */
import { fsyncsPerSecond, machineCpuMs, treeCpuMs } from './machine.ts'

export interface Variant {
  name: string
  clients: number
  /** One operation of client `i`. */
  run(i: number): Promise<unknown>
}
export interface Measured {
  name: string
  clients: number
  perSecond: number
  p50Ms: number
  p99Ms: number
}
export interface Figure {
  name: string
  variant: string
  value: number
  unit: string
  limit: string
  ratio: number | null
  rounds: number
  quiet: boolean
}
export interface Rounds {
  rounds: number
  secondsEach: number
  /** Runs each variant that many times, in turns; the first turn warms up and is not counted. */
  measure(variants: Variant[]): Promise<Map<Variant, Measured>>
  /** Cores that others used on average while we measured. */
  foreignCores(): number
  fsyncs(): number[]
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

export function openRounds(rounds: number, secondsEach: number): Rounds {
  const foreign: number[] = []
  const fsyncs: number[] = []
  return {
    rounds,
    secondsEach,
    foreignCores: () => median(foreign),
    fsyncs: () => fsyncs,
    async measure(variants) {
      const seen = new Map<Variant, Measured[]>(variants.map((variant) => [variant, []]))
      for (let round = 0; round <= rounds; round++) {
        fsyncs.push(fsyncsPerSecond(150))
        for (const variant of variants) {
          const cpu = machineCpuMs() - treeCpuMs(process.pid)
          const began = performance.now()
          const measured = await runFor(variant, round === 0 ? Math.min(secondsEach, 0.5) : secondsEach)
          foreign.push((machineCpuMs() - treeCpuMs(process.pid) - cpu) / (performance.now() - began))
          if (round > 0) seen.get(variant)!.push(measured)
        }
      }
      return new Map([...seen].map(([variant, list]) => [variant, summary(variant, list)]))
    },
  }
}

function summary(variant: Variant, list: Measured[]): Measured {
  const of = (key: 'perSecond' | 'p50Ms' | 'p99Ms') => median(list.map((m) => m[key]))
  return {
    name: variant.name,
    clients: variant.clients,
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
  }
}

async function runFor(variant: Variant, seconds: number): Promise<Measured> {
  const took: number[] = []
  const began = performance.now()
  const until = began + seconds * 1000
  const client = async (i: number) => {
    while (performance.now() < until) {
      const started = performance.now()
      await variant.run(i)
      took.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: variant.clients }, (_, i) => client(i)))
  const elapsed = (performance.now() - began) / 1000
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.floor(took.length * share)] ?? 0
  return {
    name: variant.name,
    clients: variant.clients,
    perSecond: took.length / elapsed,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  }
}
