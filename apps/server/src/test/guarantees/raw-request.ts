/** Sends bytes as they are, which `fetch` would put in order first; and says what a refusal must look like. */
import { Agent, request } from 'node:http'
import { type Endpoint, ERRORS } from '@earshot/contracts'
import { expect } from 'vitest'
import type { TestApp } from '../app.ts'

export interface RawRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Buffer | undefined
  /** Shares connections with others, for the many small ones. */
  agent?: Agent
}
export { Agent }
export interface RawAnswer {
  status: number
  type: string
  text: string
}

/** A server may refuse and close before it has read everything: what it said by then counts. */
export function sendRaw(url: string, { method, path, headers, body, agent }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = request(url, { method, path, headers: { ...length, ...headers }, agent: agent ?? false }, (answer) => {
      const chunks: Buffer[] = []
      const settle = () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString(),
        })
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', settle)
        .on('error', settle)
      sent.off('error', reject).on('error', () => {})
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Never a failure of ours; and a refusal is short, of a known code, without anything of the inside. */
export function expectSound({ status, type, text }: RawAnswer, what: string): void {
  const told = `${what}: ${status} ${text.slice(0, 500)}`
  expectShort({ status, type, text }, what)
  if (status < 400) return
  expect(type, told).toContain('application/problem+json')
  const problem = JSON.parse(text)
  expect(ERRORS[problem.code as keyof typeof ERRORS], told).toMatchObject({ status, title: problem.title })
}

/** The same for answers that are not in our own words, such as those of the accounts. */
export function expectShort({ status, text }: RawAnswer, what: string): void {
  const told = `${what}: ${status} ${text.slice(0, 500)}`
  expect(status, told).toBeLessThan(500)
  if (status < 400) return
  expect(Buffer.byteLength(text), told).toBeLessThanOrEqual(1024)
  expect(text, told).not.toMatch(/\bat \w+ \(|node_modules|\.ts:\d|select |insert |earshot\./i)
}

/** A list of values without spaces, written down in lines. */
export const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

/** Who may call it: a key where keys may, else the owner. */
export const headersFor = ({ north }: TestApp, { access }: Endpoint): Record<string, string> =>
  typeof access === 'object' && access.scope === null ? north.people.owner.caller.headers : north.machine.headers
