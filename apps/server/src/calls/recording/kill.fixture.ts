/** A process that keeps recordings and is killed right before the n-th thing that would last: a commit, a file kept, or the engine's copy removed. */
import pg from 'pg'
import { pino } from 'pino'
import { loadConfig } from '../../config.ts'
import { openNode } from '../../services.ts'
import { EngineOnDisk } from './engine.fixture.ts'
import { keepRecordings } from './index.ts'

const [databaseUrl = '', dataDir = '', engineDir = '', number = ''] = process.argv.slice(2)
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

const { write } = node.services.files
node.services.files.write = async (...given) => {
  dieAtLast()
  const written = await write(...given)
  dieAtLast()
  return written
}
const engine = new EngineOnDisk(engineDir)
const { forgetRecording } = engine
engine.forgetRecording = (call) => {
  dieAtLast()
  return forgetRecording.call(engine, call)
}

await keepRecordings({ ...node.services, calls: { ...node.services.calls, engine: engine as never } }, { leaseMs: 400 })
process.stdout.write('finished')
process.exit(0)
