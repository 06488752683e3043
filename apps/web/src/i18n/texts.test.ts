/** What is left out of the first load is not missing later: words come with their screens, and no screen asks a schema that stayed behind. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as contracts from '@earshot/contracts'
import { expect, test } from 'vitest'
import { en } from './resources.ts'

const src = fileURLToPath(new URL('..', import.meta.url))
const files = globSync('**/*.{ts,tsx}', { cwd: src }).filter((file) => !file.includes('.test.'))
const read = (file: string) => readFileSync(`${src}/${file}`, 'utf8')
const brought = (file: string) => [...read(file).matchAll(/\/en\/(\w+)\.json'/g)].flatMap(([, name]) => name ?? [])

test('each namespace is brought once', () => {
  const bringing = files.filter((file) => /(^|[\\/])texts\.ts$/.test(file) || file === 'i18n/index.ts')
  expect(bringing.flatMap(brought).toSorted()).toEqual(Object.keys(en).toSorted())
})

// A build has of a schema nothing but its options (light-contracts.ts); types and unit tests would not notice.
test('nothing but its options is asked of a schema of the contracts', () => {
  const names = Object.entries(contracts).flatMap(([name, value]) =>
    typeof value === 'object' && '_zod' in value ? name : [],
  )
  const asked = files.flatMap((file) => {
    const light = [...read(file).matchAll(/import \{([^}]*)\} from '@earshot\/contracts'/g)].map(([, list]) => list)
    const values = light.flatMap((list = '') => list.split(',').map((one) => one.trim()))
    const schemas = values.filter((name) => names.includes(name))
    return schemas.flatMap(
      (name) => read(file).match(new RegExp(`(?<![\\w<.])${name}\\.(?!options\\b)\\w+`, 'g')) ?? [],
    )
  })
  expect(asked).toEqual([])
})
