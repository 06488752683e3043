/** Calls the visitor API. A token that the server no longer knows is replaced, once, without the visitor noticing. */
import { ApiError, readProblem } from '@earshot/client'
import type {
  Attachment,
  OlderEntries,
  SaidAsContact,
  Session,
  StartSession,
  VisitorConversation,
} from '@earshot/contracts'
import type { z } from 'zod'
import { type Kept, keep } from './storage.ts'

type SessionGiven = Omit<z.input<typeof StartSession>, 'channelKey' | 'token'>
export type Said = z.infer<typeof SaidAsContact>

const PATH = '/widget/v1'

export class Api {
  readonly #channelKey: string
  readonly #token: Kept
  #renewing: Promise<Session> | undefined

  constructor(channelKey: string) {
    this.#channelKey = channelKey
    this.#token = keep(channelKey, 'token')
  }

  get isKnown(): boolean {
    return this.#token.get() !== null
  }

  get authorization(): Record<string, string> {
    const token = this.#token.get()
    return token === null ? {} : { authorization: `Bearer ${token}` }
  }

  async start(given: SessionGiven = {}): Promise<Session> {
    const token = this.#token.get() ?? undefined
    const body = JSON.stringify({ ...given, channelKey: this.#channelKey, token })
    const session = await send<Session>('/session', { method: 'POST', headers: JSON_TYPE, body })
    this.#token.set(session.token)
    return session
  }

  say(
    body: { text: string; attachmentIds: string[]; clientKey: string; page?: string; locale: string; visitor?: string },
    signal: AbortSignal,
  ): Promise<Said> {
    return this.post('/messages', body, signal)
  }
  older(before: number): Promise<z.infer<typeof OlderEntries>> {
    return this.get(`/messages?before=${before}`)
  }
  typing(active: boolean): Promise<unknown> {
    return this.post('/typing', { active })
  }
  rate(stars: number, comment: string): Promise<VisitorConversation> {
    return this.post('/rating', { stars, ...(comment === '' ? {} : { comment }) })
  }

  /** By XMLHttpRequest, because `fetch` does not tell how far it is. */
  upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Attachment> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      const form = new FormData()
      form.append('file', file, file.name)
      request.open('POST', `${PATH}/upload`)
      for (const [name, value] of Object.entries(this.authorization)) request.setRequestHeader(name, value)
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
      request.onload = () => {
        const { status, responseText } = request
        if (status === 201) resolve(JSON.parse(responseText) as Attachment)
        else void readProblem(new Response(responseText, { status: status || 500 }), Date.now()).then(reject)
      }
      request.onerror = () => reject(unreachable())
      request.onabort = () => reject(unreachable())
      signal.addEventListener('abort', () => request.abort())
      request.send(form)
    })
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>(path, {})
  }

  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return this.#call<T>(path, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify(body),
      signal: signal ?? null,
    })
  }

  async #call<T>(path: string, init: RequestInit): Promise<T> {
    try {
      return await send<T>(path, { ...init, headers: { ...init.headers, ...this.authorization } })
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      await this.renew()
      return send<T>(path, { ...init, headers: { ...init.headers, ...this.authorization } })
    }
  }

  /** A new token for one that is unknown; several who ask at once get the same. */
  renew(): Promise<Session> {
    this.#token.set(null)
    this.#renewing ??= this.start().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }
const unreachable = (cause?: unknown) => new ApiError({ code: 'network', status: 0, title: 'No connection', cause })

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const answer = await fetch(PATH + path, { ...init, credentials: 'omit', cache: 'no-store' }).catch((cause) => {
    throw unreachable(cause)
  })
  if (!answer.ok) throw await readProblem(answer, Date.now())
  return (await answer.json().catch((cause) => {
    throw unreachable(cause)
  })) as T
}
