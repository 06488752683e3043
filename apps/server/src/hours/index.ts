/** The door of business hours: when people answer, when that changes, and time that counts only while open. */
export { closedWords } from './closed-words.ts'
export { getHours, readSchedule, setHours } from './hours.ts'
export { ALWAYS_OPEN, addOpenTime, isOpen, nextChange, nextOpening, type Schedule } from './open-hours.ts'
export { readNow } from './queries.ts'
export { hoursRoutes } from './routes.ts'
