import { describe, expect, test } from 'vitest'
import { assetReport } from '../../../reports/books/assets.ts'
import { bankReconciliation } from '../../../reports/books/bank-reconciliation.ts'
import { budgetExecution } from '../../../reports/books/budget.ts'
import type { BookReport } from '../../../reports/books/report.ts'
import { live } from '../../projections/fixture.ts'
import { village } from '../../projections/village.ts'

const sql = live(village().events)
const of = (report: BookReport, period: string, more = {}) => report.build({ sql, coop: 'sun', period, ...more })

describe('固定资产台账', () => {
  test('has every card with cost, life, the period’s charge and what is left, and one that went with its day', () => {
    expect(of(assetReport, '2025-04').rows).toEqual([
      {
        ...{ account: '151', card: 'K1', name: '一号店', asset: 'A1', use: '出租', fund: '', inService: '2020-04' },
        ...{ life: '240', cost: '90000.00', residual: '3600.00', charge: '394.48', accumulated: '15394.48' },
        ...{ net: '74605.52', disposedOn: '' },
      },
      expect.objectContaining({ card: 'K2', cost: '0.00', charge: '4500.00', disposedOn: '2025-04-30' }),
    ])
  })

  test('is tied to the asset’s account and to the one that gathers its depreciation', () => {
    expect(of(assetReport, '2025-04').checks).toEqual([
      { name: '151 卡片合计 = 余额表', ok: true, left: '90000.00', right: '90000.00' },
      { name: '152 卡片累计折旧、摊销合计 = 余额表', ok: true, left: '15394.48', right: '15394.48' },
    ])
  })

  test('says so where the books hold what no card shows', () => {
    const other = live(village().events)
    other.run(`UPDATE balances SET debit = debit + 1 WHERE coop = 'sun' AND account = '151' AND month = '2025-04'`)
    const { checks } = of(assetReport, '2025-04', { sql: other })
    expect(checks.map(({ ok }) => ok)).toEqual([false, true])
  })

  test('of one account has its cards and its checks alone', () => {
    expect(of(assetReport, '2025-04', { account: '151' })).toEqual(of(assetReport, '2025-04'))
    expect(of(assetReport, '2025-04', { account: '161' })).toEqual({ rows: [], checks: [] })
  })
})

describe('财务计划执行表', () => {
  test('sets each item’s plan, first and as changed, beside what was booked up to the period’s end', () => {
    const { rows, checks } = of(budgetExecution, '2025Q3')
    expect(rows[0]).toEqual({
      ...{ item: '办公', title: '办公费', direction: 'out', measure: expect.stringContaining('办公') },
      ...{ adopted: '100.00', planned: '400.00', actual: '325.00', left: '75.00', percent: '81.3', over: '' },
    })
    expect(rows.map(({ measure }) => measure).slice(1, 3)).toEqual(['事项 ELDER', '资金 路灯'])
    expect(checks).toEqual([])
  })

  test('checks each expense against a plan that binds', () => {
    const bound = live(village().events)
    bound.run(`UPDATE budgets SET binding = 1 WHERE coop = 'sun'`)
    bound.run(`UPDATE budget_items SET planned = 100 WHERE coop = 'sun' AND item = '办公'`)
    const { rows, checks } = of(budgetExecution, '2025Q3', { sql: bound })
    expect(rows[0]).toMatchObject({ over: '是', left: '-324.00' })
    expect(checks[0]).toEqual({ name: '办公费 执行不超过计划', ok: false, left: '325.00', right: '1.00' })
    expect(checks.slice(1).every(({ ok }) => ok)).toBe(true)
  })
})

describe('银行存款余额调节表', () => {
  test('leads both balances by what only one side has to the same adjusted balance', () => {
    const { rows, checks } = of(bankReconciliation, '2025-01')
    const amounts = rows.map(({ kind, amount }) => `${kind} ${amount}`)
    expect(amounts[0]).toMatch(/^book /)
    expect(amounts).toContain('bank-only 10.00')
    expect(amounts).toContain('book-only -100.00')
    const adjusted = rows.filter(({ kind }) => kind!.startsWith('adjusted')).map(({ amount }) => amount)
    expect(adjusted[0]).toBe(adjusted[1])
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['102-基本户 调节后余额相等', true],
      ['102-基本户 账面余额 = 余额表', true],
    ])
  })

  test('fails its check when the bank’s lines and the books do not meet', () => {
    const other = live(village().events)
    other.run(`UPDATE bank_statements SET opening = '50100.01' WHERE coop = 'sun'`)
    const { checks } = of(bankReconciliation, '2025-01', { sql: other })
    expect(checks.map(({ ok }) => ok)).toEqual([false, true])
  })

  test('says of an account without a statement to the period’s end that there is none', () => {
    expect(of(bankReconciliation, '2025-03').rows).toMatchObject([
      { account: '102-基本户', kind: 'unreconciled', item: '没有录入到期末的对账单' },
    ])
  })
})
