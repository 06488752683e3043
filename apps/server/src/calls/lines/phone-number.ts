/** Telephone numbers: one spelling for each, and the country it belongs to. */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { AppError } from '../../platform/errors.ts'

export interface PhoneNumber {
  /** E.164. */
  number: string
  /** ISO 3166; null for numbers of no country, such as those of satellites. */
  country: string | null
}

/** Undefined: no number that exists by the plan of its country. */
export function readNumber(text: string): PhoneNumber | undefined {
  const read = parsePhoneNumberFromString(text.trim())
  return read?.isValid() && read.number.length <= 16
    ? { number: read.number, country: read.country ?? null }
    : undefined
}

export function requireNumber(text: string): PhoneNumber {
  const read = readNumber(text)
  if (!read) throw new AppError('call.number_invalid')
  return read
}

export const isCountry = (code: string): boolean => isSupportedCountry(code)
