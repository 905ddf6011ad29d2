import { type Day, yearOf } from '../calendar.ts'
import type { CoopEvent } from '../events.ts'
import { add, type Fen, fenOf, total } from '../money.ts'
import { invariant } from '../refusal.ts'

/** A count of a cash box; `open` is the part of its difference that waits in 181. Fen. */
export type Count = { account: string; on: Day; counted: Fen; open: Fen; settled: boolean }
/** Petty cash in a person's hands: what was advanced, and each voucher that accounted for some of it. Fen. */
export type Advance = {
  person: string
  account: string
  date: Day
  number: string
  amount: Fen
  parts: { number: string; date: Day; amount: Fen }[]
}
export type Receipt = { of: string; amount: Fen; voided: boolean }
export type Cash = {
  limit: Fen | undefined
  pettyLimit: Fen | undefined
  counts: Map<string, Count>
  advances: Advance[]
  receipts: Map<string, Receipt>
  /** The last number of a receipt, by year. */
  issued: Map<number, number>
}

/** No limit set, nothing counted, advanced or receipted. */
export const emptyCash = (): Cash => ({
  ...{ limit: undefined, pettyLimit: undefined },
  ...{ counts: new Map(), advances: [], receipts: new Map(), issued: new Map() },
})

/** Keeps counts, petty cash in people's hands and the numbers of receipts. */
export function evolveCash(cash: Cash, { type, data }: CoopEvent): void {
  switch (type) {
    case 'CashLimitSet':
      cash.limit = fenOf(data.limit)
      cash.pettyLimit = fenOf(data.pettyCash ?? data.limit)
      break
    case 'CashCounted': {
      const { account, on, counted } = data
      cash.counts.set(data.count, { account, on, counted: fenOf(counted), open: 0, settled: false })
      break
    }
    case 'CashDifferenceBooked':
      countOf(cash, data.count).open = fenOf(data.difference)
      break
    case 'CashDifferenceSettled':
      countOf(cash, data.count).settled = true
      break
    case 'PettyCashAdvanced': {
      const { person, amount, voucher } = data
      const { date, number, lines } = voucher
      cash.advances.push({ person, account: lines[0]!.account, date, number, amount: fenOf(amount), parts: [] })
      break
    }
    case 'PettyCashAccounted': {
      const advance = openAdvance(cash, data.person)
      invariant(advance, `petty cash of ${data.person}`)
      const { number, date } = data.voucher
      advance.parts.push({ number, date, amount: leftOf(advance) - fenOf(data.left) })
      break
    }
    case 'ReceiptIssued':
      cash.receipts.set(data.no, { of: data.of, amount: fenOf(data.amount), voided: false })
      cash.issued.set(yearOf(data.on), Number(data.no.split('-')[2]))
      break
    case 'ReceiptVoided': {
      const receipt = cash.receipts.get(data.no)
      invariant(receipt, `the receipt ${data.no}`)
      receipt.voided = true
      break
    }
  }
}

/** Takes back what a reversed voucher had done to counts and advances. */
export function undoCash(cash: Cash, { type, data }: CoopEvent): void {
  switch (type) {
    case 'CashDifferenceBooked':
      countOf(cash, data.count).open = 0
      break
    case 'CashDifferenceSettled':
      countOf(cash, data.count).settled = false
      break
    case 'PettyCashAdvanced':
      cash.advances = cash.advances.filter(({ number }) => number !== data.voucher.number)
      break
    case 'PettyCashAccounted':
      for (const advance of cash.advances)
        advance.parts = advance.parts.filter(({ number }) => number !== data.voucher.number)
      break
  }
}

/** Fen of an advance still in the person's hands, at the end of a day if one is named. */
export const leftOf = ({ amount, parts }: Advance, on?: Day): Fen =>
  add(amount, -total(on ? parts.filter(({ date }) => date <= on) : parts, part => part.amount))

/** The person's advance that is not accounted for yet, the oldest if there are more; undefined when there is none. */
export const openAdvance = (cash: Cash, person: string): Advance | undefined =>
  cash.advances.find(advance => advance.person === person && leftOf(advance) > 0)

/** Fen of the receipts in force that were given for a voucher. */
export const receipted = (cash: Cash, number: string): Fen =>
  total(
    [...cash.receipts.values()].filter(({ of, voided }) => of === number && !voided),
    ({ amount }) => amount,
  )

function countOf(cash: Cash, id: string): Count {
  const count = cash.counts.get(id)
  invariant(count, `the count ${id}`)
  return count
}
