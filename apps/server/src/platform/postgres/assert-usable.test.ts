/** Which PostgreSQL is refused, and in which words. */
import { createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertUsableDatabase } from './assert-usable.ts'
import type { Database } from './start-database.ts'
import { startThrowawayDatabase } from './throwaway.ts'

let database: Database
beforeAll(async () => {
  database = await startThrowawayDatabase()
})
afterAll(() => database.stop())

async function asSuperuser(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

test('the embedded database is usable', async () => {
  await expect(assertUsableDatabase(database.url)).resolves.toBeUndefined()
})

test('a database that acknowledges before it has written is refused', async () => {
  await asSuperuser('alter role earshot set synchronous_commit = off')
  await expect(assertUsableDatabase(database.url)).rejects.toThrow(/has synchronous_commit switched off/)
  await asSuperuser('alter role earshot reset synchronous_commit')
  await expect(assertUsableDatabase(database.url)).resolves.toBeUndefined()
})

test('a database that cannot hold every script is refused', async () => {
  await asSuperuser(`create database ascii owner earshot template template0 encoding 'SQL_ASCII' locale 'C'`)
  const url = database.url.replace(/earshot$/, 'ascii')
  await expect(assertUsableDatabase(url)).rejects.toThrow(/is encoded as SQL_ASCII, and Earshot needs UTF8/)
})

test('what is wrong with the address is said, without its password', async () => {
  const { port } = new URL(database.url)
  const cases = [
    ['postgresql://u:hush@127.0.0.1:1/x', 'No PostgreSQL answers at 127.0.0.1:1/x'],
    [`postgresql://earshot:hush@127.0.0.1:${port}/earshot`, 'does not accept the user or password'],
    [database.url.replace(/earshot$/, 'missing'), 'has no database of that name'],
  ] as const
  for (const [url, sentence] of cases) {
    const refusal = await assertUsableDatabase(url).catch((error: Error) => error.message)
    expect(refusal).toContain(sentence)
    expect(refusal).not.toContain('hush')
  }
})

test('a server older than 18 is refused by its version', async () => {
  const old = await listenAsPostgres17()
  const address = old.address()
  const port = typeof address === 'object' && address?.port
  await expect(assertUsableDatabase(`postgresql://u@127.0.0.1:${port}/x`)).rejects.toThrow(
    `PostgreSQL at 127.0.0.1:${port}/x is version 17.6, and Earshot needs 18 or newer.`,
  )
  old.close()
})

/** Speaks just enough of the wire protocol to be asked who it is. */
function listenAsPostgres17(): Promise<Server> {
  const values = {
    number: '170006',
    version: '17.6',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    encoding: 'UTF8',
  }
  const ready = message('Z', Buffer.from('I'))
  const server = createServer((socket) => {
    let isGreeted = false
    socket.on('error', () => {})
    socket.on('data', (data) => {
      if (!isGreeted) socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]))
      else if (data[0] === 'Q'.charCodeAt(0)) {
        socket.write(
          Buffer.concat([
            columns(Object.keys(values)),
            row(Object.values(values)),
            message('C', text('SELECT 1')),
            ready,
          ]),
        )
      }
      isGreeted = true
    })
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

const text = (value: string) => Buffer.from(`${value}\0`)
const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
const int32 = (value: number) => Buffer.concat([int16(value >>> 16), int16(value & 65535)])
const message = (type: string, body: Buffer) => Buffer.concat([Buffer.from(type), int32(body.length + 4), body])

function columns(names: string[]): Buffer {
  const column = (name: string) =>
    Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(65535), int32(-1), int16(0)])
  return message('T', Buffer.concat([int16(names.length), ...names.map(column)]))
}

function row(values: string[]): Buffer {
  const field = (value: string) => Buffer.concat([int32(value.length), Buffer.from(value)])
  return message('D', Buffer.concat([int16(values.length), ...values.map(field)]))
}
