/** The door of the demo. */
import type { Services } from '../platform/context.ts'
export async function loadDemo(_services: Services): Promise<{ conversations: number; added: number }> {
  throw new Error('not yet')
}
