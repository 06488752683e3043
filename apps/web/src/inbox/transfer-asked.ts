/** Which conversation is being passed on; the dialog is drawn once, beside the screens. */
import type { Conversation } from '@earshot/contracts'
import { createStore } from '../app/store.ts'

export const transferAsked = createStore<Conversation | null>(null)
export const askTransfer = (conversation: Conversation) => transferAsked.set(conversation)
