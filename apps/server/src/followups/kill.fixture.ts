/** A process that sweeps follow-ups and is killed right before, or right after, its n-th commit reaches the database. */
import pg from 'pg'
import { pino } from 'pino'
import { loadConfig } from '../config.ts'
import { openNode } from '../services.ts'
import { sweepFollowUps } from './index.ts'

const [databaseUrl = '', dataDir = '', at = '', number = '', when = ''] = process.argv.slice(2)
let count = 0
const die = () => process.kill(process.pid, 'SIGKILL')

const config = { ...loadConfig({}, { data: dataDir, port: '0' }), databaseUrl, baseUrl: 'http://127.0.0.1' }
const node = await openNode(config, pino({ level: 'silent' }))

const query = pg.Client.prototype.query
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const given = args[0] as { text?: string } | string
  const isCommit = (typeof given === 'string' ? given : given?.text) === 'commit'
  const isLast = isCommit && ++count === Number(number)
  if (isLast && when === 'before') die()
  const answer = (query as (...all: unknown[]) => unknown).apply(this, args)
  return isLast && when === 'after' ? (answer as Promise<unknown>).then(die) : answer
} as typeof pg.Client.prototype.query

await sweepFollowUps(node.services, new Date(at))
process.stdout.write('finished')
process.exit(0)
