/** The guarded door for outgoing WebSockets: the same checks as for HTTP, and the connection goes to the address that was checked. */
import { WebSocket } from 'ws'
import { type OutboundOptions, OutboundRefused, pinned, resolveCallable } from './outbound-http.ts'

export interface SocketOptions {
  headers?: Record<string, string>
  protocols?: string[]
  signal?: AbortSignal
}

export type OutboundSocket = (address: string, options?: SocketOptions) => Promise<WebSocket>

const HANDSHAKE_MS = 10_000
const MAX_MESSAGE = 4 * 1024 * 1024

/** The provider said no to the handshake. */
export class SocketRefused extends Error {
  override name = 'SocketRefused'
  readonly status: number

  constructor(status: number) {
    super(`The address answered with status ${status} in place of a WebSocket.`)
    this.status = status
  }
}

/** Resolves when it is open. */
export function outboundSocket(options: OutboundOptions): OutboundSocket {
  return async (address, { headers = {}, protocols = [], signal } = {}) => {
    const url = new URL(address)
    if (!/^wss?:$/.test(url.protocol)) throw new OutboundRefused('address')
    const asHttp = new URL(address.replace(/^ws/, 'http'))
    const addresses = await resolveCallable(asHttp, options)
    signal?.throwIfAborted()
    const socket = new WebSocket(url, protocols, {
      headers,
      lookup: pinned(addresses),
      perMessageDeflate: false,
      followRedirects: false,
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_MESSAGE,
    })
    return new Promise((resolve, reject) => {
      const abort = () => socket.terminate()
      signal?.addEventListener('abort', abort, { once: true })
      const settle = (act: () => void) => {
        signal?.removeEventListener('abort', abort)
        act()
      }
      socket.once('open', () => settle(() => resolve(socket)))
      socket.once('unexpected-response', (request, response) => {
        settle(() => reject(new SocketRefused(response.statusCode ?? 0)))
        request.destroy()
      })
      socket.on('error', (error) => settle(() => reject(signal?.aborted ? signal.reason : error)))
    })
  }
}
