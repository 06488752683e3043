/** How far the knowledge reaches, for the days asked for and as many before. */
import type { getKnowledgeCoverage } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { countAsked, countByArticle, countByFolder, countUnused } from './queries-coverage.ts'

const MOST_ARTICLES = 50

export function getCoverage(ctx: Context, days: number): Promise<z.input<typeof getKnowledgeCoverage.reply>> {
  const { workspaceId } = ctx
  return transact(ctx, async (tx) => ({
    days,
    // Until tomorrow: what was asked this very moment counts.
    ...(await countAsked(tx, workspaceId, days, -1)),
    before: await countAsked(tx, workspaceId, days * 2, days),
    folders: await countByFolder(tx, workspaceId, days),
    articles: (await countByArticle(tx, workspaceId, days, MOST_ARTICLES)).map(
      ({ folderId: _, ...article }) => article,
    ),
    unused: await countUnused(tx, workspaceId, days),
  }))
}
