import { expect, test } from 'vitest'
import { type DurableStorage, durableSql } from '../../src/store/sql-do.ts'

/** Stands for the storage: gives these rows to every statement, and keeps what it was given. */
function storageOf(rows: Record<string, string | number | null | ArrayBuffer>[]) {
  const given: unknown[][] = []
  const storage: DurableStorage = {
    sql: {
      exec(...call) {
        given.push(call)
        return { toArray: () => rows, raw: () => ({ toArray: () => rows.map(row => Object.values(row)) }) }
      },
    },
    transactionSync: work => work(),
    deleteAll: async () => undefined,
  }
  return { sql: durableSql(storage), given }
}

test('a blob comes back as the bytes it was stored as, in every way of reading', () => {
  const { sql } = storageOf([{ key: new Uint8Array([1, 2]).buffer, name: '甲' }])
  const row = { key: new Uint8Array([1, 2]), name: '甲' }
  expect(sql.all('SELECT')).toEqual([row])
  expect(sql.get('SELECT')).toEqual(row)
  expect(sql.rows('SELECT')).toEqual([Object.values(row)])
})

test('no row is undefined', () => {
  expect(storageOf([]).sql.get('SELECT')).toBeUndefined()
})

test('a value the platform would not keep is refused before it is stored: two million bytes are the most', () => {
  const { sql, given } = storageOf([])
  sql.run('INSERT', '账'.repeat(666_666), 'a'.repeat(2_000_000))
  expect(() => sql.run('INSERT', '账'.repeat(666_667))).toThrow(RangeError)
  expect(() => sql.run('INSERT', 'a'.repeat(2_000_001))).toThrow(RangeError)
  expect(() => sql.run('INSERT', new Uint8Array(2_000_001))).toThrow(RangeError)
  expect(given).toHaveLength(1)
})

test('what SQLite would store as something else is refused: truth values, dates, numbers beyond the safe', () => {
  const { sql, given } = storageOf([])
  for (const value of [true, new Date(0), undefined, 2 ** 53, Number.NaN, 1n]) {
    expect(() => sql.run('INSERT', value as never), String(value)).toThrow(TypeError)
  }
  expect(given).toEqual([])
})

test('a transaction refuses work that would go on after it', () => {
  const { sql } = storageOf([])
  expect(sql.transaction(() => 7)).toBe(7)
  expect(() => sql.transaction(async () => 7)).toThrow('a transaction is synchronous')
})
