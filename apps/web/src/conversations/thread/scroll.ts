/** The arithmetic of a transcript that is followed at its end and read on at both. */

export interface ScrollBox {
  scrollTop: number
  scrollHeight: number
  clientHeight: number
}

/** So close to the end, the reader is taken to follow it. */
export const FOLLOW_WITHIN = 80
/** Older entries are asked for before the top is reached, and newer ones before the end of what is held. */
const LOAD_WITHIN = 400

export const distanceToEnd = (box: ScrollBox) => Math.max(0, box.scrollHeight - box.clientHeight - box.scrollTop)
export const followsEnd = (box: ScrollBox) => distanceToEnd(box) <= FOLLOW_WITHIN
export const nearTop = (box: ScrollBox) => box.scrollTop <= LOAD_WITHIN
export const nearEnd = (box: ScrollBox) => distanceToEnd(box) <= LOAD_WITHIN
export const endOf = (box: ScrollBox) => Math.max(0, box.scrollHeight - box.clientHeight)
