/**
 * The contracts as a browser needs them: addresses, options and limits. The schemas stay with the server, which judges by them;
 * where a screen judges by one too, it imports `@earshot/contracts/schemas` and brings the library.
 */
import * as contracts from '@earshot/contracts'
import type { Plugin } from 'vite'

const PLAIN = '\0light-contracts'

/** Only for what is built: beside a running server, the contracts may change while one works on them. */
export const lightContracts: Plugin = {
  name: 'light-contracts',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id) => (id === '@earshot/contracts' ? { id: PLAIN, moduleSideEffects: false } : null),
  load: (id) => (id === PLAIN ? lines().join('\n') : null),
}

/** What is left out cannot be imported: the build fails and names it. */
function lines(): string[] {
  return Object.entries(contracts).flatMap(([name, value]) => {
    const light = name === 'ERRORS' ? codesOf(contracts.ERRORS) : lightened(value)
    return light === undefined ? [] : [`export const ${name} = ${JSON.stringify(light)}`]
  })
}

/** Of errors the browser asks only whether it knows the code: it has sentences of its own for each. */
const codesOf = (errors: object) => Object.fromEntries(Object.keys(errors).map((code) => [code, {}]))

function lightened(value: unknown): unknown {
  if (isPlain(value)) return value
  if (typeof value !== 'object' || value === null) return undefined
  if ('method' in value && 'path' in value && 'repeatsSafely' in value) {
    return { method: value.method, path: value.path, repeatsSafely: value.repeatsSafely }
  }
  return 'options' in value && isPlain(value.options) ? { options: value.options } : undefined
}

/** Whether JSON says all of it. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value !== 'object' || value === null)
    return ['string', 'number', 'boolean'].includes(typeof value) || value === null
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
}
