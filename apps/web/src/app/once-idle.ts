/** Work that can wait until the screen stands, such as loading what the next click will need. */

const AT_LATEST_MS = 3_000

/** Returns how to call it off, for an effect. */
export function onceIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, AT_LATEST_MS)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: AT_LATEST_MS })
  return () => cancelIdleCallback(handle)
}
