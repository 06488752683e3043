/** Waits for something to become true: what tests use in place of sleeping. */

/** Asks again and again until `holds` answers true; fails with `what` after 45 seconds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, forMs = 45_000): Promise<void> {
  const giveUpAt = performance.now() + forMs
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
