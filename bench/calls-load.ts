/** The other ends of many calls, in a process of its own: callers that speak, agents that answer in bursts, listeners that count. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DOWN_BYTES, mediaMessage, payloadOf } from '@earshot/voice'
import { WebSocket, WebSocketServer } from 'ws'

export interface Ends {
  /** One of each a call, in the same order. */
  callers: { url: string; token: string; callSid: string }[]
  listeners: string[]
  /** For the relay: agents come to it as callers do; the hub dials them. */
  agents: string[]
}

export interface Counted {
  /** Frames that reached callers, agents and listeners. */
  toCallers: number
  toAgents: number
  toListeners: number
  fromCallers: number
  seconds: number
  /** Ms from the caller's sound at the hub to the listener's socket, sorted. */
  delays: number[]
}

const FRAME = Buffer.alloc(160, 0x5a)
const PAYLOAD = FRAME.toString('base64')
/** A fifth of a second, as agents send. */
const BURST = Buffer.alloc(1600, 0x4b).toString('base64')

let counted: Counted
let countedFrom = 0
const reset = () => {
  counted = { toCallers: 0, toAgents: 0, toListeners: 0, fromCallers: 0, seconds: 0, delays: [] }
  countedFrom = performance.now()
}
reset()

const now = () => performance.timeOrigin + performance.now()
const callers: { socket: WebSocket; chunk: number }[] = []
const agents: WebSocket[] = []

function agent(socket: WebSocket): void {
  agents.push(socket)
  socket.on('error', () => {})
  socket.on('message', (data) => {
    if (payloadOf(data.toString()) !== null) counted.toAgents++
  })
}

function caller({ url, token, callSid }: Ends['callers'][number]): void {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  socket.on('error', () => {})
  socket.on('open', () => {
    const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
    const start = { streamSid: 'MZ1', callSid, mediaFormat, customParameters: { token } }
    if (token !== '') socket.send(JSON.stringify({ event: 'start', streamSid: 'MZ1', start }))
    callers.push({ socket, chunk: 1 })
  })
  socket.on('message', (data) => {
    if (payloadOf(data.toString()) !== null) counted.toCallers++
  })
}

function listener(url: string): void {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  socket.on('error', () => {})
  socket.on('message', (data, isBinary) => {
    if (!isBinary || (data as Buffer).length !== DOWN_BYTES) return
    counted.toListeners++
    const frame = data as Buffer
    if ((frame[1] as number) & 1 && counted.toListeners % 10 === 0) counted.delays.push(now() - frame.readDoubleLE(8))
  })
}

let ticks = 0
const zero = performance.now()
/** What is late is made up for: carriers leave nothing out. */
setInterval(() => {
  while (ticks < (performance.now() - zero) / 20) {
    ticks++
    for (const each of callers) {
      if (each.socket.readyState !== WebSocket.OPEN) continue
      each.socket.send(
        `{"event":"media","sequenceNumber":"${each.chunk}","media":{"track":"inbound","chunk":"${each.chunk++}","timestamp":"0","payload":"${PAYLOAD}"},"streamSid":"MZ1"}`,
      )
      counted.fromCallers++
    }
    if (ticks % 10 !== 0) continue
    for (const socket of agents) if (socket.readyState === WebSocket.OPEN) socket.send(mediaMessage('MZ1', BURST))
  }
}, 5)

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', agent)
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))

process.on('message', (said: Ends | 'reset' | 'count') => {
  if (said === 'reset') reset()
  else if (said === 'count') {
    counted.seconds = (performance.now() - countedFrom) / 1000
    counted.delays.sort((a, b) => a - b)
    process.send?.(counted)
  } else {
    for (const end of said.callers) caller(end)
    for (const url of said.listeners) listener(url)
    for (const url of said.agents) {
      const socket = new WebSocket(url, { perMessageDeflate: false })
      socket.on('open', () => agent(socket))
      socket.on('error', () => {})
    }
  }
})
process.on('disconnect', () => process.exit(0))
