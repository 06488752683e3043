/** The embedded PostgreSQL's door: what the rest of the server may use of it. */
export { assertUsableDatabase } from './assert-usable.ts'
export { FolderInUse } from './folder-lock.ts'
export { type Database, type DatabaseOptions, findRunningDatabase, startDatabase } from './start-database.ts'
export { startThrowawayDatabase } from './throwaway.ts'
