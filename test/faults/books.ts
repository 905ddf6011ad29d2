import { expect } from 'vitest'
import type { RecordedEvent } from '../../src/store/port.ts'
import { fen } from '../support/coop.ts'

type Line = { debit?: string; credit?: string; fund?: string }
type Booked = { number: string; lines: Line[] }

/** Every voucher of the log balances fund by fund, and the numbers of each month run from one without a gap. */
export function booksAreRight(log: readonly Pick<RecordedEvent, 'data'>[]): void {
  const next = new Map<string, number>()
  for (const { number, lines } of log.flatMap(({ data }) => vouchersIn(data))) {
    const [month = ''] = number.split('-记-')
    next.set(month, (next.get(month) ?? 0) + 1)
    expect(number).toBe(`${month}-记-${next.get(month)}`)
    const sums = new Map<string, number>()
    for (const { debit = '0.00', credit = '0.00', fund = '' } of lines) {
      sums.set(fund, (sums.get(fund) ?? 0) + fen(debit) - fen(credit))
    }
    expect(
      [...sums.values()].filter(sum => sum !== 0),
      number,
    ).toEqual([])
  }
}

function vouchersIn(data: string): Booked[] {
  const { voucher } = JSON.parse(data) as { voucher?: Booked }
  return voucher ? [voucher] : []
}
