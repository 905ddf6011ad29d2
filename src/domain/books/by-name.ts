import { codeOf } from '../chart.ts'
import type { CoopEvent } from '../events.ts'
import { add, type Fen } from '../money.ts'
import { breakdownOf, signed, type Voucher, type VoucherLine } from '../voucher.ts'

/** What each account of 112 and 113 holds by name (a person's code or an organisation); fen, debit positive. */
export type ByName = Map<string, Map<string, Fen>>

/**
 * Adds a voucher to the balances by name, from its counterparties and breakdowns. The red voucher of a withdrawn
 * dividend names nobody: its lines are those of the original, whose names it takes back.
 */
export function bookByName(
  byName: ByName,
  voucher: Voucher,
  data: Record<string, unknown>,
  original: { event: CoopEvent; voucher: Voucher } | undefined,
): void {
  for (const [index, line] of voucher.lines.entries()) {
    const code = codeOf(line.account)
    if (code !== '112' && code !== '113') continue
    const taken = original?.voucher.lines[index]
    if (line.breakdown === undefined && taken?.breakdown !== undefined)
      for (const [name, fen] of namesOf(taken, original!.event.data)) move(byName, line.account, name, -fen)
    else for (const [name, fen] of namesOf(line, data)) move(byName, line.account, name, fen)
  }
}

function namesOf(line: VoucherLine, data: Record<string, unknown>): [string, Fen][] {
  if (line.breakdown === undefined) return line.counterparty === undefined ? [] : [[line.counterparty, signed(line)]]
  const sign = line.debit === undefined ? -1 : 1
  return breakdownOf(line, data).map(([name, fen]) => [name, sign * fen])
}

function move(byName: ByName, account: string, name: string, fen: Fen): void {
  const names = byName.get(account) ?? new Map<string, Fen>()
  byName.set(account, names)
  names.set(name, add(names.get(name) ?? 0, fen))
}
