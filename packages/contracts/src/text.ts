/** Text and other small shapes that every contract uses: bounded, well formed, the same at every door. */
import { z } from 'zod'

/** Longest message, in UTF-16 units. */
export const MAX_MESSAGE = 16_000
/** Longest log, in entries. */
export const MAX_POSITION = 2_147_483_647
/** Largest attachment, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024

const NUL = String.fromCharCode(0)

/** NUL and lone surrogates become U+FFFD: PostgreSQL refuses the one, and drivers silently rewrite the other. */
export function wellFormed(text: string): string {
  const sound = text.isWellFormed() ? text : text.toWellFormed()
  return sound.includes(NUL) ? sound.replaceAll(NUL, '\uFFFD') : sound
}

/** A string of at most `max` characters that the database and every screen can carry. */
export const text = (max: number) => z.string().max(max).overwrite(wellFormed)
/** The same, trimmed and not empty: names, titles, keys. */
export const name = (max: number) => z.string().trim().min(1).max(max).overwrite(wellFormed)

export const Id = z.uuid()
/** A moment between 1900 and 9999 in UTC: beyond, it could be stored but not written down again in the same form. */
export const Time = z.iso
  .datetime({ offset: true })
  .refine((at) => at >= '1900' && Date.parse(at) <= Date.UTC(9999, 11, 31), 'between the years 1900 and 9999')
/** Reply times are always UTC with milliseconds. */
export const UtcTime = z.iso.datetime()

/** Any JSON value, bounded in depth (32) and in keys (500 an object) and elements (1,000 an array). */
export const Json: z.ZodType<JsonValue> = z.custom<JsonValue>(
  (value) => fits(value, 32),
  'must be JSON of bounded depth and size',
)
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

function fits(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth === 0) return false
  if (Array.isArray(value)) return value.length <= 1000 && value.every((v) => fits(v, depth - 1))
  const entries = Object.entries(value)
  return entries.length <= 500 && entries.every(([k, v]) => k !== '__proto__' && fits(v, depth - 1))
}

/** The parameters of every list: keyset pages. */
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
}
/** The shape of every list's reply. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** A query parameter of one value or several: `?status=active&status=closed` means either. */
export type Several<T extends z.ZodType> = z.ZodPreprocess<z.ZodOptional<z.ZodArray<T>>>
export const several = <T extends z.ZodType>(value: T, most: number): Several<T> =>
  z.preprocess((v) => (v === undefined || Array.isArray(v) ? v : [v]), z.array(value).max(most).optional())
/** A query parameter that is true or false. */
export const yesNo = z
  .enum(['true', 'false', '1', '0'])
  .transform((v) => v === 'true' || v === '1')
  .optional()

/** The one-id path parameter. */
export const IdParams = z.strictObject({ id: Id })
/** The reply of an operation that has nothing to say. */
export const Done = z.object({ ok: z.literal(true) })
