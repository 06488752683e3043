/** The door of insights: what is worth doing, found over many conversations. */
export { writeAnswer as answerQuestion } from './answer-question.ts'
export { changeQuestion as settleQuestion } from './change-question.ts'
export { groupQuestions } from './group-sweep.ts'
export { listQuestions as listUnansweredQuestions } from './list-questions.ts'
export { replayQuestion as playQuestionAgain } from './replay-question.ts'
export { insightRoutes } from './routes.ts'
