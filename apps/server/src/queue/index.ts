/** The door of the queue: who waits for a person, who is here, and what is offered to whom. */
export { claim } from './claim.ts'
export { readItems, readOperators } from './list.ts'
export { beatOperators, noteSeen, setPresence } from './presence.ts'
export { openQueue } from './queue-services.ts'
export { queueRoutes } from './routes.ts'
export { settleQueue, sweepQueues } from './settle.ts'
