/** How fresh what is on the screen is. The feed sets it; the indicator, the banner and the connection page read it. */
import type { FeedStatus } from '@earshot/client'
import { createStore } from './store.ts'

export type LiveStatus = FeedStatus
export type LiveState = FeedStatus['state']

export const liveStatus = createStore<LiveStatus>({ state: 'connecting', seconds: 0, since: Date.now() })
