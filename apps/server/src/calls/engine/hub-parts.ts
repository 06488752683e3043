/** The media hub of the settings as calls need it; without one there are no parts, and calls stay unreachable. */
import type { CallEngine } from '@earshot/voice'
import type { CallServices, HubAddress } from '../call-services.ts'
import { createHubEngine } from './hub-engine.ts'
import { type HubSettings, hubAddress, publicMediaUrl } from './hub-place.ts'

export interface HubParts {
  engine?: CallEngine
  hub?: () => HubAddress
  publicMediaUrl?: CallServices['publicMediaUrl']
}

export function hubParts(settings: HubSettings, secret: string): HubParts {
  const address = hubAddress(settings)
  if (!address) return {}
  return {
    engine: createHubEngine({ url: address.httpUrl, secret }),
    hub: () => address,
    publicMediaUrl: (url, asked) => publicMediaUrl(settings, url, asked),
  }
}
