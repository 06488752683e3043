/** One thing that people are told of. */
import type { NotificationKind } from '@earshot/contracts'

export interface Told {
  kind: NotificationKind
  /** Null: an alert, which is about none. */
  conversationId: string | null
  alert?: { id: string; name: string; says: string }
  /** Null: everybody who can answer. */
  memberIds: string[] | null
  /** Whose act it was. */
  exceptId: string | null
  byName?: string | null
  reason?: string | null
  position?: number | null
  /** The same fact is told once, however often it is met. */
  fact: string
  /** False: by no mail, whatever people chose. */
  mail?: false
}
