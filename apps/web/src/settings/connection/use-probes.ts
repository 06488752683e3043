/** Runs the probes one after the other, each shown as soon as it is known. */
import { useCallback, useEffect, useState } from 'react'
import { type Findings, type Known, PARTS, PROBES } from './probes.ts'

export function useProbes() {
  const [findings, setFindings] = useState<Findings>({})
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is a new run
  useEffect(() => {
    let stopped = false
    const known: Known = {}
    const run = async () => {
      setFindings({})
      for (const part of PARTS) {
        const finding = await PROBES[part](known)
        if (stopped) break
        setFindings((before) => ({ ...before, [part]: finding }))
      }
      known.closeStream?.()
    }
    void run()
    return () => {
      stopped = true
      known.closeStream?.()
    }
  }, [round])
  const again = useCallback(() => setRound((before) => before + 1), [])
  return { findings, again, running: Object.keys(findings).length < PARTS.length }
}
