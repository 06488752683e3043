/** Times and numbers of the queue that nobody needs to set. */

/** Whoever was not heard of for so long is gone: a browser that died, a lid that was closed. Screens are heard of every 10 seconds. */
export const GRACE = '45 seconds'
/** Back within this, they are what they were before. */
export const BACK_WITHIN = '30 minutes'
/** So many offers in a row that ran out, and no more are made. */
export const MISSES = 2
/** Who declined a conversation is not asked again about it for so long. */
export const DECLINED_FOR = '10 minutes'
/** As many who wait are looked at in a round, the first of the queue. */
export const AT_ONCE = 10_000
/** As many as a list shows, the first of the queue. */
export const MOST_LISTED = 500
