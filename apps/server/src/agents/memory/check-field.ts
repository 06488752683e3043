/** Does a value fit a memory field? The one check, for detectors, models, results of functions and people. */
import { masked } from '@earshot/analysis'
import type { JsonValue, MemoryField } from '@earshot/contracts'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

export type CheckedValue = { ok: true; value: JsonValue } | { ok: false; problem: string }

const EMAIL = /^[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,4}\.\p{L}{2,24}$/u
const MOST_TEXT = 1000

/** E-mail addresses are compared in lower case. Undefined: it is none. */
export const normalEmail = (text: string): string | undefined =>
  EMAIL.test(text.trim()) ? text.trim().toLowerCase() : undefined

/** E.164, when the number says its country and exists there. */
export function normalPhone(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text.trim().replace(/^00/, '+'))
  return number?.isValid() ? number.number : undefined
}

/** The value in the form in which it is kept. Numbers of cards, passwords and the like are kept masked. */
export function checkField(field: MemoryField, given: JsonValue): CheckedValue {
  if (given === null || typeof given === 'object') return no(`${field.name} must be one value.`)
  const typed = CHECKS[field.type](field, given)
  if (!typed.ok || typeof typed.value !== 'string') return typed
  if (field.pattern !== '' && !matchesForm(typed.value, field.pattern))
    return no(`${field.name} must have the form ${field.pattern}.`)
  return typed
}

const no = (problem: string): CheckedValue => ({ ok: false, problem })
const yes = (value: JsonValue): CheckedValue => ({ ok: true, value })

type Check = (field: MemoryField, given: string | number | boolean) => CheckedValue

const CHECKS: Record<MemoryField['type'], Check> = {
  text: (field, given) => {
    const text = masked(String(given)).trim()
    return text !== '' && text.length <= MOST_TEXT
      ? yes(text)
      : no(`${field.name} must be a text of at most ${MOST_TEXT} characters.`)
  },
  name: (field, given) => {
    const text = String(given).trim().replace(/\s+/g, ' ')
    const fits = /^[\p{L}\p{M}][\p{L}\p{M}\p{Zs}.'’-]{0,99}$/u.test(text)
    return fits ? yes(text) : no(`${field.name} must be a name.`)
  },
  email: (field, given) => {
    const email = normalEmail(String(given))
    return email ? yes(email) : no(`${field.name} must be an e-mail address.`)
  },
  phone: (field, given) => {
    const text = String(given).trim()
    const digits = text.replace(/\D/g, '').length
    const isNumber = /^[+\d][\d ().\-/]{5,24}$/.test(text) && digits >= 7 && digits <= 15
    return isNumber ? yes(normalPhone(text) ?? text) : no(`${field.name} must be a phone number.`)
  },
  number: (field, given) => {
    const value = typeof given === 'number' ? given : readNumber(String(given))
    if (value === undefined || !Number.isFinite(value)) return no(`${field.name} must be a number.`)
    if (field.least !== null && value < field.least) return no(`${field.name} must be at least ${field.least}.`)
    if (field.most !== null && value > field.most) return no(`${field.name} must be at most ${field.most}.`)
    return yes(value)
  },
  date: (field, given) => {
    const day = readDay(String(given).trim())
    return day ? yes(day) : no(`${field.name} must be a day, as 2026-11-30.`)
  },
  yes_no: (field, given) => {
    if (typeof given === 'boolean') return yes(given)
    const word = String(given).trim().toLowerCase()
    if (/^(?:yes|true|y|ja|oui|sí|si|sim|sì|tak|да|так|1)$/u.test(word)) return yes(true)
    if (/^(?:no|false|n|nein|non|não|nie|нет|ні|0)$/u.test(word)) return yes(false)
    return no(`${field.name} must be yes or no.`)
  },
  choice: (field, given) => {
    const wanted = fold(String(given))
    const chosen = field.choices.find((choice) => fold(choice) === wanted)
    return chosen !== undefined ? yes(chosen) : no(`${field.name} must be one of: ${field.choices.join(', ')}.`)
  },
  order_id: (field, given) => {
    const text = String(given).trim().replace(/^#/, '').toUpperCase()
    // Where the workspace says what its numbers look like, that alone decides.
    const fits = field.pattern !== '' || /^(?=.*\d.*\d)[A-Z0-9][A-Z0-9-]{2,23}$/.test(text)
    return fits && text.length <= 100 ? yes(text) : no(`${field.name} must be a number such as A-1042.`)
  },
}

export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase()

/** "120", "1,250.5" or "about 120 m²": the one number in it. */
function readNumber(text: string): number | undefined {
  const found = text.slice(0, 100).match(/-?\d+(?:[.,]\d+)*/g) ?? []
  if (found.length !== 1) return undefined
  const [digits] = found as [string]
  const decimal = /[.,](\d{1,2})$/.exec(digits)
  const whole = (decimal ? digits.slice(0, decimal.index) : digits).replace(/[.,]/g, '')
  return Number(decimal ? `${whole}.${decimal[1]}` : whole)
}

function readDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text)
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  const [year, month, day] = iso ? iso.slice(1) : dotted ? [dotted[3], dotted[2], dotted[1]] : []
  if (!year || !month || !day) return undefined
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written) ? written : undefined
}

/** The simple forms of the contract: A a letter, 9 a digit, * either, ? optional before; anything else itself. */
export function matchesForm(text: string, form: string): boolean {
  const signs = [...form.matchAll(/([^?])(\?)?/gu)]
  const source = signs.map(([, sign, optional]) => `${SIGNS[sign!] ?? literal(sign!)}${optional ? '?' : ''}`).join('')
  return text.length <= 200 && new RegExp(`^${source}$`, 'iu').test(text)
}
const SIGNS: Record<string, string> = { A: '\\p{L}', '9': '\\d', '*': '[\\p{L}\\d]' }
const literal = (sign: string): string => (/[\\^$.*+?()[\]{}|/]/.test(sign) ? `\\${sign}` : sign)
