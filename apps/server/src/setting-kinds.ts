/** The kinds of values a setting can have: how the text is read, and how a wrong one is explained. */
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

export interface Kind<T> {
  schema: z.ZodType<T, string>
  /** Completes "EARSHOT_X must be …". */
  expects: string
}

export function wholeNumber(from: number, to: number): Kind<number> {
  const schema = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(from).max(to))
  return { schema, expects: `a whole number from ${from} to ${to}` }
}

export function oneOf<const T extends string>(...values: T[]): Kind<T> {
  return { schema: z.string().pipe(z.enum(values)), expects: `one of ${values.join(', ')}` }
}

export const text: Kind<string> = { schema: z.string().min(1), expects: 'some text' }

export const yesOrNo: Kind<boolean> = {
  schema: z.stringbool({ truthy: ['1', 'true', 'yes'], falsy: ['0', 'false', 'no'] }),
  expects: 'true or false',
}

/** Scheme, host and port; a trailing slash is forgiven, a path is not, because links are built by appending one. */
export const origin: Kind<string> = {
  schema: z
    .string()
    .refine((value) => URL.canParse(value) && isOrigin(new URL(value)))
    .transform((value) => new URL(value).origin),
  expects: 'an address without a path, such as https://earshot.example.com',
}

export const portOrOff: Kind<number | 'off'> = {
  schema: z.union([z.literal('off'), wholeNumber(0, 65535).schema]),
  expects: 'a port from 0 to 65535, or off',
}

/** Lowest and highest, both included. */
export const portRange: Kind<string> = {
  schema: z.string().refine((value) => {
    const [, from, to] = /^(\d{4,5})-(\d{4,5})$/.exec(value) ?? []
    return Number(from) >= 1024 && Number(from) < Number(to) && Number(to) <= 65535
  }),
  expects: 'two ports with a line between, such as 40000-40100',
}

export const socketUrl: Kind<string> = {
  schema: z.string().refine((value) => /^wss?:\/\/[^?#]+$/.test(value) && URL.canParse(value)),
  expects: 'an address such as wss://media.example.com',
}

export const postgresUrl: Kind<string> = {
  schema: z.string().refine((value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value)),
  expects: 'an address such as postgresql://user:password@host:5432/name',
}

export const httpUrl: Kind<string> = {
  schema: z.string().refine((value) => /^https?:\/\//.test(value) && URL.canParse(value)),
  expects: 'an http or https address',
}

export const smtpUrl: Kind<string> = {
  schema: z.string().refine((value) => /^smtps?:\/\/[^/?#]+\/?$/.test(value) && URL.canParse(value)),
  expects: 'an address such as smtp://name:password@mail.example.com:587',
}

/** One address, with or without a name before it. */
export const mailAddress: Kind<string> = {
  schema: z.string().regex(/^(?:[^<>\r\n]{1,100}<[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/),
  expects: 'an address such as Earshot <earshot@example.com>',
}

/** Addresses and networks, separated by commas, always read as networks. */
export const networks: Kind<string[]> = {
  schema: z
    .string()
    .transform(splitList)
    .refine((list) => list.every(isNetwork))
    .transform((list) => list.map(asNetwork)),
  expects: 'addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8',
}

/** Which proxies' `X-Forwarded-*` headers are believed: none, a number of hops, or networks. */
export const trustedProxies: Kind<false | number | string[]> = {
  schema: z.union([
    z.literal('false').transform(() => false as const),
    z
      .string()
      .regex(/^[1-9]$/)
      .transform(Number),
    networks.schema,
  ]),
  expects: 'false, a number of proxies from 1 to 9, or their addresses or networks separated by commas',
}

/** Long and mixed enough not to be guessed; a placeholder such as `changemechangemechangemechangeme` is not. */
export const secret: Kind<string> = {
  schema: z
    .string()
    .min(32)
    .refine((value) => new Set(value).size >= 12),
  expects: 'at least 32 random characters (for example from: openssl rand -hex 32)',
}

function isOrigin({ protocol, pathname, search, hash, username }: URL): boolean {
  return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash && !username
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

function isNetwork(value: string): boolean {
  return value.includes('/') ? ipaddr.isValidCIDR(value) : ipaddr.isValid(value) && !/^\d+$/.test(value)
}

function asNetwork(value: string): string {
  if (value.includes('/')) return value
  return `${value}/${ipaddr.parse(value).kind() === 'ipv4' ? 32 : 128}`
}
