import { add, type Fen, fenOf, yuan } from '../domain/money.ts'

export type FileLine = {
  line: number
  account: string
  debit?: string
  credit?: string
  fund?: string
  counterparty?: string
}

/** What an import took otherwise than it stands in the file: rows by their line. */
export type Mended = { zero: number[]; turned: number[] }

/** Other programs print 0.00 on the side that is not used. */
export const isNothing = (cell: string): boolean => cell === '' || isZero(cell)

const isZero = (cell: string): boolean => /^-?0(\.0{1,2})?$/.test(cell)

/** Whether a row says that nothing moves: a zero is written, and no amount. Nothing to book, but no slip either. */
export const isZeroRow = ({ debit, credit }: { debit: string; credit: string }): boolean =>
  isNothing(debit) && isNothing(credit) && (isZero(debit) || isZero(credit))

const isRed = ({ debit, credit }: FileLine): boolean => (debit ?? credit ?? '').startsWith('-')

/** The lines that are red in a voucher that is not red throughout. */
export function oddlyRed(lines: readonly FileLine[]): FileLine[] {
  const red = lines.filter(isRed)
  return red.length < lines.length ? red : []
}

/** Lines with their oddly red ones on the other side, where they mean the same: -5 debit is 5 credit. */
export function turned(lines: readonly FileLine[]): FileLine[] {
  const odd = new Set(oddlyRed(lines))
  return lines.map(line => {
    const { debit, credit, ...rest } = line
    if (!odd.has(line)) return line
    return debit === undefined ? { ...rest, debit: opposite(credit) } : { ...rest, credit: opposite(debit) }
  })
}

const opposite = (amount = '0'): string => yuan(-fenOf(amount))

/** Debit and credit of each fund on the lines, fen; '' is 一般资金. */
export function sumsByFund(lines: readonly FileLine[]): Map<string, { debit: Fen; credit: Fen }> {
  const sums = new Map<string, { debit: Fen; credit: Fen }>()
  for (const { fund = '', debit = '0', credit = '0' } of lines) {
    const sum = sums.get(fund) ?? { debit: 0, credit: 0 }
    sums.set(fund, { debit: add(sum.debit, fenOf(debit)), credit: add(sum.credit, fenOf(credit)) })
  }
  return sums
}

/** What the import tells of it, a sentence each. */
export function mendedTold({ zero, turned }: Mended): string[] {
  return [
    ...(zero.length > 0 ? [`有 ${zero.length} 行金额是零，没有记入（第 ${some(zero)} 行）。`] : []),
    ...(turned.length > 0
      ? [`有 ${turned.length} 行是负数，同一张凭证的其他行不是：已改为正数记在另一方（第 ${some(turned)} 行）。`]
      : []),
  ]
}

const some = (lines: readonly number[]): string => `${lines.slice(0, 20).join('、')}${lines.length > 20 ? ' …' : ''}`
