/** bin/train: trains the models of the embedded analyser from labelled data, the same bytes for the same data on any machine. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { trainCouldNotHelp } from './could-not-help.ts'
import { trainEmotionGroups, trainEmotions } from './emotions.ts'
import { trainTone } from './tone.ts'

const MODELS: Record<string, (folder: string) => Uint8Array> = {
  emotions: trainEmotions,
  'emotion-groups': trainEmotionGroups,
  tone: trainTone,
  'could-not-help': trainCouldNotHelp,
}
const OUT = join(import.meta.dirname, '../packages/analysis/data')

const args = process.argv.slice(2)
const dataAt = args.indexOf('--data')
const data = dataAt < 0 ? undefined : args[dataAt + 1]
const names = args.filter((arg, i) => !arg.startsWith('--') && (dataAt < 0 || i !== dataAt + 1))
const unknown = names.find((name) => !Object.hasOwn(MODELS, name))
if (args.includes('--help') || unknown !== undefined || data === undefined) {
  if (unknown !== undefined) process.stderr.write(`There is no model ${unknown}.\n`)
  else if (!args.includes('--help')) process.stderr.write('Name the folder of the labelled data: --data DIR.\n')
  process.stdout.write(`bin/train [MODEL…] --data DIR\n  models: ${Object.keys(MODELS).join(', ')}\n`)
  process.exit(args.includes('--help') ? 0 : 1)
}

mkdirSync(OUT, { recursive: true })
for (const [name, train] of Object.entries(MODELS).filter(([one]) => names.length === 0 || names.includes(one))) {
  const began = performance.now()
  const packed = gzipSync(train(data), { level: 9 })
  // The system that packed it is not part of the model.
  packed[9] = 0xff
  writeFileSync(join(OUT, `${name}.model.gz`), packed)
  process.stdout.write(`${name}: ${packed.length} bytes, ${Math.round((performance.now() - began) / 1000)} s\n`)
}
