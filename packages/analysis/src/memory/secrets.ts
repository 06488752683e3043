/** Secrets in text: card numbers, account numbers, passwords and PINs. They are found to be masked, never kept. */

export type Secret = { kind: 'card' | 'iban' | 'national_id' | 'password'; start: number; end: number }

const CARD = /(?<![\d.])(?:\d[ -]?){12,18}\d(?!\d)/g
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g
const US_SSN = /(?<!\d)(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?!\d)/g
const PASSWORD =
  /(?:password|passwort|passwd|pwd|contraseña|mot de passe|senha|wachtwoord|hasło|пароль|şifre|密码|パスワード|كلمة السر|\bpin(?: code| number)?|\bcvv|\bcvc)(?:\s+(?:is|was|ist|es|est|é|:)|\s*[:=])\s*["'“]?([^\s"'”,;]{3,64})/giu

/** "with PIN 5380", "my PIN, which is 0314": a few words at most between the word and its digits. */
const PIN =
  /(?<!\p{L})(?:pin(?: code| number)?|cvv|cvc)(?!\p{L})(?:[^\p{L}\d\n]|instead\?|\p{L}{1,7}(?!\p{L})){1,12}?(?<![\p{L}\d.,:/-])(\d{3,8})(?![\d\p{L}]|[.,:/-]\d)/giu

/** The shapes card schemes issue; other long numbers are accounts, parcels and orders. */
const CARD_SHAPE =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|6(?:011|5\d\d|4[4-9]\d|2\d\d)\d{12,15})$/

const luhn = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    let digit = Number(digits[digits.length - 1 - i])
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2
    sum += digit
  }
  return sum % 10 === 0
}

/** The remainder of 97 over a long number, digit by digit. */
const ibanValid = (raw: string): boolean => {
  const iban = raw.replaceAll(' ', '')
  if (iban.length < 15 || iban.length > 34) return false
  let remainder = 0
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

export const findSecrets = (text: string): Secret[] => {
  const found: Secret[] = []
  const all = (pattern: RegExp, kind: Secret['kind'], valid: (raw: string) => boolean) => {
    for (const match of text.matchAll(pattern))
      if (valid(match[0])) found.push({ kind, start: match.index, end: match.index + match[0].trimEnd().length })
  }
  all(CARD, 'card', (raw) => {
    const digits = raw.replace(/\D/g, '')
    return CARD_SHAPE.test(digits) && luhn(digits)
  })
  all(IBAN, 'iban', ibanValid)
  all(US_SSN, 'national_id', () => true)
  for (const match of text.matchAll(PIN)) {
    const end = match.index + match[0].length
    found.push({ kind: 'password', start: end - match[1]!.length, end })
  }
  for (const match of text.matchAll(PASSWORD)) {
    const value = (match[1] ?? '').replace(/[.!?)]+$/, '')
    const start = match.index + match[0].length - (match[1] ?? '').length
    if (value) found.push({ kind: 'password', start, end: start + value.length })
  }
  return found.sort((a, b) => a.start - b.start)
}

export const mask = (value: string): string => {
  const tail = value.replace(/\D/g, '')
  return tail.length >= 12 ? `•••• ${tail.slice(-4)}` : '••••'
}

/** The text with every secret replaced: what summaries and quotes are made of. */
export const masked = (text: string): string => {
  let out = ''
  let from = 0
  for (const { start, end } of findSecrets(text)) {
    if (start < from) continue
    out += text.slice(from, start) + mask(text.slice(start, end))
    from = end
  }
  return out + text.slice(from)
}
