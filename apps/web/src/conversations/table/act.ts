/** What a form of the bulk bar does with the action it made. */
import type { ConversationAction } from '@earshot/contracts'

export type Act = (action: ConversationAction) => void
