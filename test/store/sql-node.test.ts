import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isUniqueViolation, type SqlValue } from '../../src/store/sql.ts'
import { scratchFolder, scratchSql } from './scratch.ts'

const createTable = 'CREATE TABLE t (n INTEGER PRIMARY KEY, x ANY) STRICT'

describe('a SQLite database', () => {
  test('syncs at every commit, keeps a write-ahead log and checks foreign keys', () => {
    const sql = scratchSql()
    expect(sql.rows('PRAGMA journal_mode')).toEqual([['wal']])
    expect(sql.rows('PRAGMA synchronous')).toEqual([[2]])
    expect(sql.rows('PRAGMA foreign_keys')).toEqual([[1]])
    expect(sql.rows('PRAGMA busy_timeout')).toEqual([[5000]])
  })

  test('gives rows as objects, as arrays, or the first alone', () => {
    const sql = scratchSql()
    sql.run(createTable)
    sql.run('INSERT INTO t VALUES (?, ?), (?, ?)', 1, '甲', 2, null)
    expect(sql.all('SELECT * FROM t ORDER BY n')).toEqual([
      { n: 1, x: '甲' },
      { n: 2, x: null },
    ])
    expect(sql.rows('SELECT * FROM t ORDER BY n')).toEqual([
      [1, '甲'],
      [2, null],
    ])
    expect(sql.get('SELECT x FROM t WHERE n = ?', 1)).toEqual({ x: '甲' })
    expect(sql.get('SELECT x FROM t WHERE n = ?', 3)).toBeUndefined()
  })

  test.each([
    ['an unsafe integer', 2 ** 53],
    ['infinity', Number.POSITIVE_INFINITY],
    ['NaN', Number.NaN],
    ['a boolean', true],
    ['a date', new Date(0)],
    ['undefined', undefined],
    ['a bigint', 1n],
  ])('refuses %s as a parameter', (_, value) => {
    const sql = scratchSql()
    expect(() => sql.all('SELECT ?', value as unknown as SqlValue)).toThrow(/not a value SQLite stores exactly/)
  })

  test('says when a unique key exists already', () => {
    const sql = scratchSql()
    sql.run(createTable)
    sql.run('INSERT INTO t VALUES (1, NULL)')
    const again = errorOf(() => sql.run('INSERT INTO t VALUES (1, NULL)'))
    expect(isUniqueViolation(again)).toBe(true)
    expect(isUniqueViolation(errorOf(() => sql.run('INSERT INTO nowhere VALUES (1)')))).toBe(false)
  })

  test('opened for queries only refuses to write', () => {
    const path = join(scratchFolder(), 'scratch.db')
    scratchSql(path).run(createTable)
    const reader = scratchSql(path, { readOnly: true })
    expect(reader.transaction(() => reader.all('SELECT * FROM t'))).toEqual([])
    expect(() => reader.run('INSERT INTO t VALUES (1, NULL)')).toThrow(/readonly/)
  })

  test('with secure deletion keeps nothing deleted in any of its files after a checkpoint', () => {
    const path = join(scratchFolder(), 'scratch.db')
    const sql = scratchSql(path, { secureDelete: true })
    sql.run(createTable)
    sql.run('INSERT INTO t VALUES (1, ?)', 'very secret words')
    expect(readFileSync(`${path}-wal`).includes('very secret words')).toBe(true)
    sql.run('DELETE FROM t')
    sql.checkpoint()
    expect(readFileSync(path).includes('very secret words')).toBe(false)
    expect(readFileSync(`${path}-wal`)).toHaveLength(0)
  })

  test('does not pretend to have emptied its log while a reader holds it', () => {
    const path = join(scratchFolder(), 'scratch.db')
    const sql = scratchSql(path)
    sql.run('PRAGMA busy_timeout = 0')
    sql.run(createTable)
    const reader = scratchSql(path, { readOnly: true })
    reader.transaction(() => {
      reader.all('SELECT * FROM t')
      sql.run('INSERT INTO t VALUES (1, NULL)')
      expect(() => sql.checkpoint()).toThrow(/in use/)
    })
  })
})

describe('a transaction', () => {
  test('that throws leaves nothing, and the next one works', () => {
    const sql = scratchSql()
    sql.run(createTable)
    const failing = (): void => {
      sql.run('INSERT INTO t VALUES (1, NULL)')
      throw new Error('no')
    }
    expect(() => sql.transaction(failing)).toThrow('no')
    sql.transaction(() => sql.run('INSERT INTO t VALUES (2, NULL)'))
    expect(sql.rows('SELECT n FROM t')).toEqual([[2]])
  })

  test('within another undoes only itself', () => {
    const sql = scratchSql()
    sql.run(createTable)
    sql.transaction(() => {
      sql.run('INSERT INTO t VALUES (1, NULL)')
      const inner = (): void => {
        sql.run('INSERT INTO t VALUES (2, NULL)')
        throw new Error('inner')
      }
      expect(() => sql.transaction(inner)).toThrow('inner')
      sql.transaction(() => sql.run('INSERT INTO t VALUES (3, NULL)'))
    })
    expect(sql.rows('SELECT n FROM t')).toEqual([[1], [3]])
  })

  test('refuses a promise, which would commit before its work is done', () => {
    const sql = scratchSql()
    sql.run(createTable)
    const later = async (): Promise<void> => sql.run('INSERT INTO t VALUES (1, NULL)')
    expect(() => sql.transaction(later)).toThrow(/synchronous/)
    expect(sql.rows('SELECT n FROM t')).toEqual([])
  })
})

function errorOf(work: () => void): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}
