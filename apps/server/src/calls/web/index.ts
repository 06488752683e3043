/** Calls from browsers: of visitors from the chat, and of the team's own to try it. */
export { webCallRoutes } from './routes.ts'
export { callPeopleRoutes } from './try-routes.ts'
