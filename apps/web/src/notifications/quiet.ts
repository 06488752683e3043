/** Quiet hours as the person set them, by the clock of their time zone. */
import type { NotificationChoices, NotificationKind } from '@earshot/contracts'

export function isQuiet({ quiet }: NotificationChoices, kind: NotificationKind, now = new Date()): boolean {
  if (!quiet.on || (kind === 'sla' && quiet.pastTargetComesThrough)) return false
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: quiet.timeZone } as const
  const time = new Intl.DateTimeFormat('en-GB', format).format(now)
  return quiet.from <= quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to
}
