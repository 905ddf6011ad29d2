import { balance } from '../books/state.ts'
import type { Desk } from '../desk.ts'
import { type Fen, yuan } from '../money.ts'

/** Money on hand that never was surplus, `[what, yuan]`, named so that a refusal can say where it went. */
export function apart(desk: Desk): [string, string][] {
  const { books } = desk.state
  const held: [string, Fen][] = [
    [
      '未到期的预收租金',
      -(balance(books, '211-预收租金') + balance(books, '221-预收租金') + Math.min(0, balance(books, '113-预收租金'))),
    ],
    ['受赠款物', -(balance(books, '311-受赠(限定)') + balance(books, '311-受赠(未限定)'))],
    ['专项补助', -balance(books, '241')],
    ['代管款', -balance(books, '211-代管款')],
    [
      '本年尚未结账的收支',
      -[...'501 502 503 504 511 512 513 514 515 521'.split(' ')].reduce(
        (sum, code) => sum + balance(books, code, ''),
        0,
      ),
    ],
  ]
  return held.filter(([, fen]) => fen > 0).map(([what, fen]) => [what, yuan(fen)])
}
