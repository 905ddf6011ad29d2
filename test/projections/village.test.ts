import { describe, expect, test } from 'vitest'
import { fundsOver } from '../../projections/fund-rows.ts'
import { READ_MODELS } from '../../projections/read-models.ts'
import { applyAll, dump, rebuild } from '../../projections/runner.ts'
import { balanceAt, trialBalanceOf } from '../../projections/trial-balance.ts'
import { journal, partsOf } from '../../projections/vouchers.ts'
import { fenOf } from '../../src/domain/money.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { live } from './fixture.ts'
import { village } from './village.ts'

const { events } = village()

describe('the read models of a whole small co-op', () => {
  test('applying every event twice changes nothing', () => {
    const sql = live(events)
    const once = dump(sql, READ_MODELS)
    for (const event of events) sql.transaction(() => applyAll(sql, event, READ_MODELS))
    expect(dump(sql, READ_MODELS)).toEqual(once)
  })

  test('rebuilt from zero they equal the live ones byte for byte', () => {
    const sql = openNodeSql(':memory:')
    expect(rebuild(sql, READ_MODELS, events)).toBe(events.length)
    expect(dump(sql, READ_MODELS)).toEqual(dump(live(events), READ_MODELS))
  })

  test('one read model can be rebuilt alone and comes out the same', () => {
    for (const projection of READ_MODELS) {
      const sql = live(events)
      const before = dump(sql, READ_MODELS)
      rebuild(sql, [projection], events)
      expect(dump(sql, READ_MODELS), projection.name).toEqual(before)
    }
  })

  test('every table has rows of this story, so that the comparisons compare something', () => {
    const rows = dump(live(events), READ_MODELS)
    const empty = Object.entries(rows).flatMap(([table, text]) => (text === '' ? table : []))
    expect(empty).toEqual(['closed_years'])
  })

  test('the trial balance is zero in all and fund by fund', () => {
    const sql = live(events)
    for (const fund of [undefined, '', '慈善金', '路灯']) {
      const rows = trialBalanceOf(sql, 'sun', '2025Q1', fund).filter(({ account }) => account.length === 3)
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.reduce((sum, row) => sum + fenOf(row.closing), 0)).toBe(0)
    }
  })

  test('what a fund still has is money and goods in hand, less what is owed from it', () => {
    const sql = live(events)
    for (const { fund, closing } of fundsOver(sql, 'sun', '2025Q1')) {
      const others = ['101', '102', '112', '113', '121', '211-救助'].map(code =>
        balanceAt(sql, 'sun', code, '2025-03', fund),
      )
      expect(fenOf(closing), fund).toBe(others.reduce((sum, fen) => sum + fen, 0))
    }
  })

  test('the parts of every split line sum to the line', () => {
    const sql = live(events)
    let split = 0
    for (const { number, lines } of journal(sql, 'sun')) {
      const parts = Map.groupBy(partsOf(sql, 'sun', number), ({ line }) => line)
      for (const [index, own] of parts) {
        const line = lines[index]!
        split += 1
        expect(own.reduce((sum, { amount }) => sum + fenOf(amount), 0)).toBe(fenOf(line.debit) + fenOf(line.credit))
      }
    }
    expect(split).toBeGreaterThan(10)
  })

  test('no table holds what the vault encrypted', () => {
    expect(JSON.stringify(events)).toContain('v1.cipher')
    expect(JSON.stringify(dump(live(events), READ_MODELS))).not.toContain('v1.cipher')
  })
})
