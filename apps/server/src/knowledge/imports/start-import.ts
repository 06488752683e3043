/** Write the articles of an import: a job that goes on after a crash where it was, and stops when asked. */
import type { Job } from '@earshot/contracts'
import { enqueueJob, type JobKind, type JobRun } from '../../jobs/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { saveArticle } from '../change-article.ts'
import { writeArticle } from '../create-article.ts'
import { accessFolder } from '../folders.ts'
import { findSameTitled, lockArticle } from '../queries.ts'
import { claimImport, readSome, removeImport } from './queries-imports.ts'
import type { ReadArticle } from './read-file.ts'
import { sameOf } from './read-import.ts'

const IMPORT_JOB = 'knowledge.import'
const AT_ONCE = 10

export interface Wanted {
  folderId: string | null
  status: 'draft' | 'published'
}

export function startImport(ctx: Context, id: string, wanted: Wanted): Promise<Job> {
  return transact(ctx, async (tx) => {
    if (wanted.folderId) await accessFolder(tx, ctx, wanted.folderId)
    const count = await claimImport(tx, ctx.workspaceId, id)
    if (count === undefined) throw new AppError('import.not_found')
    const params = { importId: id, folderId: wanted.folderId, status: wanted.status }
    return enqueueJob(tx, ctx, { kind: IMPORT_JOB, params, about: { articles: count }, total: count })
  })
}

export const importJob: JobKind = {
  kind: IMPORT_JOB,
  step(run) {
    return transact(run.ctx, async (tx) => {
      const importId = String(run.params.importId)
      const some = await readSome(tx, run.ctx.workspaceId, importId, run.done, AT_ONCE)
      const counted = { created: 0, updated: 0, same: 0 }
      for (const article of some) counted[await write(run, tx, article)]++
      const isLast = some.length < AT_ONCE
      if (isLast) await removeImport(tx, run.ctx.workspaceId, importId)
      await run.save(tx, { done: some.length, result: added(run.result, counted) })
      return isLast ? 'finished' : 'more'
    })
  },
  abandon: (run) => transact(run.ctx, (tx) => removeImport(tx, run.ctx.workspaceId, String(run.params.importId))),
}

async function write(run: JobRun, tx: Tx, article: ReadArticle): Promise<'created' | 'updated' | 'same'> {
  const { ctx } = run
  const folderId = typeof run.params.folderId === 'string' ? run.params.folderId : null
  const status = run.params.status === 'published' ? 'published' : 'draft'
  const found = sameOf(article, await findSameTitled(tx, ctx.workspaceId, [article.title]))
  if (!found) {
    await writeArticle(ctx, tx, { ...article, folderId, status })
    return 'created'
  }
  if (found.body === article.body) return 'same'
  const locked = await lockArticle(tx, ctx.workspaceId, found.id)
  // What is published stays so; what agents say changes by a publish, not by an import of drafts.
  if (locked) await saveArticle(ctx, tx, locked, { body: article.body, ...(status === 'published' && { status }) })
  return 'updated'
}

function added(before: JobRun['result'], counted: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counted).map(([name, count]) => [name, Number(before[name] ?? 0) + count]))
}
