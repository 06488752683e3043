/** The door of SIP: what the edge asks, calling out by it, and keeping its trunks. */
export { openSipEdge, type SipEdge } from './edge-client.ts'
export { keepTrunks } from './keep-trunks.ts'
export { sipRoutes } from './routes.ts'
export { askTrunkTest, sipWay } from './way.ts'
