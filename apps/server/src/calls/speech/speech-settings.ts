/** Who listens and who speaks for a workspace: read, changed, and opened for a call. */
import type { SpeechDraft, SpeechSettings } from '@earshot/contracts'
import { type Context, type Services, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { OutboundRefused, resolveCallable } from '../../platform/outbound-http.ts'
import { writeAudit } from '../../team/index.ts'
import { ESPEAK_VOICES } from './espeak.ts'
import { findSpeech, putSpeech, type SpeechRow } from './queries-speech.ts'

type Account = 'deepgram' | 'openai'

const NOTHING: Omit<SpeechRow, 'workspaceId' | 'byName' | 'at'> = {
  recogniser: 'none',
  recogniserModel: null,
  pricePerMinute: null,
  synthesizer: 'espeak',
  synthesizerModel: null,
  synthesizerVoice: null,
  pricePerThousand: null,
  deepgramUrl: null,
  deepgramSealed: null,
  openaiUrl: null,
  openaiSealed: null,
}
export type SpeechChoice = typeof NOTHING

/** Of the workspace, defaults where it never chose. */
export async function speechOf(ctx: Context): Promise<SpeechChoice> {
  return (await transact(ctx, (tx) => findSpeech(tx, ctx.workspaceId))) ?? NOTHING
}

export async function getSpeech(ctx: Context): Promise<SpeechSettings> {
  const [row, from] = await Promise.all([speechOf(ctx), ctx.speech.espeak.source()])
  const { recogniser, synthesizer } = row
  return {
    recogniser: { provider: recogniser, model: row.recogniserModel, pricePerMinute: row.pricePerMinute },
    synthesizer: {
      provider: synthesizer,
      model: row.synthesizerModel,
      voice: row.synthesizerVoice,
      pricePerThousand: row.pricePerThousand,
    },
    deepgram: { baseUrl: row.deepgramUrl, hasKey: row.deepgramSealed !== null },
    openai: { baseUrl: row.openaiUrl, hasKey: row.openaiSealed !== null },
    offline: { available: from !== null, from, voices: [...ESPEAK_VOICES] },
  }
}

export async function setSpeech(ctx: Context, draft: SpeechDraft): Promise<SpeechSettings> {
  for (const account of ['deepgram', 'openai'] as const) await assertAddress(ctx, draft[account].baseUrl)
  await transact(ctx, async (tx) => {
    const before = (await findSpeech(tx, ctx.workspaceId)) ?? NOTHING
    const sealed = {
      deepgram: keyAfter(ctx, 'deepgram', draft.deepgram, before.deepgramUrl, before.deepgramSealed),
      openai: keyAfter(ctx, 'openai', draft.openai, before.openaiUrl, before.openaiSealed),
    }
    const { recogniser, synthesizer } = draft
    const wantsKey = [recogniser.provider, synthesizer.provider].find(
      // What answers at an address of one's own may want no key.
      (one) => (one === 'deepgram' || (one === 'openai' && !draft.openai.baseUrl)) && sealed[one] === null,
    )
    if (wantsKey) throw new AppError('speech.key_missing', { provider: wantsKey })
    await putSpeech(tx, {
      workspaceId: ctx.workspaceId,
      recogniser: recogniser.provider,
      recogniserModel: recogniser.model,
      pricePerMinute: recogniser.pricePerMinute,
      synthesizer: synthesizer.provider,
      synthesizerModel: synthesizer.model,
      synthesizerVoice: synthesizer.voice,
      pricePerThousand: synthesizer.pricePerThousand,
      deepgramUrl: draft.deepgram.baseUrl,
      deepgramSealed: sealed.deepgram,
      openaiUrl: draft.openai.baseUrl,
      openaiSealed: sealed.openai,
      byName: ctx.actor.name,
    })
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'voice', id: 'speech' })
    const providers = { recogniser: recogniser.provider, synthesizer: synthesizer.provider }
    await writeAudit(tx, ctx, 'voice_speech.changed', null, providers)
  })
  return getSpeech(ctx)
}

/** A key was given for one address and goes to no other. */
function keyAfter(
  ctx: Context,
  account: Account,
  { baseUrl, key }: { baseUrl: string | null; key?: string | null | undefined },
  urlBefore: string | null,
  sealedBefore: string | null,
): string | null {
  if (key) return ctx.agents.sealer.seal(key, purposeOf(ctx.workspaceId, account))
  if (key === null || baseUrl !== urlBefore) return null
  return sealedBefore
}

/** Null: there is none, or EARSHOT_SECRET has changed since. */
export function openAccount(
  services: Services,
  workspaceId: string,
  row: SpeechChoice,
  account: Account,
): string | null {
  const sealed = account === 'deepgram' ? row.deepgramSealed : row.openaiSealed
  return sealed === null ? null : (services.agents.sealer.open(sealed, purposeOf(workspaceId, account)) ?? null)
}

const purposeOf = (workspaceId: string, account: Account): string => `workspace ${workspaceId} speech ${account} key`

async function assertAddress(ctx: Context, address: string | null): Promise<void> {
  if (address === null) return
  await resolveCallable(new URL(address), ctx.speech.outbound).catch((error: unknown) => {
    throw new AppError('speech.address_refused', {
      why: error instanceof OutboundRefused ? error.message : 'The name of the address cannot be found.',
    })
  })
}
