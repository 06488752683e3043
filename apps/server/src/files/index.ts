/** The door of files: what people send along, kept in the file store, named in messages, served as attachments. */
export { createFileLinks, type FileLinks } from './links.ts'
export { readRange } from './range.ts'
export { fileRoutes, receiveUpload } from './routes.ts'
export { describe as describeFile, sendFile } from './send.ts'
export {
  accessFile,
  attachFiles,
  type StoredFile,
  storeUpload,
  sweepUnattachedFiles,
  type Uploader,
  uploaderOf,
} from './store.ts'
