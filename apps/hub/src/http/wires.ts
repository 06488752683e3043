/** Sockets of `ws` as the wires of calls, and the way out to agents. */
import { WebSocket } from 'ws'
import type { OpenWire } from '../call/agent-line.ts'
import type { Wire } from '../call/wire.ts'

/** Longest message of an agent: half a minute of sound in one piece. */
const MOST_FROM_AGENT = 1024 * 1024

export function wireOf(socket: WebSocket): Wire {
  return {
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
    get unsent() {
      return socket.bufferedAmount
    },
    send: (message) => socket.send(message),
    close(code, reason) {
      if (socket.readyState === WebSocket.OPEN) socket.close(code, reason.slice(0, 120))
      // Whoever does not answer the goodbye is not waited for.
      setTimeout(() => socket.terminate(), 2000).unref()
    },
    cut: () => socket.terminate(),
  }
}

export const openWire: OpenWire = (url, headers, { onOpen, onText, onClose }) => {
  const socket = new WebSocket(url, {
    headers,
    handshakeTimeout: 5000,
    perMessageDeflate: false,
    maxPayload: MOST_FROM_AGENT,
    followRedirects: false,
  })
  let isOver = false
  const over = (code: number) => {
    if (isOver) return
    isOver = true
    onClose(code)
  }
  socket.on('open', () => {
    keepAlive(socket)
    onOpen(wireOf(socket))
  })
  socket.on('message', (data, isBinary) => {
    if (!isBinary) onText(data.toString())
  })
  socket.on('close', over)
  // A close follows, but for addresses that cannot be dialled at all.
  socket.on('error', () => setImmediate(() => socket.readyState === WebSocket.CLOSED && over(1006)))
  return {
    abandon() {
      if (socket.readyState === WebSocket.CONNECTING) socket.terminate()
    },
  }
}

const PING_MS = 5000
const alive = new WeakMap<WebSocket, number>()
const watched = new Set<WebSocket>()

/** Two pings without an answer, and the socket is cut: a dead path shows no close. */
export function keepAlive(socket: WebSocket): void {
  watched.add(socket)
  alive.set(socket, 0)
  socket.on('pong', () => alive.set(socket, 0))
  socket.on('message', () => alive.set(socket, 0))
  socket.on('close', () => watched.delete(socket))
}

export function startPings(): () => void {
  const timer = setInterval(() => {
    for (const socket of watched) {
      const missed = alive.get(socket) ?? 0
      if (missed >= 2) socket.terminate()
      else {
        alive.set(socket, missed + 1)
        if (socket.readyState === WebSocket.OPEN) socket.ping()
      }
    }
  }, PING_MS)
  return () => clearInterval(timer)
}
