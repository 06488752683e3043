/** The settings of calls: where the media hub and the SIP edge are. */
import { row } from './setting.ts'
import { httpUrl, portOrOff, portRange, socketUrl, text, wholeNumber } from './setting-kinds.ts'

export const callSettings = {
  hubPort: row(portOrOff, {
    name: 'EARSHOT_HUB_PORT',
    default: '4311',
    about:
      'The port of the media hub, through which the sound of calls goes. Browsers reach it directly; 0 takes any free one, `off` starts none.',
  }),
  hubUrl: row(httpUrl, {
    name: 'EARSHOT_HUB_URL',
    otherwise: 'a hub is started beside the server',
    about: 'The address of a media hub that runs by itself (`bin/earshot hub`), as this server reaches it.',
  }),
  mediaUrl: row(socketUrl, {
    name: 'EARSHOT_MEDIA_URL',
    otherwise: 'the host of the request with the hub’s port',
    about:
      'The media hub as browsers and carriers reach it, such as `wss://media.example.com`; needed behind a proxy with TLS, and for Twilio.',
  }),
  sipPort: row(wholeNumber(1, 65535), {
    name: 'EARSHOT_SIP_PORT',
    otherwise: 'no telephone calls by SIP',
    about: 'The port of the SIP edge, UDP and TCP; mostly 5060.',
  }),
  sipAddress: row(text, {
    name: 'EARSHOT_SIP_ADDRESS',
    otherwise: 'found out by itself',
    about: 'The address of this machine that SIP trunks are told, when it is behind address translation.',
  }),
  rtpPorts: row(portRange, {
    name: 'EARSHOT_RTP_PORTS',
    default: '40000-40100',
    about: 'The UDP ports for the sound of SIP calls, two for each leg.',
  }),
  edgeUrl: row(httpUrl, {
    name: 'EARSHOT_EDGE_URL',
    otherwise: 'an edge is started beside the server, with `EARSHOT_SIP_PORT`',
    about: 'The address of a SIP edge that runs by itself (`bin/earshot edge`), as this server reaches it.',
  }),
}
