/** The way out for mail: one SMTP server, named by the settings. Without it there is no mail, and whoever asks is told so. */
import { createTransport } from 'nodemailer'
import type { ComposedMail } from './compose.ts'

export interface MailSettings {
  url: string
  from: string
}

export interface OutgoingMail extends ComposedMail {
  to: string
  /** The same mail sent again has the same id, so that whoever gets it twice can tell. */
  messageId: string
}

export interface MailDoor {
  /** Null: there is no mail server in the settings. */
  from: string | null
  /** Throws a `MailRefused`. */
  deliver(mail: OutgoingMail): Promise<void>
  close(): void
}

declare module '../context.ts' {
  interface Services {
    mail: MailDoor
  }
}

/** The server did not take it. `lasting`: it would not take it later either. */
export class MailRefused extends Error {
  override name = 'MailRefused'
  readonly lasting: boolean

  constructor(message: string, lasting: boolean) {
    super(message)
    this.lasting = lasting
  }
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 }

export function openMail(settings: MailSettings | undefined): MailDoor {
  if (!settings)
    return {
      from: null,
      deliver: () => Promise.reject(new MailRefused('No mail server is set (EARSHOT_SMTP_URL).', true)),
      close: () => {},
    }
  const transport = createTransport({ ...readServer(settings.url), ...TIMEOUTS, pool: true, maxConnections: 3 })
  const { from } = settings
  return {
    from,
    async deliver({ to, subject, text, html, messageId }) {
      try {
        const sent = await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${messageId}@${domainOf(from)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        if (sent.rejected.length > 0) throw new MailRefused('The server did not take the address.', true)
      } catch (error) {
        throw asRefused(error)
      }
    },
    close: () => transport.close(),
  }
}

/** Only what an address says; a password goes over an encrypted line, unless the server is this machine. */
function readServer(address: string) {
  const { protocol, hostname, port, username, password } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host)
  return {
    host,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: username !== '' && !secure && !isHere,
    // Where nothing secret is said a certificate of its own is no reason not to write.
    ...(isHere && { tls: { rejectUnauthorized: false } }),
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  }
}

const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'earshot.invalid'

/** What the server said, without what it was told: an answer may repeat an address, never a password. */
function asRefused(error: unknown): MailRefused {
  if (error instanceof MailRefused) return error
  const { code, responseCode, response } = read(error)
  // 5xx: it will say the same tomorrow; but not when it refuses us, which an administrator can put right.
  const lasting = responseCode >= 500 && code !== 'EAUTH'
  if (code === 'EAUTH') return new MailRefused('The mail server refused the name and password.', false)
  if (response) return new MailRefused(`The mail server answered: ${response.slice(0, 200)}`, lasting)
  return new MailRefused(WORDS[code] ?? 'The mail server could not be reached.', false)
}

const WORDS: Record<string, string> = {
  ETIMEDOUT: 'The mail server did not answer in time.',
  ETLS: 'The mail server offers no encryption, which sending a password needs.',
  EENVELOPE: 'The mail server did not take the addresses.',
}

function read(error: unknown): { code: string; responseCode: number; response: string } {
  if (typeof error !== 'object' || error === null) return { code: '', responseCode: 0, response: '' }
  const { code, responseCode, response } = error as Record<string, unknown>
  return {
    code: typeof code === 'string' ? code : '',
    responseCode: typeof responseCode === 'number' ? responseCode : 0,
    response: typeof response === 'string' ? response : '',
  }
}
