/** Times and numbers of the queue that nobody needs to set. */

/** Whoever was not heard of for so long is gone: a browser that died, a lid that was closed. Screens are heard of every 10 seconds. */
export const GRACE = '45 seconds'
/** Back within this, they are what they were before. */
export const BACK_WITHIN = '30 minutes'
/** So many offers in a row that ran out, and no more are made. */
export const MISSES = 2
/** Who declined a conversation is not asked again about it for so long. */
export const DECLINED_FOR = '10 minutes'
/** Offers planned at once; the next round plans the rest. */
export const AT_ONCE = 500
