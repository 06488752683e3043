/** A workspace's rules as calls obey them: its settings, its line's wish, and its sentences as sound. */
import type { Sound } from '@earshot/voice'
import { type Services, transact } from '../../platform/context.ts'
import type { CallRules } from '../call-services.ts'
import { sayToCaller } from '../speech/index.ts'
import { findLine } from './queries.ts'
import { announcementOf, voiceSettingsOf } from './settings.ts'

const LISTENERS = 5

/** Without a line, as for calls from a browser, it is announced: nobody has said otherwise. */
export async function callRulesOf(
  services: Services,
  workspaceId: string,
  lineId: string | null = null,
): Promise<CallRules> {
  const { settings, line } = await transact({ ...services, workspaceId }, async (tx) => ({
    settings: await voiceSettingsOf(tx, workspaceId),
    line: lineId === null ? null : ((await findLine(tx, workspaceId, lineId)) ?? null),
  }))
  const say = (text: string): Promise<Sound | null> => sayToCaller(services, workspaceId, { text })
  const announcement = announcementOf(settings, line)
  return {
    record: settings.record,
    announcement: announcement === null ? null : await say(announcement),
    maxMinutes: settings.maxMinutes,
    listeners: LISTENERS,
    // biome-ignore lint/suspicious/noThenProperty: nobody awaits a rule.
    queue: { afterMs: settings.queueAfterSeconds * 1000, then: settings.queueThen },
    sayPosition: (position) =>
      say(position === 1 ? 'You are next. Please hold the line.' : `You are number ${position} in line. Please hold.`),
    sayVoicemail: () => say('Nobody is free at the moment. Please leave a message now. We will come back to you.'),
  }
}
