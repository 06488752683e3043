/** What Twilio is told to do with a call, as TwiML. */

const asXml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const response = (...verbs: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`

const pause = (seconds: number): string => (seconds > 0 ? `<Pause length="${seconds}"/>` : '')
const redirect = (url: string): string => `<Redirect method="POST">${asXml(url)}</Redirect>`

/**
 * Both ways of sound to the hub. `<Connect>` holds until our side closes the socket, or is gone: then the next verb asks what is to be done,
 * so that a caller survives a hub that was killed.
 */
export const streamTo = (carrierUrl: string, token: string, resumeUrl: string, pauseSeconds = 0): string =>
  response(
    pause(pauseSeconds),
    `<Connect><Stream url="${asXml(carrierUrl)}"><Parameter name="token" value="${asXml(token)}"/></Stream></Connect>`,
    redirect(resumeUrl),
  )

export const askAgain = (url: string, seconds: number): string => response(pause(seconds), redirect(url))
export const hangUp = (): string => response('<Hangup/>')
export const reject = (): string => response('<Reject reason="rejected"/>')
/** Nobody is left with silence. */
export const apologise = (words: string): string => response(`<Say>${asXml(words)}</Say>`, '<Hangup/>')
export const nothing = (): string => response()
