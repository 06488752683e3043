/** A sample: the request of one endpoint, on things made for it. */
import type { Make } from './maker.ts'

export interface Parts {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** Sent as a file in a form instead of a JSON body. */
  form?: string
}
export type Sample = (make: Make) => Parts | Promise<Parts>

export const none = () => ({})
export const one = (id: string): Parts => ({ params: { id } })
export const onConversation = (body?: unknown) => async (make: Make) => ({ ...one(await make.conversation()), body })
export const onContact = async (make: Make) => one(await make.contact())
