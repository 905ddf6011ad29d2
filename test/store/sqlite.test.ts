import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CommandIndex, indexKey } from '../../src/store/command-index.ts'
import type { NewEvent, RecordedEvent } from '../../src/store/port.ts'
import type { Sql } from '../../src/store/sql.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { verifyLog } from '../../src/store/verify-sqlite.ts'
import { appendNotes, collect, envelopeOf, headOf, note, sealed } from './sample.ts'
import { scratchFolder, scratchSql } from './scratch.ts'

function append(store: SqliteStore, events: readonly NewEvent[]) {
  const { stream, revision, commandId } = events[0] as NewEvent
  return store.append(stream, revision - 1, events, { commandId })
}

/** Counts the transactions that pass through, and lets a test break them. */
function watched(sql: Sql, onCommit: () => void): Sql {
  return {
    ...sql,
    transaction: work => {
      const result = sql.transaction(work)
      onCommit()
      return result
    },
  }
}

describe('a log on disk', () => {
  test('is read by another process as it was written, and goes on from there', async () => {
    const path = join(scratchFolder(), 'ledger.db')
    const written = await appendNotes(new SqliteStore(scratchSql(path)), 'a', 3)
    const second = new SqliteStore(scratchSql(path))
    expect((await collect(second.read('a'))).map(envelopeOf)).toEqual(written.map(envelopeOf))
    await appendNotes(second, 'a', 1, headOf(written))
    expect((await second.findCommand('a', 'a-3')).map(event => event.revision)).toEqual([3])
  })

  test('is followed by one writer while another writes: neither loses an event nor repeats a command', async () => {
    const path = join(scratchFolder(), 'ledger.db')
    const [one, two] = [new SqliteStore(scratchSql(path)), new SqliteStore(scratchSql(path))]
    const first = await appendNotes(one, 'a', 1)
    const fromTwo = sealed('a', 'two', [note('二')], { head: headOf(first) })
    const answer = await append(two, fromTwo)
    expect(await append(one, fromTwo)).toEqual(answer)
    const stale = sealed('a', 'stale', [note('迟')], { head: headOf(first) })
    await expect(append(one, stale)).rejects.toMatchObject({ code: 'Conflict', actual: 1 })
    await appendNotes(one, 'a', 1, headOf(fromTwo))
    expect(await collect(two.read('a'))).toHaveLength(3)
  })

  test('refuses to change or delete an event', async () => {
    const sql = scratchSql()
    await appendNotes(new SqliteStore(sql), 'a', 1)
    expect(() => sql.run(`UPDATE events SET data = '{}'`)).toThrow('events are never changed')
    expect(() => sql.run('DELETE FROM events')).toThrow('events are never deleted')
  })

  test('shows every field of its events to who looks into the file, under the names of the format', async () => {
    const sql = scratchSql()
    const context = { actor: '会计 via 网页', correlationId: '缘起 🌱', causationId: '前因' }
    const first = sealed('阳光社区 🌞', 'c1', [note('一')])
    const second = sealed('阳光社区 🌞', 'c2', [note('二')], { head: headOf(first), context })
    const store = new SqliteStore(sql)
    await append(store, first)
    await append(store, second)
    const asRow = ({ recordedAt, commandId, inputHash, correlationId, causationId, ...rest }: RecordedEvent) => ({
      ...rest,
      recorded_at: recordedAt,
      command_id: commandId,
      input_hash: inputHash,
      correlation_id: correlationId,
      causation_id: causationId,
    })
    expect(sql.all('SELECT * FROM event_fields')).toEqual((await collect(store.readAll())).map(asRow))
  })

  test('answers a command by its own events, not by those of one it led to', async () => {
    const store = new SqliteStore(scratchSql())
    const first = sealed('a', 'c1', [note('一')])
    const led = sealed('a', 'c2', [note('二')], {
      head: headOf(first),
      context: { correlationId: 'c1', causationId: 'c1' },
    })
    await append(store, first)
    await append(store, led)
    expect((await store.findCommand('a', 'c1')).map(event => event.revision)).toEqual([0])
  })

  test('opened for queries only can be read, and refuses an append as unavailable', async () => {
    const path = join(scratchFolder(), 'ledger.db')
    const written = await appendNotes(new SqliteStore(scratchSql(path)), 'a', 2)
    const reader = new SqliteStore(scratchSql(path, { readOnly: true }), { readOnly: true })
    expect(await collect(reader.read('a'))).toHaveLength(2)
    const next = sealed('a', 'next', [note('续')], { head: headOf(written) })
    await expect(append(reader, next)).rejects.toMatchObject({ code: 'Unavailable' })
  })

  test('of an unknown layout is refused', () => {
    const sql = scratchSql()
    new SqliteStore(sql)
    sql.run(`UPDATE log_settings SET value = 1 WHERE name = 'layout'`)
    expect(() => new SqliteStore(sql)).toThrow(/unknown log layout/)
  })
})

