/** What the indexer costs those who append: the same load without it and with it, in turns. */
import { Indexer, Writer } from '../apps/server/src/conversations/index.ts'
import { openDatabase } from '../apps/server/src/platform/db.ts'
import type { Figure, Rounds, Variant } from './rounds.ts'
import { openWords, seededRandom } from './seed-words.ts'
import { setStage, silent } from './stage.ts'

const CLIENTS = 32
/** So many conversations run at once; each is over after ten messages and then, quiet, the indexer's. */
const AT_ONCE = 400
const MESSAGES = 10
const TURNS = 2

export async function ingestBesideIndexer(rounds: Rounds): Promise<Figure[]> {
  const stage = await setStage(60_000)
  const database = openDatabase(stage.config.databaseUrl)
  const writer = new Writer({ connect: database.connect })
  const words = openWords(seededRandom(3))
  const texts = Array.from({ length: 5000 }, (_, i) => words.sentence(i % 10 ? 'en' : 'ar', 20))
  const { rows } = await stage.owner.query<{ id: string }>('select id from conversation order by number')
  let count = 0
  const append = () => {
    const at = Math.floor(count / (AT_ONCE * MESSAGES)) * AT_ONCE + (count % AT_ONCE)
    return writer.append({
      workspaceId: stage.workspaceId,
      conversationId: rows[at % rows.length]!.id,
      kind: 'message',
      author: { kind: 'contact', id: null, name: null },
      text: texts[count % texts.length]!,
      clientKey: `s${count++}`,
    })
  }
  const speeds = { without: [] as number[], beside: [] as number[] }
  let indexed = 0
  for (let turn = 0; turn < TURNS; turn++)
    for (const which of ['without', 'beside'] as const) {
      const indexer = which === 'beside' ? new Indexer({ database, log: silent, quiet: '1 second' }) : null
      const variant: Variant = { name: which, clients: CLIENTS, run: append }
      speeds[which].push((await rounds.measure([variant])).get(variant)!.perSecond)
      await indexer?.stop()
      indexed += indexer?.stats.conversations ?? 0
    }
  await writer.stop()
  await database.stop()
  await stage.stop()
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  const [without, beside] = [mean(speeds.without), mean(speeds.beside)]
  return [
    {
      name: 'search.ingest',
      variant: `appends of ${CLIENTS} clients while ${indexed} conversations were indexed (${Math.round(beside)}/s against ${Math.round(without)}/s)`,
      value: Math.round(beside),
      unit: 'messages/s',
      limit: 'the same without the indexer (0.7 wanted)',
      ratio: Number((beside / without).toFixed(2)),
      rounds: rounds.rounds,
      quiet: rounds.foreignCores() <= 0.3,
    },
  ]
}
