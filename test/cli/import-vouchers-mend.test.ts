import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { vouchersBetween } from '../../projections/vouchers.ts'
import { at, file, HEADING, mz, type Said, scratch } from './support.ts'

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.gone())

function imported(...rows: string[]): Promise<Said> {
  const csv = file(place.path('vouchers.csv'), `${[HEADING, ...rows].join('\n')}\n`)
  return mz(['import', 'vouchers', csv, '--coop', 'old', '--open-accounts', '--data', place.path('data'), '--json'])
}
const read = <T>(work: (office: Parameters<Parameters<typeof at<T>>[2]>[0]) => T): Promise<T> =>
  at(place.path('data'), '2026-01-15', async office => work(office))
const closings = () =>
  read(office => Object.fromEntries(trialBalanceOf(office.sql, 'old', '2025').map(row => [row.account, row.closing])))

describe('a file that another program wrote', () => {
  test('may have rows of zero, which are left out and named, with the vouchers that are nothing else', async () => {
    const { code, out } = await imported(
      '2025-03-05,1,收款,101,100.00,,,,',
      '2025-03-05,1,收款,512,0.00,,,,',
      '2025-03-05,1,收款,501,,100.00,,,',
      '2025-03-06,2,作废,101,0,0.00,,,',
      '2025-03-06,2,作废,501,,-0.00,,,',
    )
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      ...{ rows: 5, vouchers: 1 },
      warnings: ['有 3 行金额是零，没有记入（第 3、5、6 行）。'],
    })
    const lines = await read(office => vouchersBetween(office.sql, 'old', '2025-01', '2025-12')[0]?.lines.length)
    expect(lines).toBe(2)
  })

  test('may have a minus within a voucher that balances: the line goes to the other side, where it means the same', async () => {
    const { code, out } = await imported(
      '2025-03-05,1,场地费退一部分,513,300.10,,,,',
      '2025-03-05,1,场地费退一部分,513,-20.05,,,,',
      '2025-03-05,1,场地费退一部分,101,,280.05,,,',
      '2025-03-06,2,收款,101,50,,,,',
      '2025-03-06,2,收款,501,,60,,,',
      '2025-03-06,2,收款,504,,-10,,,',
    )
    expect(code).toBe(0)
    const warnings = ['有 2 行是负数，同一张凭证的其他行不是：已改为正数记在另一方（第 3、7 行）。']
    expect(JSON.parse(out)).toMatchObject({ vouchers: 2, warnings })
    expect(await closings()).toMatchObject({ '101': '-230.05', '513': '280.05', '501': '-60.00', '504': '10.00' })
  })

  test('is refused when a minus leaves a voucher out of balance, or when there is nothing but zeros in it', async () => {
    const slip = await imported('2025-03-05,1,收款,101,100,,,,', '2025-03-05,1,收款,501,,-100,,,')
    expect([slip.code, JSON.parse(slip.err).problems]).toEqual([
      1,
      expect.arrayContaining([
        { line: 3, reason: expect.stringContaining('有正有负') },
        { line: 2, reason: expect.stringContaining('借贷不平') },
      ]),
    ])
    const nothing = await imported('2025-03-05,1,收款,101,0.00,,,,', '2025-03-05,1,收款,501,,0.00,,,')
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('每一行的金额都是零')])
  })
})
