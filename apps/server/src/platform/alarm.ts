/** Rest that ends early when somebody rings; a ring while nobody rests is kept for the next rest. */
export interface Alarm {
  ring(): void
  /** What rang before this is known: forget it. */
  clear(): void
  rest(ms: number): Promise<void>
}

export function createAlarm(): Alarm {
  let rang = false
  let end = () => {}
  return {
    ring() {
      rang = true
      end()
    },
    clear() {
      rang = false
    },
    rest: (ms) =>
      new Promise((resolve) => {
        if (rang) return resolve()
        const timer = setTimeout(resolve, ms)
        end = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
