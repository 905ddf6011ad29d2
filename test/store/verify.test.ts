import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createCodec } from '../../src/store/codec.ts'
import { hashOf } from '../../src/store/hash.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import type { NewEvent } from '../../src/store/port.ts'
import { type NodeSql, openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { verifyChain } from '../../src/store/verify.ts'
import { verifyLog } from '../../src/store/verify-sqlite.ts'
import { appendNotes, headOf, note, sampleCodec, sealed } from './sample.ts'
import { scratchFolder, scratchSql } from './scratch.ts'

/** Two streams, written turn by turn: a0 b0 a1 b1 … at positions 1 to 12, the first ten with their commands indexed. */
async function writeSample(sql: NodeSql): Promise<NewEvent[]> {
  const store = new SqliteStore(sql, { commandLot: 5 })
  const written: NewEvent[] = []
  for (let round = 0; round < 6; round++) {
    for (const stream of ['a', 'b']) {
      const head = headOf(written.filter(event => event.stream === stream))
      written.push(...(await appendNotes(store, stream, 1, head)))
    }
  }
  return written
}

/** A copy of the sample that lets its events be changed. */
async function tampered(...statements: string[]): Promise<NodeSql> {
  const path = join(scratchFolder(), 'ledger.db')
  const sql = scratchSql(path)
  await writeSample(sql)
  sql.run('DROP TRIGGER events_are_never_changed')
  sql.run('DROP TRIGGER events_are_never_deleted')
  for (const statement of statements) sql.run(statement)
  return sql
}

describe('verifying a log that is in order', () => {
  test('gives the number of events and every stream’s head', async () => {
    const sql = scratchSql()
    const written = await writeSample(sql)
    const { events, heads, bad } = await verifyLog(sql)
    expect({ events, bad }).toEqual({ events: 12, bad: undefined })
    expect(heads.a).toEqual({ revision: 5, hash: written.at(-2)?.hash, recordedAt: written.at(-2)?.recordedAt })
    expect(await verifyChain(new SqliteStore(sql))).toEqual({ events, heads })
  })

  test('tells how far it has come, and finds payloads in order with the schemas as well', async () => {
    const sql = scratchSql()
    await writeSample(sql)
    const progress: number[] = []
    const { bad } = await verifyLog(sql, { codec: sampleCodec, onProgress: events => progress.push(events) })
    expect({ bad, last: progress.at(-1) }).toEqual({ bad: undefined, last: 12 })
  })

  test('is content with an empty log', async () => {
    const sql = scratchSql()
    new SqliteStore(sql)
    expect(await verifyLog(sql)).toEqual({ events: 0, heads: {} })
  })

  test('is content with heads published when the log was shorter', async () => {
    const sql = scratchSql()
    const written = await writeSample(sql)
    const heads = { a: { revision: 2, hash: written[4]?.hash ?? '' } }
    expect((await verifyLog(sql, { heads })).bad).toBeUndefined()
  })
})

describe('one changed byte is found', () => {
  const columns = ['position', 'stream_id', 'revision', 'prev', 'type_id', 'envelope', 'data']

  test('in every column an event has, none is left out', async () => {
    const sql = scratchSql()
    new SqliteStore(sql)
    const existing = sql.rows(`SELECT name FROM pragma_table_info('events')`).map(row => row[0])
    expect([...columns].sort()).toEqual(existing.sort())
  })

  test.each(columns)('in %s of an event in the middle', async column => {
    const sql = await tampered(flip('events', column, 'position = 7'))
    const { bad } = await verifyLog(sql)
    expect(bad?.position).toBeGreaterThanOrEqual(7)
    expect(bad?.reason).toBeTruthy()
  })

  test.each(columns)('in %s of the last event', async column => {
    const { bad } = await verifyLog(await tampered(flip('events', column, 'position = 12')))
    expect(bad?.reason).toBeTruthy()
  })

  test('in every character of an event’s envelope', async () => {
    const sql = await tampered()
    const query = 'SELECT envelope FROM events WHERE position = 7'
    const { envelope } = sql.get<{ envelope: string }>(query) ?? { envelope: '' }
    const unnoticed: number[] = []
    for (let index = 0; index < envelope.length; index++) {
      const other = String.fromCharCode(envelope.charCodeAt(index) ^ 1)
      const damaged = envelope.slice(0, index) + other + envelope.slice(index + 1)
      sql.run('UPDATE events SET envelope = ? WHERE position = 7', damaged)
      if (!(await verifyLog(sql)).bad) unnoticed.push(index)
    }
    expect(envelope.length).toBeGreaterThan(200)
    expect(unnoticed).toEqual([])
  })

  test.each([
    ['name', 'streams'],
    ['first', 'streams'],
    ['last', 'streams'],
    ['revision', 'streams'],
    ['name', 'event_types'],
    ['version', 'event_types'],
    ['key', 'command_index'],
    ['position', 'command_index'],
  ])('in %s of %s', async (column, table) => {
    const where = table === 'command_index' ? 'position = 3' : 'id = 1'
    const { bad } = await verifyLog(await tampered(flip(table, column, where)))
    expect(bad?.reason).toBeTruthy()
  })

  test('in how far commands are indexed', async () => {
    const sql = await tampered(flip('log_settings', 'value', `name = 'commands_indexed'`))
    expect((await verifyLog(sql)).bad?.reason).toMatch(/command index/)
  })

  test('and named: the stream, revision and position of the first bad event', async () => {
    const sql = await tampered(flip('events', 'data', 'position = 9'), flip('events', 'data', 'position = 6'))
    expect((await verifyLog(sql)).bad).toEqual({
      stream: 'b',
      revision: 2,
      position: 6,
      reason: 'the hash does not match',
    })
    expect((await verifyChain(new SqliteStore(sql))).bad).toMatchObject({ stream: 'b', revision: 2, position: 6 })
  })
})

describe('more than a byte is found as well:', () => {
  test('an event that was removed from the middle', async () => {
    const { bad } = await verifyLog(await tampered('DELETE FROM events WHERE position = 7'))
    expect(bad).toMatchObject({ stream: 'b', revision: 3, position: 8, reason: 'position 8 follows 6' })
  })

  test('a last event that was removed', async () => {
    const { bad } = await verifyLog(await tampered('DELETE FROM events WHERE position = 12'))
    expect(bad).toMatchObject({ stream: 'b', revision: 5, position: 12, reason: expect.stringMatching(/^missing/) })
  })

  test('a last event that was removed together with every trace, once its head was published', async () => {
    const sql = await tampered(
      'DELETE FROM events WHERE position = 12',
      `UPDATE streams SET revision = 4, last = 10 WHERE name = 'b'`,
    )
    expect((await verifyLog(sql)).bad).toBeUndefined()
    const heads = { b: { revision: 5, hash: 'x' } }
    const missing = { stream: 'b', revision: 5, reason: expect.stringMatching(/^missing/) }
    expect((await verifyLog(sql, { heads })).bad).toMatchObject(missing)
    expect((await verifyChain(new SqliteStore(sql), { heads })).bad).toMatchObject(missing)
  })

  test('a whole stream that was removed, once its head was published', async () => {
    const heads = { c: { revision: 0, hash: 'x' } }
    expect((await verifyChain(new MemoryStore(), { heads })).bad).toMatchObject({ stream: 'c', revision: 0 })
  })

  test('a chain that was written anew from some event on, once its head was published', async () => {
    const store = new MemoryStore()
    const written = await appendNotes(store, 'a', 3)
    const rewritten = new MemoryStore()
    await appendNotes(rewritten, 'a', 1)
    const other = sealed('a', 'other', [note('改'), note('写')], { head: headOf(written.slice(0, 1)) })
    await rewritten.append('a', 0, other, { commandId: 'other' })
    expect((await verifyChain(rewritten)).bad).toBeUndefined()
    const heads = { a: { revision: 2, hash: headOf(written).hash } }
    expect((await verifyChain(rewritten, { heads })).bad).toMatchObject({ stream: 'a', revision: 2 })
  })

  test('an event that was given to another stream', async () => {
    const { bad } = await verifyLog(await tampered('UPDATE events SET stream_id = 2 WHERE position = 11'))
    expect(bad).toMatchObject({ stream: 'b', position: 11 })
  })

  test.each([
    ['of one stream', 7, 9],
    ['of two streams', 7, 8],
  ])('two events %s that changed places', async (_, one, two) => {
    const sql = await tampered(
      `UPDATE events SET position = 99 WHERE position = ${one}`,
      `UPDATE events SET position = ${one} WHERE position = ${two}`,
      `UPDATE events SET position = ${two} WHERE position = 99`,
    )
    expect((await verifyLog(sql)).bad?.position).toBeGreaterThanOrEqual(one)
  })

  test('an event put in at the end with no place in the chain', async () => {
    const columns = 'stream_id, revision, prev, type_id, envelope, data'
    const sql = await tampered(
      `INSERT INTO events (position, ${columns}) SELECT 13, ${columns} FROM events WHERE position = 12`,
    )
    expect((await verifyLog(sql)).bad).toMatchObject({ position: 13 })
  })

  test('a payload its schema does not allow, though the chain is whole', async () => {
    const store = new MemoryStore()
    await appendNotes(store, 'a', 1)
    const strict = createCodec({ NoteTaken: { version: 2, schema: z.strictObject({ text: z.number() }) } })
    expect((await verifyChain(store)).bad).toBeUndefined()
    expect((await verifyChain(store, { codec: strict })).bad?.reason).toMatch(/NoteTaken/)
  })

  test('an id that is not that of its command, though the chain is whole', async () => {
    const [event] = sealed('a', 'c1', [note('甲')]) as [NewEvent]
    const stray = { ...event, id: 'c9bc7ee2-42fe-5ff1-8cbd-fffac097cc65' }
    const store = new MemoryStore()
    await store.append('a', -1, [{ ...stray, hash: hashOf(event.previousHash, stray) }], { commandId: 'c1' })
    expect((await verifyChain(store)).bad).toBeUndefined()
    expect((await verifyChain(store, { codec: sampleCodec })).bad?.reason).toMatch(/the id/)
  })

  test('a file that cannot be read as a database', async () => {
    const sql = scratchSql()
    sql.run('CREATE TABLE other (x TEXT) STRICT')
    expect((await verifyLog(sql)).bad?.reason).toMatch(/cannot be read/)
  })
})

test('one flipped bit in any byte of an event’s record in the file is found', async () => {
  const path = join(scratchFolder(), 'ledger.db')
  const sql = openNodeSql(path)
  const written = await writeSample(sql)
  sql.checkpoint()
  sql.close()
  const bytes = readFileSync(path)
  // The record's header lies just before its first text, and its payload ends it.
  const event = written[6] as NewEvent
  const from = bytes.indexOf(event.hash) - 20
  const to = bytes.indexOf(event.data, from) + Buffer.byteLength(event.data)
  const unnoticed: number[] = []
  for (let offset = from; offset < to; offset++) {
    const damaged = Buffer.from(bytes)
    damaged[offset] = (bytes[offset] as number) ^ (1 << (offset % 8))
    writeFileSync(path, damaged)
    const copy = openNodeSql(path, { readOnly: true })
    if (!(await verifyLog(copy)).bad) unnoticed.push(offset - from)
    copy.close()
  }
  expect(to - from).toBeGreaterThan(250)
  expect(unnoticed).toEqual([])
})

/** A statement that flips one bit of a number, or of the first character of a text. */
function flip(table: string, column: string, where: string): string {
  const flipped = `CASE typeof(${column})
    WHEN 'integer' THEN (${column} | 64) - (${column} & 64)
    ELSE char((unicode(${column}) | 1) - (unicode(${column}) & 1)) || substr(${column}, 2) END`
  return `UPDATE ${table} SET ${column} = ${flipped} WHERE ${where}`
}
