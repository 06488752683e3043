/** The ring of an offered call: in one tab only, however many are open, and only where the person has let pages make sound. */

const EVERY_MS = 2600
const NOTES = [
  [523.25, 0],
  [659.25, 0.18],
  [523.25, 0.36],
  [659.25, 0.54],
] as const

/** Rings until the returned function is called. */
export function ring(offerId: string): () => void {
  if (!navigator.userActivation?.hasBeenActive) return () => {}
  let stop: () => void = () => {}
  const isStopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  const sound = async () => {
    const context = new AudioContext()
    await context.resume()
    play(context)
    const timer = setInterval(() => play(context), EVERY_MS)
    await isStopped
    clearInterval(timer)
    await context.close()
  }
  if ('locks' in navigator)
    void navigator.locks.request(`earshot.ring.${offerId}`, { ifAvailable: true }, (lock) =>
      lock ? sound() : undefined,
    )
  else void sound()
  return stop
}

function play(context: AudioContext): void {
  const start = context.currentTime + 0.02
  for (const [frequency, at] of NOTES) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, start + at)
    volume.gain.linearRampToValueAtTime(0.1, start + at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0008, start + at + 0.17)
    tone.connect(volume).connect(context.destination)
    tone.start(start + at)
    tone.stop(start + at + 0.2)
  }
}
