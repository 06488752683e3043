/** The web chat: the visitor API, the hosted page, and the files that put the widget on customers' pages. */
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type PageParts, pageRoutes } from './pages.ts'
import { type VisitorApiParts, visitorRoutes } from './routes.ts'

export { createLimit } from './limits.ts'
export { contextOf as visitorContext, type Visitor } from './visitor.ts'
export { type VisitorDoor, visitorRouter } from './visitor-route.ts'
export { VisitorStreams } from './visitor-stream.ts'
export { currentTalk, mayCall, noteTalk, openTalk, readTalk } from './visitor-talk.ts'

export type WebchatParts = VisitorApiParts & Omit<PageParts, 'distDir'> & { repositoryDir: string }

export function webchatRoutes(app: FastifyInstance, { repositoryDir, ...parts }: WebchatParts): void {
  visitorRoutes(app, parts)
  pageRoutes(app, { ...parts, distDir: join(repositoryDir, 'packages/widget/dist') })
}
