/** A process that deletes one conversation and is killed right before the n-th thing that would last: a commit, or a file removed. */
import pg from 'pg'
import { pino } from 'pino'
import { loadConfig } from '../config.ts'
import { asSystem } from '../platform/context.ts'
import { openNode } from '../services.ts'
import { deleteConversation } from './index.ts'

const [databaseUrl = '', dataDir = '', workspaceId = '', id = '', number = ''] = process.argv.slice(2)
let count = 0
function dieAtLast(): void {
  if (++count === Number(number)) process.kill(process.pid, 'SIGKILL')
}

const config = { ...loadConfig({}, { data: dataDir, port: '0' }), databaseUrl, baseUrl: 'http://127.0.0.1' }
const node = await openNode(config, pino({ level: 'silent' }))

const query = pg.Client.prototype.query
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const given = args[0] as { text?: string } | string
  if ((typeof given === 'string' ? given : given?.text) === 'commit') dieAtLast()
  return (query as (...all: unknown[]) => unknown).apply(this, args)
} as typeof pg.Client.prototype.query

const { remove } = node.services.files
node.services.files.remove = (key) => {
  dieAtLast()
  return remove(key)
}

await deleteConversation(asSystem(node.services, workspaceId), id, 'killed midway')
process.stdout.write('finished')
process.exit(0)
