/** `bin/earshot export`: every conversation of a workspace as JSON lines, which `bin/earshot import` reads back. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { exportConversations } from '../exports/index.ts'
import { asSystem, type Context } from '../platform/context.ts'
import { Refusal, systemReason } from '../platform/refusal.ts'
import { chooseWorkspace } from './choose-workspace.ts'
import { type Command, readOptions, UsageError } from './command.ts'

export const exportCommand: Command = {
  name: 'export',
  summary: 'Write every conversation of a workspace as JSON lines',
  usage: `[--workspace NAME|ID] [--out FILE]

  --workspace NAME|ID  needed when there are several
  --out FILE           a file instead of standard output; gzipped when its name ends in .gz

  Each line is one conversation as bin/earshot import and POST /api/v1/ingest/conversations take it: contact, agent,
  messages and function calls with their times, memory, rating, tags, stage and outcome. The team's notes, activities
  and reviews are not in it, and attachments are named by their address.`,
  async run(args, cli) {
    const { options, rest } = readOptions(args, { workspace: 'text', out: 'text' })
    if (rest.length > 0) throw new UsageError(`There is no argument ${rest[0]}; the file is named with --out.`)
    return cli.withNode(async ({ services }) => {
      const workspace = await chooseWorkspace(services.db, options.workspace)
      if (!workspace) throw new Refusal('There is no workspace yet, so there is nothing to export.')
      const ctx = asSystem(services, workspace.workspaceId)
      const written = options.out === undefined ? await print(ctx, cli.print) : await write(ctx, options.out)
      cli.say(`${written} conversations of ${workspace.name} exported.`)
      return undefined
    })
  },
}

async function print(ctx: Context, toLine: (text: string) => void): Promise<number> {
  let written = 0
  for await (const conversation of exportConversations(ctx)) {
    toLine(conversation)
    written++
  }
  return written
}

/** Written beside and renamed at the end, so that a file of that name is always whole. */
async function write(ctx: Context, file: string): Promise<number> {
  const partial = `${file}.partial`
  let written = 0
  async function* lines() {
    for await (const conversation of exportConversations(ctx)) {
      written++
      yield `${conversation}\n`
    }
  }
  try {
    const into = createWriteStream(partial, { mode: 0o600 })
    if (file.endsWith('.gz')) await pipeline(lines, createGzip(), into)
    else await pipeline(lines, into)
    await rename(partial, file)
    return written
  } catch (error) {
    await rm(partial, { force: true })
    throw new Refusal(`The export to ${file} failed: ${systemReason(error)}.`)
  }
}
