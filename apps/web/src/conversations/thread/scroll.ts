/** The arithmetic of a transcript that grows at both ends without moving under the reader's eye. */

export interface ScrollBox {
  scrollTop: number
  scrollHeight: number
  clientHeight: number
}

/** So close to the end, the reader is taken to follow it. */
export const FOLLOW_WITHIN = 80
/** Older entries are asked for before the top is reached. */
const LOAD_WITHIN = 400

export const distanceToEnd = (box: ScrollBox) => Math.max(0, box.scrollHeight - box.clientHeight - box.scrollTop)
export const followsEnd = (box: ScrollBox) => distanceToEnd(box) <= FOLLOW_WITHIN
export const nearTop = (box: ScrollBox) => box.scrollTop <= LOAD_WITHIN
export const endOf = (box: ScrollBox) => Math.max(0, box.scrollHeight - box.clientHeight)

/** Where to scroll so that what was on screen stays put after `after - before` pixels were added above it. */
export function keepPlace(scrollTop: number, heightBefore: number, heightAfter: number): number {
  return Math.max(0, scrollTop + heightAfter - heightBefore)
}

/** What to do with the scroll position once the lines have changed. */
export function settle(change: {
  follows: boolean
  prepended: boolean
  before: ScrollBox
  heightAfter: number
}): number {
  const { follows, prepended, before, heightAfter } = change
  if (follows) return Math.max(0, heightAfter - before.clientHeight)
  return prepended ? keepPlace(before.scrollTop, before.scrollHeight, heightAfter) : before.scrollTop
}
