/** Which actions stand under a call: what its state lets anybody do, and what this person may. */
import type { Call, CallAction, Role } from '@earshot/contracts'
import { atLeast } from '../../app/session.ts'

const NEEDS: Record<CallAction, Role> = {
  listen: 'supervisor',
  takeover: 'supervisor',
  transfer: 'supervisor',
  enqueue: 'supervisor',
  coach: 'supervisor',
  release: 'operator',
  record: 'operator',
  end: 'operator',
  answer: 'operator',
}

export function mayDo({ allowed, holder, state }: Call, role: Role, memberId: string) {
  const isMine = holder?.id === memberId
  return (action: CallAction | 'return'): boolean => {
    // One's own call, whose sound is not in this page: it was loaded anew, or another browser has it.
    if (action === 'return') return isMine && (state === 'takeover' || state === 'human')
    if (!allowed.includes(action) || !atLeast(role, NEEDS[action])) return false
    // Somebody else's hand on the call: theirs to give back.
    if (action === 'release') return isMine
    if (action === 'takeover') return !isMine
    if (action === 'end' && state === 'human' && !isMine) return atLeast(role, 'supervisor')
    return true
  }
}
