/** The two ways sound comes in: `WS /carrier` for Media Streams, `WS /media?token=` for browsers. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { MAX_STREAM_MESSAGE } from '@earshot/voice'
import { type WebSocket, WebSocketServer } from 'ws'
import { BrowserLine, findForBrowser } from '../call/browser-line.ts'
import { CarrierLine } from '../call/carrier-line.ts'
import type { House } from '../call/state.ts'
import { keepAlive, wireOf } from './wires.ts'

/** A stream that does not say which call it is of, is let go. */
const INTRODUCE_MS = 10_000
const MOST_FROM_BROWSER = 4096

export class Media {
  readonly #house: House
  readonly #origins: string[]
  readonly #carriers = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_STREAM_MESSAGE })
  readonly #browsers = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MOST_FROM_BROWSER })

  constructor(house: House, origins: string[]) {
    this.#house = house
    this.#origins = origins
  }

  upgrade(request: IncomingMessage, socket: Duplex & { setNoDelay?(on: boolean): unknown }, head: Buffer): void {
    socket.setNoDelay?.(true)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub')
    if (pathname === '/carrier') {
      this.#carriers.handleUpgrade(request, socket, head, (ws) => this.#carrier(ws))
    } else if (pathname === '/media') {
      if (!this.#isOurPage(request)) return void refuse(socket, '403 Forbidden')
      this.#browsers.handleUpgrade(request, socket, head, (ws) => this.#browser(ws, searchParams.get('token') ?? ''))
    } else refuse(socket, '404 Not Found')
  }

  /** A page of the address the hub is reached at, or one of the settings. What is no browser sends no origin. */
  #isOurPage({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers
    if (origin === undefined || this.#origins.includes(origin)) return true
    return (
      URL.canParse(origin) &&
      URL.canParse(`http://${host}`) &&
      new URL(origin).hostname === new URL(`http://${host}`).hostname
    )
  }

  #carrier(ws: WebSocket): void {
    const line = new CarrierLine(this.#house, wireOf(ws))
    keepAlive(ws)
    const waiting = setTimeout(() => line.isKnown || ws.close(1008, 'no start'), INTRODUCE_MS)
    ws.on('message', (data, isBinary) => {
      if (isBinary) ws.close(1003, 'text only')
      else this.#guarded(ws, () => line.heard(data.toString()))
    })
    ws.on('close', () => {
      clearTimeout(waiting)
      line.closed()
    })
    ws.on('error', () => {}) // a close follows
  }

  #browser(ws: WebSocket, token: string): void {
    ws.on('error', () => {})
    const found = findForBrowser(this.#house, token)
    if (!found) return void ws.close(1008, 'the ticket is not valid')
    keepAlive(ws)
    const line = new BrowserLine(found, wireOf(ws))
    ws.on('message', (data, isBinary) => {
      this.#guarded(ws, () => (isBinary ? line.sound(data as Buffer) : line.word(data.toString())))
    })
    ws.on('close', (code) => line.closed(code))
  }

  #guarded(ws: WebSocket, handle: () => void): void {
    try {
      handle()
    } catch (error) {
      this.#house.log.error({ err: error }, 'A message of a stream could not be taken.')
      ws.close(1011, 'failed')
    }
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
