/** The one door of the control button: which command a wished control is. */
import type { Conversation } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import { handBack } from './hand-back.ts'
import { pause } from './pause.ts'
import { takeOver } from './take-over.ts'

export interface Wish {
  control: 'operator' | 'agent' | 'paused'
  note?: string | undefined
  announce: boolean
  force: boolean
}

export function setControl(ctx: Context, id: string, wish: Wish): Promise<Conversation> {
  if (wish.control === 'operator') return takeOver(ctx, id, wish)
  if (wish.control === 'agent') return handBack(ctx, id, wish)
  return pause(ctx, id)
}
