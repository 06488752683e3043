/** Where sound goes, and who writes down what is said: what somebody checks before a first call. */
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { providersOf } from '../speech/index.ts'
import type { Reached } from './media-url.ts'

export async function readCallMedia(
  ctx: Context,
  reached: Reached,
): Promise<{ url: string | null; recogniser: boolean }> {
  const { stt } = await providersOf(ctx, ctx.workspaceId)
  return { url: urlOf(ctx, reached), recogniser: stt !== null }
}

function urlOf({ calls }: Context, reached: Reached): string | null {
  try {
    return calls.publicMediaUrl(new URL('/media', calls.hub().carrierUrl).href, reached)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
