/** Sign-in, sessions and the password: the only place that talks to better-auth's own doors. */

/** A refusal, with the code better-auth gave or `network` when there was no answer. */
export class AuthError extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, status: number) {
    super(code)
    this.name = 'AuthError'
    this.code = code
    this.status = status
  }
}

export type Session = {
  token: string
  userAgent: string | null
  ipAddress: string | null
  createdAt: string
  updatedAt: string
  expiresAt: string
}

export const signIn = (email: string, password: string, rememberMe: boolean) =>
  send('sign-in/email', { email, password, rememberMe })
export const signOut = () => send('sign-out', {})
export const changeName = (name: string) => send('update-user', { name })
export const changePassword = (currentPassword: string, newPassword: string) =>
  send('change-password', { currentPassword, newPassword, revokeOtherSessions: true })
export const listSessions = () => ask<Session[]>('list-sessions')
export const currentSession = async () => (await ask<{ session: Session } | null>('get-session'))?.session ?? null
export const revokeSession = (token: string) => send('revoke-session', { token })
export const revokeOtherSessions = () => send('revoke-other-sessions', {})

const send = (path: string, body: object) => fetched(path, { method: 'POST', body: JSON.stringify(body) })
const ask = async <T>(path: string): Promise<T> => (await fetched(path, { method: 'GET' })) as T

async function fetched(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`/api/auth/${path}`, {
    ...init,
    credentials: 'same-origin',
    headers: init.body ? { 'content-type': 'application/json' } : undefined,
  }).catch(() => {
    throw new AuthError('network', 0)
  })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body
  throw new AuthError(codeOf(body) ?? String(response.status), response.status)
}

function codeOf(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' ? body.code : null
}
