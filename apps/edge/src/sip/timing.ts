/** The timers of RFC 3261 §17, made of three numbers. Tests that play minutes make them small. */
export interface Timing {
  /** A round trip, guessed. */
  t1: number
  /** The longest pause between repetitions. */
  t2: number
  /** How long a message may stay in the network. */
  t4: number
}

export const TIMING: Timing = { t1: 500, t2: 4000, t4: 5000 }

/** Repeats with pauses that double from T1, up to `longest`, until stopped. */
export function repeat(timing: Timing, act: () => void, longest = timing.t2): () => void {
  let pause = timing.t1
  let timer: NodeJS.Timeout
  const again = () => {
    act()
    pause = Math.min(2 * pause, longest)
    timer = setTimeout(again, pause)
  }
  timer = setTimeout(again, pause)
  return () => clearTimeout(timer)
}
