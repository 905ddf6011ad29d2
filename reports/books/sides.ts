import { type Fen, fenOf, yuan } from '../../src/domain/money.ts'

/** 借, 贷 or 平 of a balance, debit positive. */
export const sideOf = (balance: Fen): string => (balance === 0 ? '平' : balance > 0 ? '借' : '贷')

/** The size of a balance in yuan, for paper, where its side stands beside it; '' for none. */
export const sizeOf = (balance: string): string => (balance.startsWith('-') ? balance.slice(1) : balance)

/** A balance in yuan, debit positive, as its debit and its credit column; nothing is left blank. */
export const split = (balance: string): [string, string] =>
  balance.startsWith('-') ? ['', sizeOf(balance)] : [orBlank(balance), '']

/** '' for an amount of nothing. */
export const orBlank = (amount: string): string => (amount === '0.00' ? '' : amount)

/** The sum of amounts in yuan. */
export function sumOf(amounts: readonly string[]): string {
  return yuan(amounts.reduce((sum, amount) => sum + fenOf(amount === '' ? '0.00' : amount), 0))
}
