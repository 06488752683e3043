/** Fills a function's templates with parameters that a model chose: they become data in their place and can never change the place. */
import type { JsonValue } from '@earshot/contracts'

export type Parameters = { [name: string]: JsonValue }

/** A parameter that may not stand where the template puts it. Its words go to the model and to operators. */
export class BadParameter extends Error {
  override name = 'BadParameter'
}

const PLACE = /\{([A-Za-z_][\w-]{0,63})\}/g
/** A query's `name={place}` as a whole is left out when its parameter is not given. */
const PAIR = /^[^=]*=\{([A-Za-z_][\w-]{0,63})\}$/

/** The names that a template asks for. */
export const placesOf = (template: string): string[] => [...template.matchAll(PLACE)].map((match) => match[1]!)

/** True when the parameters can only reach path and query: whom a function calls is never a parameter. */
export function hasFixedOrigin(template: string): boolean {
  const origin = /^https?:\/\/[^/?#{}\\@\s]+(?=[/?]|$)/i.exec(template)?.[0]
  return origin !== undefined && URL.canParse(template.replaceAll(PLACE, 'x')) && !template.includes('#')
}

export function fillUrl(template: string, parameters: Parameters): string {
  const [path = '', query] = split(template, '?')
  const origin = /^https?:\/\/[^/]+/i.exec(path)?.[0] ?? ''
  const segments = path
    .slice(origin.length)
    .split('/')
    .map((segment) => fillSegment(segment, parameters))
  const pairs = (query ?? '')
    .split('&')
    .filter((pair) => pair !== '' && !isAbsent(PAIR.exec(pair)?.[1], parameters))
    .map((pair) => pair.replace(PLACE, (_, name: string) => encodeURIComponent(scalar(name, parameters))))
  const filled = `${origin}${segments.join('/')}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
  // The last word is the parser's that the request is made with.
  const url = hasFixedOrigin(template) && URL.canParse(filled) ? new URL(filled) : undefined
  if (
    url?.origin !== new URL(origin).origin ||
    (url.pathname !== '/' && url.pathname.split('/').length !== segments.length)
  )
    throw new BadParameter('The address of this function is not valid.')
  return filled
}

const isAbsent = (name: string | undefined, parameters: Parameters): boolean =>
  name !== undefined && (parameters[name] === undefined || parameters[name] === null)

/** `..` would leave the place, an empty value would often mean "all", and some servers read an encoded slash as a slash. */
function fillSegment(segment: string, parameters: Parameters): string {
  if (placesOf(segment).length === 0) return segment
  const fill = (write: (value: string) => string) =>
    segment.replace(PLACE, (_, name: string) => {
      const value = scalar(name, parameters)
      if (value.trim() === '') throw new BadParameter(`"${name}" may not be empty.`)
      return write(value)
    })
  if (isStep(fill((value) => value))) throw new BadParameter('A parameter may not be a step to another address.')
  return fill(encodeURIComponent)
}

/** Also where it is encoded once more, or twice: what stands behind the address may decode it again. */
function isStep(text: string): boolean {
  let decoded = text
  for (let i = 0; i < 3; i++) {
    if (decoded.split(/[/\\]/).some((part) => /^\.{1,2}$/.test(part.trim()))) return true
    decoded = decoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
  return false
}

function scalar(name: string, parameters: Parameters): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
  if (value === undefined || value === null) throw new BadParameter(`"${name}" is missing.`)
  if (typeof value === 'object') throw new BadParameter(`"${name}" must be one value, not a list or an object.`)
  return String(value).toWellFormed()
}

function split(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** A place that is a whole string becomes the value itself, of any type; inside a text it becomes text. What is not given is left out. */
export function fillBody(template: JsonValue, parameters: Parameters): JsonValue | undefined {
  if (typeof template === 'string') return fillText(template, parameters)
  if (Array.isArray(template))
    return template.map((item) => fillBody(item, parameters)).filter((item) => item !== undefined)
  if (template === null || typeof template !== 'object') return template
  const entries = Object.entries(template).map(([key, value]) => [key, fillBody(value, parameters)] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined))
}

function fillText(template: string, parameters: Parameters): JsonValue | undefined {
  const whole = /^\{([A-Za-z_][\w-]{0,63})\}$/.exec(template)?.[1]
  if (whole) return Object.hasOwn(parameters, whole) ? parameters[whole] : undefined
  return template.replace(PLACE, (_, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  })
}
