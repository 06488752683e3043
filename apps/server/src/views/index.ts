/** The door of saved views: what other slices may use. */
export { createView } from './create-view.ts'
export { listViews } from './list-views.ts'
export { viewRoutes } from './routes.ts'
