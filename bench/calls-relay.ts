/** The bare relay the hub is measured against: every message goes on to the other ends of its room, and nothing else is done. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** Who is in a room, by what they are; the same sockets with the same messages as in a call of the hub. */
interface Room {
  caller?: WebSocket
  agent?: WebSocket
  listeners: WebSocket[]
}

const rooms = new Map<string, Room>()
const server = createServer((_request, response) => {
  const { user, system } = process.cpuUsage()
  response.end(JSON.stringify({ cpuMs: (user + system) / 1000 }))
})
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const [, name = '', part = ''] = (request.url ?? '').split('/')
    const room = rooms.get(name) ?? { listeners: [] }
    rooms.set(name, room)
    enter(room, part, ws)
  })
})

function enter(room: Room, part: string, ws: WebSocket): void {
  ws.on('error', () => {})
  if (part === 'listener') room.listeners.push(ws)
  else if (part === 'caller') {
    room.caller = ws
    // What the hub sends on of a caller: the message to the agent, a frame of both to each listener.
    const frame = Buffer.alloc(336)
    ws.on('message', (data) => {
      room.agent?.send(data.toString())
      for (const listener of room.listeners) listener.send(frame)
    })
  } else {
    room.agent = ws
    ws.on('message', (data) => room.caller?.send(data.toString()))
  }
}

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit(0))
