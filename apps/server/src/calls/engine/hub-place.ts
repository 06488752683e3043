/** Where the media hub is: as we reach it, as carriers do, as browsers do. */
import type { HubAddress } from '../call-services.ts'

export interface HubSettings {
  /** As this machine reaches it; undefined: there is none. */
  hubUrl?: string | undefined
  /** As the world reaches it behind a proxy with TLS. */
  mediaUrl?: string | undefined
}

/** How a browser reached us. */
export interface Asked {
  host: string
  secure: boolean
}

const asSocket = (url: string): string => url.replace(/^http/, 'ws').replace(/\/$/, '')

export function hubAddress({ hubUrl, mediaUrl }: HubSettings): HubAddress | null {
  if (hubUrl === undefined) return null
  return { carrierUrl: `${asSocket(mediaUrl ?? hubUrl)}/carrier`, httpUrl: hubUrl }
}

/** The hub's own port at the address this browser uses, unless a setting says where it is from outside. */
export function publicMediaUrl({ hubUrl, mediaUrl }: HubSettings, url: string, asked: Asked): string {
  const { pathname, search } = new URL(url)
  if (mediaUrl !== undefined) return `${asSocket(mediaUrl)}/${pathname.split('/').at(-1)}${search}`
  const origin = originAt({ hubUrl }, asked.host, asked.secure)
  return origin === null ? url : `${origin}${pathname}${search}`
}

function originAt({ hubUrl }: HubSettings, host: string, secure: boolean): string | null {
  const name = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d+)?$/.exec(host)?.[1]
  if (hubUrl === undefined || name === undefined) return null
  return `${secure ? 'wss' : 'ws'}://${name}:${new URL(hubUrl).port}`
}

/** What a page must be allowed to connect to, for its Content-Security-Policy. */
export function mediaSource(settings: HubSettings, asked: Asked): string | null {
  if (settings.hubUrl === undefined) return null
  if (settings.mediaUrl !== undefined) return new URL(asSocket(settings.mediaUrl)).origin
  return originAt(settings, asked.host, asked.secure)
}
