/** Where the hub dials in for an agent of ours: two WebSockets for each call, for those only who show the call's token. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { MAX_STREAM_MESSAGE } from '@earshot/voice'
import { WebSocketServer } from 'ws'
import { isAgentToken } from './agent-token.ts'
import type { VoiceAgents } from './voice-agents.ts'

export const AGENT_PATH = '/internal/voice/agent'
const CONTROL_PATH = `${AGENT_PATH}/control`
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Every upgrade of this server comes here; what is not ours is told so. */
export function openAgentDoor(server: Server, agents: VoiceAgents, secret: string): () => void {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_STREAM_MESSAGE })
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const place = placeOf(request, secret)
    if (typeof place === 'number') {
      socket.end(`HTTP/1.1 ${place} ${place === 404 ? 'Not Found' : 'Unauthorized'}\r\nconnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (open) => {
      open.on('error', () => open.terminate())
      void agents.attach(place.kind, place.workspaceId, place.callId, open)
    })
  }
  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    sockets.close()
  }
}

interface Place {
  kind: 'media' | 'control'
  workspaceId: string
  callId: string
}

function placeOf(request: IncomingMessage, secret: string): Place | 401 | 404 {
  const url = URL.parse(request.url ?? '', 'http://localhost')
  if (url?.pathname !== AGENT_PATH && url?.pathname !== CONTROL_PATH) return 404
  const workspaceId = url.searchParams.get('workspace') ?? ''
  const callId = url.searchParams.get('call') ?? ''
  const shown = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (!UUID.test(workspaceId) || !UUID.test(callId) || !isAgentToken(secret, workspaceId, callId, shown)) return 401
  return { kind: url.pathname === AGENT_PATH ? 'media' : 'control', workspaceId, callId }
}
