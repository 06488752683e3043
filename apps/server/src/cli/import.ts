/** `bin/earshot import`: brings conversations from a file into a workspace. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { ChannelKind, type IngestConversation } from '@earshot/contracts'
import { importConversations, type Progress } from '../imports/index.ts'
import { ingestConversations } from '../ingest/index.ts'
import { asSystem, type Services } from '../platform/context.ts'
import { Refusal, systemReason } from '../platform/refusal.ts'
import { chooseWorkspace } from './choose-workspace.ts'
import { type Cli, type Command, readOptions, UsageError } from './command.ts'
import { createReport, type Report } from './import-report.ts'

interface Given {
  file: string
  workspace: string | undefined
  channel: ChannelKind | undefined
  agent: string | undefined
  isDryRun: boolean
  limit: number | undefined
  asJson: boolean
}

/** Everything is in, but some lines were refused. */
const SOME_REFUSED = 2
const INTERRUPTED = 130

export const importCommand: Command = {
  name: 'import',
  summary: 'Bring conversations from a file into a workspace',
  usage: `FILE [--workspace NAME|ID] [--channel KIND] [--agent NAME] [--dry-run] [--limit N] [--json]

  FILE                 JSON lines, one conversation each, gzipped or not; - reads standard input.
                       Each line is what bin/earshot export writes and POST /api/v1/ingest/conversations
                       takes, or {id, source, messages: [{id, role, text, ts, action}]} with the roles
                       user, assistant, human_agent and tool
  --workspace NAME|ID  needed when there are several
  --channel KIND       ${ChannelKind.options.join(', ')}
  --agent NAME         who answered; made as a passive agent when there is none of that name
  --dry-run            only reads and checks; nothing is written
  --limit N            stops after N conversations
  --json               prints refused lines and the summary as JSON lines on standard output

  What is there already is left alone, so an interrupted import goes on when it is run again.
  Exit code: 0 everything is in, 2 some lines were refused (each is named), 1 nothing can be imported.`,
  async run(args, cli) {
    const given = readGiven(args)
    const size = given.file === '-' ? undefined : await sizeOf(given.file)
    const report = createReport({ cli, size, asJson: given.asJson, isDryRun: given.isDryRun })
    if (given.isDryRun) return codeOf(await run(given, report, cli))
    return cli.withNode(async ({ services }) => {
      const workspace = await chooseWorkspace(services.db, given.workspace)
      if (!workspace)
        throw new Refusal(
          'There is no workspace yet; open Earshot in a browser to set it up, or run bin/earshot user create.',
        )
      report.begin(given.file === '-' ? 'standard input' : given.file, workspace.name)
      return codeOf(await run(given, report, cli, storeIn(services, workspace.workspaceId)))
    })
  },
}

const storeIn = (services: Services, workspaceId: string) => (conversations: IngestConversation[]) =>
  ingestConversations(asSystem(services, workspaceId), conversations)

async function run(
  given: Given,
  report: Report,
  cli: Cli,
  store?: (conversations: IngestConversation[]) => ReturnType<typeof ingestConversations>,
): Promise<Progress> {
  const interrupted = stopOnInterrupt(() => report.note('Stopping after what is under way.'))
  try {
    const progress = await importConversations({
      bytes: report.counting(
        given.file === '-' ? cli.input : createReadStream(given.file, { highWaterMark: 256 * 1024 }),
      ),
      wish: { channel: given.channel, agent: given.agent },
      ...(store && { store }),
      limit: given.limit,
      signal: interrupted.signal,
      onRefused: report.refused,
      onProgress: report.progress,
    })
    report.end(progress)
    return progress
  } catch (error) {
    report.pause()
    throw new Refusal(`The import stopped: ${systemReason(error)}. Run it again to go on where it stopped.`)
  } finally {
    interrupted.forget()
  }
}

function codeOf({ stopped, refused }: Progress): number {
  if (stopped) return INTERRUPTED
  return refused > 0 ? SOME_REFUSED : 0
}

/** The first Ctrl-C lets what is under way be stored; a second one leaves at once, which loses nothing either. */
function stopOnInterrupt(tell: () => void): { signal: AbortSignal; forget(): void } {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    tell()
    controller.abort()
  }
  process.on('SIGINT', onSignal)
  return { signal: controller.signal, forget: () => void process.off('SIGINT', onSignal) }
}

function readGiven(args: string[]): Given {
  const { options, rest } = readOptions(args, {
    workspace: 'text',
    channel: 'text',
    agent: 'text',
    'dry-run': 'switch',
    limit: 'text',
    json: 'switch',
  })
  if (rest.length !== 1)
    throw new UsageError(
      rest.length === 0 ? 'Which file? Name one, or - for standard input.' : 'Only one file at a time.',
    )
  return {
    file: rest[0]!,
    workspace: options.workspace,
    channel: readChannel(options.channel),
    agent: readAgent(options.agent),
    isDryRun: options['dry-run'] ?? false,
    limit: readLimit(options.limit),
    asJson: options.json ?? false,
  }
}

function readChannel(value: string | undefined): ChannelKind | undefined {
  if (value === undefined) return undefined
  const kind = ChannelKind.options.find((known) => known === value)
  if (kind) return kind
  throw new UsageError(`--channel must be one of ${ChannelKind.options.join(', ')}, not "${value}".`)
}

function readAgent(value: string | undefined): string | undefined {
  const name = value?.trim()
  if (name === undefined || (name && name.length <= 100)) return name
  throw new UsageError('--agent must be 1 to 100 characters.')
}

function readLimit(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const limit = Number(value)
  if (Number.isSafeInteger(limit) && limit >= 1) return limit
  throw new UsageError(`--limit must be a whole number from 1, not "${value}".`)
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw new Refusal(`${file} is a folder; name a file.`)
    return found.isFile() ? found.size : undefined
  } catch (error) {
    if (error instanceof Refusal) throw error
    const isMissing = (error as { code?: string }).code === 'ENOENT'
    throw new Refusal(isMissing ? `There is no file ${file}.` : `${file} cannot be read: ${systemReason(error)}.`)
  }
}
