/** Loads a part of the app that is not in the first load, and again while the server cannot be reached: about half a minute. */
const TRIES = 6

export async function loadLate<T>(load: () => Promise<T>, pauseMs = 1000): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await load()
    } catch (error) {
      if (left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      pauseMs *= 2
    }
  }
}
