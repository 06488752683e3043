/** Somebody who calls the API in a test: with a session cookie, an API key, or nothing. */

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies freely; the server has checked them against the contract
  body: any
  headers: Headers
}

export class Caller {
  readonly url: string
  readonly headers: Record<string, string>

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url
    this.headers = headers
  }

  static withKey(url: string, key: string): Caller {
    return new Caller(url, { authorization: `Bearer ${key}` })
  }

  static async signIn(url: string, email: string, password: string): Promise<Caller> {
    const answer = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email, password }),
    })
    if (!answer.ok) throw new Error(`signing in answered ${answer.status}: ${await answer.text()}`)
    const cookie = answer.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
    return new Caller(url, { cookie, origin: url })
  }

  /** The same person at another node. */
  at(url: string): Caller {
    return new Caller(url, this.headers.origin ? { ...this.headers, origin: url } : this.headers)
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...this.headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = /[+/]json\b/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, body: isJson && text ? JSON.parse(text) : text, headers: answer.headers }
  }

  get = (path: string) => this.send('GET', path)
  post = (path: string, body?: unknown, headers?: Record<string, string>) => this.send('POST', path, body, headers)
  put = (path: string, body?: unknown) => this.send('PUT', path, body)
  patch = (path: string, body?: unknown) => this.send('PATCH', path, body)
  delete = (path: string) => this.send('DELETE', path)
}
