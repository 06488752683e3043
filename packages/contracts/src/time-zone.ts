/** A time zone by its IANA name. */
import { z } from 'zod'

const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, 'the IANA name of a time zone, as Europe/Helsinki')
  .meta({ examples: ['Europe/Helsinki'] })
