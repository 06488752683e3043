/** What is typed about a line, and the draft it makes. */
import type { Line, LineDraft, TrunkAddress } from '@earshot/contracts'

export interface LineWish {
  name: string
  number: string
  /** Undefined: nobody has chosen, the first agent it is; null: people, from the queue. */
  agentId: string | null | undefined
  announce: boolean
  enabled: boolean
  accountSid: string
  detectMachine: boolean
  /** Empty: the one that is kept stays. */
  secret: string
  trunk: TrunkAddress
  /** One network a line, as it is typed. */
  from: string
}

const TRUNK: TrunkAddress = {
  host: '',
  port: 5060,
  transport: 'udp',
  user: null,
  from: [],
  codecs: ['PCMU', 'PCMA'],
  register: false,
}

export const wishOf = (line: Line | undefined): LineWish => ({
  name: line?.name ?? '',
  number: line?.number ?? '',
  agentId: line && (line.agent?.id ?? null),
  announce: line?.announce ?? true,
  enabled: line?.enabled ?? true,
  accountSid: line?.twilio?.accountSid ?? '',
  detectMachine: line?.twilio?.detectMachine ?? false,
  secret: '',
  trunk: line?.trunk ?? TRUNK,
  from: line?.trunk?.from.join('\n') ?? '',
})

/** Spaces, dots and brackets are how people write numbers; `00` is how they dial abroad. */
export const asNumber = (typed: string): string => typed.replace(/[\s().\-/]/g, '').replace(/^00/, '+')

export const isNumber = (typed: string): boolean => /^\+[1-9]\d{6,14}$/.test(asNumber(typed))
export const isAccount = (typed: string): boolean => /^AC[0-9a-fA-F]{32}$/.test(typed.trim())
const isHost = (typed: string): boolean => /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$/.test(typed)

export function isWhole(kind: Line['kind'], wish: LineWish, needsSecret: boolean): boolean {
  if (wish.name.trim() === '' || (needsSecret && wish.secret === '')) return false
  if (kind === 'twilio') return isNumber(wish.number) && isAccount(wish.accountSid)
  const { host, port, codecs } = wish.trunk
  const isPort = Number.isInteger(port) && port >= 1 && port <= 65_535
  return isHost(host) && isPort && codecs.length > 0 && (wish.number.trim() === '' || isNumber(wish.number))
}

/** A token belongs to its account, a password to its host: another one asks for it again. */
export function needsSecret(kind: Line['kind'], wish: LineWish, line: Line | undefined): boolean {
  if (!line) return kind === 'twilio'
  if (!line.hasSecret) return false
  return kind === 'twilio' ? line.twilio?.accountSid !== wish.accountSid.trim() : line.trunk?.host !== wish.trunk.host
}

export function draftOf(kind: Line['kind'], wish: LineWish, agentId: string | null): LineDraft {
  const { announce, enabled, detectMachine, trunk, from } = wish
  const common = { name: wish.name.trim(), agentId, announce, enabled }
  const secret = wish.secret.trim()
  if (kind === 'twilio')
    return {
      kind,
      ...common,
      number: asNumber(wish.number),
      accountSid: wish.accountSid.trim(),
      detectMachine,
      ...(secret !== '' && { authToken: secret }),
    }
  return {
    kind,
    ...common,
    number: wish.number.trim() === '' ? null : asNumber(wish.number),
    trunk: { ...trunk, user: trunk.user?.trim() || null, from: from.split(/[\s,]+/).filter((one) => one !== '') },
    ...(secret !== '' && { password: secret }),
  }
}
