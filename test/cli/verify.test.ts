import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteHead } from '../../src/cli/heads.ts'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { importVouchers } from '../../src/ledger/import-vouchers.ts'
import { at, HISTORY, mz, mzProgram, scratch } from './support.ts'

const place = scratch()
const BOOKS = place.path('books')
const COLUMNS = ['position', 'stream_id', 'revision', 'prev', 'type_id', 'envelope', 'data']

beforeAll(() =>
  at(BOOKS, '2026-01-15', async office => {
    const options = { coop: 'old', actor: '会计 via cli', dryRun: false, demo: false, openAccounts: true }
    await importVouchers(office, { ...options, bytes: new TextEncoder().encode(HISTORY) })
    noteHead(BOOKS, office, 'old')
  }),
)
afterAll(() => place.gone())

let copies = 0
/** A copy of the books in which somebody has been at work. */
function damaged(...statements: string[]): string {
  const copy = place.path(`copy-${++copies}`)
  cpSync(BOOKS, copy, { recursive: true })
  const db = new DatabaseSync(`${copy}/ledger.db`)
  for (const sql of ['DROP TRIGGER events_are_never_changed', 'DROP TRIGGER events_are_never_deleted', ...statements])
    db.exec(sql)
  db.close()
  return copy
}

const check = (directory: string, logOnly = false) => verifyDirectory(directory, { logOnly })

describe('verify', () => {
  test('finds nothing in books nobody has touched, and leaves not even a file behind', async () => {
    const before = readdirSync(BOOKS)
    expect((await check(BOOKS)).finding).toBeUndefined()
    expect(readdirSync(BOOKS)).toEqual(before)
  })

  test.each(COLUMNS)('finds one flipped byte in the stored field %s of an event', async column => {
    const text = column === 'envelope' || column === 'data'
    const value = text ? `'x' || substr(${column}, 2)` : `${column} + 64`
    const copy = damaged(`UPDATE events SET ${column} = ${value} WHERE position = 5`)
    expect((await check(copy, true)).finding).toMatchObject({ kind: 'event' })
  })

  test('names the first bad event with stream, revision, date and voucher', async () => {
    const copy = damaged(`UPDATE events SET data = replace(data, '50000.00', '50000.01') WHERE revision = 4`)
    expect((await check(copy)).finding).toMatchObject({
      ...{ kind: 'event', stream: 'coop-old', revision: 4, date: '2024-01-05', voucher: '2024-01-记-1' },
      reason: expect.stringContaining('被改动过'),
    })
  })

  test('finds a log cut short behind what was published, also when every trace of the end was removed', async () => {
    const copy = damaged(
      'DELETE FROM events WHERE position = (SELECT max(position) FROM events)',
      'UPDATE streams SET revision = revision - 1, last = last - 1',
    )
    expect((await check(copy, true)).finding).toMatchObject({ kind: 'event', stream: 'coop-old', revision: 5 })
  })

  test('finds a changed row of a read model and names its table; --log looks at the log alone', async () => {
    const copy = damaged(
      `UPDATE balances SET debit = debit + 1 WHERE account = '301'`,
      `UPDATE balances SET credit = credit + 1 WHERE account = '301'`,
    )
    expect((await check(copy)).finding).toMatchObject({ kind: 'projection', table: 'balances' })
    expect((await check(copy, true)).finding).toBeUndefined()
    expect((await mz(['rebuild', '--data', copy])).code).toBe(0)
    expect((await check(copy)).finding).toBeUndefined()
  })

  test('reports a file that is no database, or half of one, without falling over', async () => {
    const copy = damaged()
    const bytes = readFileSync(`${copy}/ledger.db`)
    writeFileSync(`${copy}/ledger.db`, bytes.subarray(0, bytes.length / 2))
    expect((await check(copy)).finding).toMatchObject({ kind: 'event' })
    writeFileSync(`${copy}/ledger.db`, '这不是数据库'.repeat(100))
    expect((await check(copy)).finding).toMatchObject({ kind: 'event' })
  })

  test('ends with 0 when all is well, 2 with the event named when not, and 1 when there is no ledger', async () => {
    expect(await mz(['verify', '--data', BOOKS])).toMatchObject({ code: 0, out: expect.stringContaining('完好') })
    const copy = damaged(`UPDATE events SET envelope = replace(envelope, '会计', '别人') WHERE position = 4`)
    const found = mzProgram(['verify', '--log', '--json', '--data', copy])
    expect(found.code).toBe(2)
    expect(JSON.parse(found.out)).toMatchObject({ ok: false, finding: { stream: 'coop-old', revision: 3 } })
    expect(await mz(['verify', '--data', place.path('nowhere')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('没有账本'),
    })
    expect(existsSync(place.path('nowhere'))).toBe(false)
  })
})
