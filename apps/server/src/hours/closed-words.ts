/** What a contact reads out of hours: when people are back, and how to be reached. */
import { nextOpening, type Schedule } from './open-hours.ts'

/** In the words of the workspace, or our own. */
export function closedWords(schedule: Schedule, now: number): string {
  const at = nextOpening(schedule, now)
  const opens = at === null ? '' : describe(schedule.timeZone, at)
  const own = schedule.closedText.trim()
  if (own !== '') return own.replaceAll('{opens}', opens)
  const back = opens === '' ? 'Nobody is here at the moment.' : `Nobody is here at the moment. We open on ${opens}.`
  const details = schedule.askForDetails
    ? ' Leave your e-mail address or phone number here and we will get back to you.'
    : ''
  return `${back} You keep your place in the queue.${details}`
}

const describe = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
