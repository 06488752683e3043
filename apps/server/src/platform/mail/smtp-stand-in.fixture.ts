/** A mail server as strict ones are: wants encryption, then a name and a password, checks addresses, and can refuse. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface TakenMail {
  from: string
  to: string[]
  /** As it came over the wire. */
  raw: string
}

export interface MailStandIn {
  settings: { url: string; from: string }
  taken: TakenMail[]
  /** What the next mails are answered, by code; taken afterwards. */
  refusals: number[]
  stop(): Promise<void>
}

export async function startMailStandIn(): Promise<MailStandIn> {
  const taken: TakenMail[] = []
  const refusals: number[] = []
  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    onAuth({ username, password }, session, done) {
      if (!session.secure) done(new Error('not over an open line'))
      else if (username !== 'earshot' || password !== 'p@ss/word') done(new Error('wrong name or password'))
      else done(null, { user: username })
    },
    onRcptTo({ address }, _session, done) {
      if (/^[^@\s]+@[^@\s]+\.[a-z]+$/.test(address)) done()
      else done(Object.assign(new Error('no such address'), { responseCode: 550 }))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const refusal = refusals.shift()
        if (refusal) return done(Object.assign(new Error('not now'), { responseCode: refusal }))
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    settings: { url: `smtp://earshot:p%40ss%2Fword@127.0.0.1:${port}`, from: 'Earshot <earshot@north.example>' },
    taken,
    refusals,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
