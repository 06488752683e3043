/** The API description: written as OpenAPI, served as JSON and as a page to read. */
export { type ApiDescription, type Door, describeApi } from './describe.ts'
export { apiDescriptionRoutes } from './routes.ts'
export type { Document } from './types.ts'
