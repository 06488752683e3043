/** The rules a workspace has for its calls; those of one that never set any. */
import type { VoiceSettings } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { isCountry } from './phone-number.ts'
import { findSettings, putSettings } from './queries-rules.ts'

export const DEFAULT_VOICE_SETTINGS: VoiceSettings = {
  record: true,
  announcement: 'Hello. This call is recorded, so that we can help you better.',
  listeningNotice: '',
  countries: [],
  transfersPerDay: 50,
  queueAfterSeconds: 180,
  queueThen: 'agent',
  maxMinutes: 120,
  recordingDays: null,
}

/** In the caller's transaction, for whoever starts or steers a call. */
export const voiceSettingsOf = async (tx: Tx, workspaceId: string): Promise<VoiceSettings> =>
  (await findSettings(tx, workspaceId)) ?? DEFAULT_VOICE_SETTINGS

export const getVoiceSettings = (ctx: Context): Promise<VoiceSettings> =>
  transact(ctx, (tx) => voiceSettingsOf(tx, ctx.workspaceId))

export function setVoiceSettings(ctx: Context, settings: VoiceSettings): Promise<VoiceSettings> {
  const unknown = settings.countries.findIndex((code) => !isCountry(code))
  if (unknown >= 0)
    throw new AppError('request.invalid', { issues: [{ path: ['countries', unknown], message: 'no such country' }] })
  return transact(ctx, async (tx) => {
    const countries = [...new Set(settings.countries)].sort()
    await putSettings(tx, ctx.workspaceId, { ...settings, countries }, ctx.actor.name)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'voice', id: 'settings' })
    const { announcement: _, listeningNotice: __, ...details } = settings
    await writeAudit(tx, ctx, 'voice_settings.changed', null, { ...details, countries })
    return voiceSettingsOf(tx, ctx.workspaceId)
  })
}

/** What a caller is told on a line before anybody speaks; null: nothing. */
export function announcementOf(settings: VoiceSettings, line: { announce: boolean } | null): string | null {
  if (line && !line.announce) return null
  const words = [settings.record ? settings.announcement.trim() : '', settings.listeningNotice.trim()]
  return words.filter((part) => part !== '').join(' ') || null
}
