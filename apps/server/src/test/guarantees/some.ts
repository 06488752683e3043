/**
 * A part of what could be tried, spread so that over all places everything is tried somewhere. `TEST_EVERY=1` tries everything everywhere,
 * which takes minutes.
 */
const EVERY = Number(process.env.TEST_EVERY ?? 6)

/** Every sixth, beginning elsewhere at another `place`. */
export const some = <T>(all: readonly T[], place: number): T[] => all.filter((_, i) => (i + place) % EVERY === 0)
