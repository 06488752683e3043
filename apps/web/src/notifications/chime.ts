/** The sound of a notification: two soft notes, made here, once for each event however many tabs are open. */

const TOLD = 'earshot.chimed'
const MOST_TOLD = 50
/** Another tab that hears of it a little later finds the lock held, and after that the event in the list. */
const HELD_MS = 1_500

let context: AudioContext | null = null

/** False when the browser lets no sound out before the person has touched the page. */
export async function playChime(): Promise<boolean> {
  if (!navigator.userActivation?.hasBeenActive) return false
  context ??= new AudioContext()
  await context.resume()
  const start = context.currentTime + 0.02
  for (const [frequency, at] of [
    [659.25, 0],
    [880, 0.16],
  ] as const) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = 'sine'
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, start + at)
    volume.gain.linearRampToValueAtTime(0.12, start + at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0008, start + at + 0.5)
    tone.connect(volume).connect(context.destination)
    tone.start(start + at)
    tone.stop(start + at + 0.55)
  }
  return true
}

/** Whichever tab is first plays; a tab that may not make a sound leaves it to the others. */
export async function chimeOnce(id: string): Promise<void> {
  if (!navigator.userActivation?.hasBeenActive) return
  if (!('locks' in navigator)) return void (await playChime())
  await navigator.locks.request(`earshot.chime.${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock || wasTold(id)) return
    noteTold(id)
    await playChime()
    await new Promise((resolve) => setTimeout(resolve, HELD_MS))
  })
}

function told(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(TOLD) ?? '[]')
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

const wasTold = (id: string): boolean => told().includes(id)

function noteTold(id: string): void {
  try {
    localStorage.setItem(TOLD, JSON.stringify([...told(), id].slice(-MOST_TOLD)))
  } catch {
    // Without storage each tab plays for itself.
  }
}
