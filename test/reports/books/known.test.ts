import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asKnown, revisionAt } from '../../../projections/as-known.ts'
import { READ_MODELS } from '../../../projections/read-models.ts'
import { applyAll } from '../../../projections/runner.ts'
import { booksKnown } from '../../../reports/books/files.ts'
import { REPORTS } from '../../../reports/books/registry.ts'
import type { Sql } from '../../../src/store/sql.ts'
import { draws } from '../../domain/sequences.ts'
import { live } from '../../projections/fixture.ts'
import { village } from '../../projections/village.ts'
import { allBuilt, randomLedger } from './ledgers.ts'

const KEPT = REPORTS.filter(({ presentOnly }) => !presentOnly)
const knownBooks = (sql: Sql, period: string, coop?: string) => allBuilt(sql, period, coop, KEPT)

const PERIODS = ['2025-01', '2025-02', '2025-03', '2025Q2', '2025']

describe('the books as known at an instant', () => {
  test('are, report for report, those the ledger gave after each of its events', () => {
    const { events } = village()
    const now = live(events)
    const then = live([])
    let compared = 0
    for (const event of events) {
      then.transaction(() => applyAll(then, event, READ_MODELS))
      if (!('voucher' in event.data) && !/^(FundOpened|LeaseSigned|Asset|Bank)/.test(event.type)) continue
      const known = asKnown(now, 'sun', event.revision)
      const period = event.type.startsWith('Bank') ? '2025-01' : compared % 2 === 0 ? '2025-02' : '2025'
      expect(knownBooks(known, period, 'sun'), `${event.revision} ${event.type}`).toEqual(
        knownBooks(then, period, 'sun'),
      )
      compared += 1
    }
    expect(compared).toBeGreaterThan(30)
  })

  test('are those of the log cut off at that instant, whatever was done', () => {
    let parted = 0
    const cut = fc.nat({ max: 99 })
    fc.assert(
      fc.property(draws, cut, (list, at) => {
        const events = randomLedger(list)
        const { recordedAt } = events[Math.floor((events.length * at) / 100)]!
        const then = live(events.filter(event => event.recordedAt <= recordedAt))
        const now = live(events)
        const known = booksKnown(now, 'yangguang', recordedAt)
        expect(known?.recordedAt).toBe(recordedAt)
        for (const period of PERIODS) {
          const expected = knownBooks(then, period)
          expect(knownBooks(known!.sql, period)).toEqual(expected)
          // Where later events moved the period, reading the tables as they are would be seen to be wrong.
          if (JSON.stringify(knownBooks(now, period)) !== JSON.stringify(expected)) parted += 1
        }
      }),
      { numRuns: 12 },
    )
    expect(parted).toBeGreaterThan(10)
  })

  test('hold all events recorded in the same instant, and none before the first', () => {
    const events = randomLedger([])
    const sql = live(events)
    const { recordedAt } = events[6]!
    expect(events.filter(event => event.recordedAt === recordedAt).map(({ revision }) => revision)).toEqual([6, 7, 8])
    expect(revisionAt(sql, 'yangguang', recordedAt)).toBe(8)
    expect(booksKnown(sql, 'yangguang', '2025-12-31T23:59:59.999Z')).toBeUndefined()
  })

  test('can only be read', () => {
    const { events } = village()
    const known = asKnown(live(events), 'sun', 20)
    expect(() => known.run('DELETE FROM balances')).toThrow('not to be changed')
  })
})
