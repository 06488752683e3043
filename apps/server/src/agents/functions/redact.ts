/** Takes secrets out of what a function answered or complained: an address may echo what it was sent. */
import type { JsonValue } from '@earshot/contracts'

export type Redact = (text: string) => string

/** In the forms in which a secret comes back: as it is, encoded for an address, in base64, and escaped in JSON. */
export function redactor(secrets: Iterable<string>): Redact {
  const forms = new Set<string>()
  for (const secret of secrets) {
    // A secret this short would take innocent text along; nothing real is.
    if (secret.length < 4) continue
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) forms.add(form)
    // Base64 of a text that holds it begins at one of three places of the alphabet.
    for (const lead of ['', 'x', 'xx'])
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(lead + secret)
          .toString(encoding)
          .replace(/=+$/, '')
        forms.add(encoded.slice(lead.length === 0 ? 0 : lead.length + 1, -1))
      }
  }
  const longest = [...forms].filter((form) => form.length >= 4).sort((a, b) => b.length - a.length)
  return (text) => longest.reduce((clean, form) => clean.replaceAll(form, '…'), text)
}

/** Every text inside a value, names included. */
export function redactJson(value: JsonValue, redact: Redact): JsonValue {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item) => redactJson(item, redact))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), redactJson(inner, redact)]))
}
