/** An answer while it is being written, put together from pieces that may be late, doubled or missing. */

/** The part of a delta that the draft is made of; the widget's frames have it too. */
export interface Piece {
  turnId: string
  epoch: number
  seq: number
  text: string
  whole: boolean
  state: 'thinking' | 'writing' | 'done' | 'cancelled'
}

export interface Draft {
  turnId: string
  epoch: number
  seq: number
  text: string
  state: 'thinking' | 'writing' | 'done'
  /** Pieces were missed: the text stands still until a whole one comes. */
  torn: boolean
}

/** The place where one conversation's draft appears. */
export interface Slot {
  /** The newest epoch heard of; pieces of an older one belong to an answer that was called off. */
  epoch: number
  draft: Draft | null
  /** The last turns that ended; their late pieces are dropped. */
  ended: readonly string[]
}

export const EMPTY_SLOT: Slot = { epoch: 0, draft: null, ended: [] }
const REMEMBERED = 16

/** The slot after one piece; the same object when the piece says nothing new. */
export function applyPiece(slot: Slot, piece: Piece): Slot {
  if (piece.epoch < slot.epoch || slot.ended.includes(piece.turnId)) return slot
  if (piece.state === 'cancelled') return endTurn(raiseEpoch(slot, piece.epoch), piece.turnId)
  const current = raiseEpoch(slot, piece.epoch)
  const held = current.draft?.turnId === piece.turnId ? current.draft : null
  const whole = piece.whole || piece.seq === 0
  if (held && (piece.seq < held.seq || (piece.seq === held.seq && !(whole && held.torn)))) return slot
  const next = whole || (held && !held.torn && piece.seq === held.seq + 1)
  const text = whole ? piece.text : (held?.text ?? '') + (next ? piece.text : '')
  const { turnId, epoch, seq, state } = piece
  const draft: Draft = { turnId, epoch, seq, text, state, torn: !next }
  const replaced = current.draft && !held ? endTurn(current, current.draft.turnId) : current
  return { ...replaced, draft }
}

/** Control changed: what was being written under an older epoch will never be said. */
export function raiseEpoch(slot: Slot, epoch: number): Slot {
  if (epoch <= slot.epoch) return slot
  const cleared = slot.draft && slot.draft.epoch < epoch ? endTurn(slot, slot.draft.turnId) : slot
  return { ...cleared, epoch }
}

/** The turn is over: its answer stands in the log, or never will. */
export function endTurn(slot: Slot, turnId: string): Slot {
  const draft = slot.draft?.turnId === turnId ? null : slot.draft
  if (slot.ended.includes(turnId)) return draft === slot.draft ? slot : { ...slot, draft }
  return { ...slot, draft, ended: [...slot.ended, turnId].slice(-REMEMBERED) }
}
