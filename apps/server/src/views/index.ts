/** The door of saved views: what other slices may use. */
export { createView } from './create-view.ts'
export { viewRoutes } from './routes.ts'