describe('group commit', () => {
  test('stores everything sent in one turn of the event loop in one transaction', async () => {
    let commits = 0
    const store = new SqliteStore(watched(scratchSql(), () => commits++))
    commits = 0
    await Promise.all(Array.from({ length: 100 }, (_, index) => append(store, sealed(`s${index}`, 'c', [note('同')]))))
    expect(commits).toBe(1)
  })

  test('refuses one append of the group without harm to the others', async () => {
    const store = new SqliteStore(scratchSql())
    const outcomes = await Promise.allSettled([
      append(store, sealed('a', 'c1', [note('一')])),
      append(store, sealed('a', 'c2', [note('争')])),
      append(store, sealed('b', 'c3', [note('三')])),
    ])
    expect(outcomes.map(outcome => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await collect(store.readAll())).toHaveLength(2)
  })

  test('divides only what is more than twenty thousand events, and stores all of it in order', async () => {
    let commits = 0
    const store = new SqliteStore(watched(scratchSql(), () => commits++))
    commits = 0
    const thousand = Array.from({ length: 1000 }, (_, index) => note(`${index}`))
    const streams = Array.from({ length: 21 }, (_, index) => `s${index}`)
    await Promise.all(streams.map(stream => append(store, sealed(stream, 'c', thousand))))
    expect(commits).toBe(2)
    expect(store.lastPosition()).toBe(21_000)
  })

  test('answers unavailable when the transaction fails before its commit, and nothing is stored', async () => {
    const sql = scratchSql()
    const store = new SqliteStore(sql)
    sql.run("CREATE TRIGGER broken BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    await expect(append(store, sealed('a', 'c', [note('x')]))).rejects.toMatchObject({ code: 'Unavailable' })
    sql.run('DROP TRIGGER broken')
    expect(await append(store, sealed('a', 'c', [note('x')]))).toMatchObject({ revision: 0, position: 1 })
  })

  test('answers outcome unknown when the commit itself fails, and the same command can be sent again', async () => {
    let failing = false
    const store = new SqliteStore(
      watched(scratchSql(), () => {
        if (failing) throw new Error('input/output error')
      }),
    )
    const events = sealed('a', 'c', [note('x')])
    failing = true
    await expect(append(store, events)).rejects.toMatchObject({ code: 'OutcomeUnknown' })
    failing = false
    expect(await append(store, events)).toMatchObject({ revision: 0, position: 1 })
    expect(store.lastPosition()).toBe(1)
  })
})

describe('projections in the append’s own transaction', () => {
  test('get each event once, in order, with its payload, and one flush before the commit', async () => {
    const calls: string[] = []
    const inline = (_tx: Sql, event: RecordedEvent, payload: unknown): void => {
      calls.push(`${event.position} ${event.stream}${event.revision} ${(payload as { text: string }).text}`)
      expect(event).not.toHaveProperty('payload')
      expect(event).not.toHaveProperty('previousHash')
    }
    const store = new SqliteStore(scratchSql(), { inline, inlineFlush: () => calls.push('flush') })
    const first = sealed('a', 'c1', [note('一'), note('二')])
    await Promise.all([append(store, first), append(store, sealed('b', 'c2', [note('三')]))])
    expect(calls).toEqual(['1 a0 一', '2 a1 二', '3 b0 三', 'flush'])
  })

  test('are not told of a repeated command again', async () => {
    const seen: number[] = []
    const store = new SqliteStore(scratchSql(), { inline: (_tx, event) => seen.push(event.position) })
    const events = sealed('a', 'c1', [note('一')])
    await append(store, events)
    await append(store, events)
    expect(seen).toEqual([1])
  })

  test.each(['inline', 'inlineFlush'] as const)('that throw in %s undo the append and their own rows', async hook => {
    const sql = scratchSql()
    sql.run('CREATE TABLE seen (position INTEGER) STRICT')
    let broken = true
    let rolledBack = 0
    const record = (tx: Sql): void => {
      tx.run('INSERT INTO seen VALUES (1)')
      if (broken) throw new Error('projection broken')
    }
    const store = new SqliteStore(sql, { [hook]: record, inlineRollback: () => rolledBack++ })
    const events = sealed('a', 'c1', [note('一')])
    await expect(append(store, events)).rejects.toThrow('projection broken')
    expect(rolledBack).toBe(1)
    expect(await collect(store.readAll())).toEqual([])
    expect(sql.all('SELECT * FROM seen')).toEqual([])
    broken = false
    expect(await append(store, events)).toMatchObject({ revision: 0, position: 1 })
  })
})

describe('the index of commands', () => {
  test('finds every command after its lots were written, in this process and in the next', async () => {
    const path = join(scratchFolder(), 'ledger.db')
    const sql = scratchSql(path)
    const store = new SqliteStore(sql, { commandLot: 4 })
    const written = await appendNotes(store, 'a', 10)
    expect(sql.rows(`SELECT value FROM log_settings WHERE name = 'commands_indexed'`)).toEqual([[8]])
    for (const opened of [store, new SqliteStore(scratchSql(path))]) {
      for (const { commandId, revision } of written) {
        expect((await opened.findCommand('a', commandId)).map(event => event.revision)).toEqual([revision])
      }
    }
    expect((await verifyLog(sql)).bad).toBeUndefined()
  })

  test('keeps what an earlier process left to it, though this one writes only new streams', async () => {
    const path = join(scratchFolder(), 'ledger.db')
    await appendNotes(new SqliteStore(scratchSql(path)), 'a', 3)
    const sql = scratchSql(path)
    const store = new SqliteStore(sql, { commandLot: 4 })
    for (const stream of ['b', 'c', 'd', 'e']) await appendNotes(store, stream, 1)
    expect((await store.findCommand('a', 'a-1')).map(event => event.revision)).toEqual([1])
    expect((await verifyLog(sql)).bad).toBeUndefined()
  })

  test('finds a command in each stream it wrote to, before and after its lot was written', async () => {
    const sql = scratchSql()
    const store = new SqliteStore(sql, { commandLot: 4 })
    for (const stream of ['a', 'b', 'c', 'd', 'e']) await append(store, sealed(stream, 'same', [note(stream)]))
    expect(sql.rows('SELECT position FROM command_index ORDER BY position')).toEqual([[1], [2], [3], [4]])
    for (const stream of ['a', 'b', 'c', 'd', 'e']) {
      expect((await store.findCommand(stream, 'same')).map(event => event.stream)).toEqual([stream])
    }
  })

  test('is written after many events as after many commands, so that opening a log stays quick', async () => {
    const sql = scratchSql()
    const store = new SqliteStore(sql, { commandLot: 4 })
    await append(
      store,
      sealed(
        'a',
        'long',
        Array.from({ length: 16 }, () => note('长')),
      ),
    )
    expect(sql.rows('SELECT position FROM command_index')).toEqual([[1]])
    expect(await store.findCommand('a', 'long')).toHaveLength(16)
  })

  test('tells apart two commands whose ids begin alike', async () => {
    const sql = scratchSql()
    const store = new SqliteStore(sql)
    const [first] = await appendNotes(store, 'a', 1)
    const [second] = await appendNotes(store, 'b', 1)
    sql.run('INSERT INTO command_index VALUES (?, ?), (?, ?)', 1, 1, 1, 2)
    sql.run(`UPDATE log_settings SET value = 2 WHERE name = 'commands_indexed'`)
    const index = new CommandIndex(sql)
    const alike = indexKey('00000000-0001-5000-8000-000000000000')
    expect(index.find(1, first?.commandId ?? '', alike)).toBe(1)
    expect(index.find(2, second?.commandId ?? '', alike)).toBe(2)
    expect(index.find(2, first?.commandId ?? '', alike)).toBeUndefined()
  })
})
