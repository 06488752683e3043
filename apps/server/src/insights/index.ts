/** The door of insights: what is worth doing, found over many conversations. */
export { groupQuestions } from './group-sweep.ts'
export { insightRoutes } from './routes.ts'
