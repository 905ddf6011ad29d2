import type { CoopEvent, EventData } from '../events.ts'
import { add, type Fen, fenOf } from '../money.ts'
import type { GoodsItem } from './events.ts'

export type Stock = { quantity: number; value: Fen; unit: string }
export type Gift = { fund: string | undefined; amount: Fen; returned: Fen; into: string; number: string }
export type Funds = {
  funds: Map<string, EventData<'FundOpened'>>
  stock: Map<string, Map<string, Stock>>
  gifts: Map<string, Gift>
  ids: Set<string>
}

/** No funds yet. */
export const emptyFunds = (): Funds => ({ funds: new Map(), stock: new Map(), gifts: new Map(), ids: new Set() })

/** Keeps the funds, the goods each one has in store, and what each gift was. */
export function evolveFunds(funds: Funds, { type, data }: CoopEvent): void {
  switch (type) {
    case 'FundOpened':
      funds.funds.set(data.fund, data)
      break
    case 'DonationReceived':
      funds.ids.add(data.id)
      funds.gifts.set(data.id, {
        fund: data.fund,
        amount: fenOf(data.amount),
        returned: 0,
        into: data.into,
        number: data.voucher.number,
      })
      break
    case 'DonationReturned': {
      const gift = funds.gifts.get(data.donation)
      if (gift) gift.returned += fenOf(data.amount)
      break
    }
    case 'GoodsDonated':
      funds.ids.add(data.id)
      for (const { item, quantity, unit, value } of data.items)
        move(funds, data.fund, item, unit, quantity, fenOf(value))
      break
    case 'GoodsGiven':
      funds.ids.add(data.id)
      for (const { item, quantity, unit, value } of data.items)
        move(funds, data.fund, item, unit, -quantity, -fenOf(value))
      break
    case 'ReliefApproved':
      // Goods given on one request leave the store of the fund that the voucher names.
      for (const { item, quantity, unit, value } of data.items ?? []) {
        move(funds, data.voucher.lines[0]?.fund ?? '', item, unit, -quantity, -fenOf(value))
      }
      break
    case 'GoodsShared':
    case 'SubsidyReceived':
    case 'InvestmentIncomeReceived':
    case 'OtherIncomeReceived':
    case 'ExpensePaid':
      funds.ids.add(data.id)
      break
  }
}

/** Takes reversed gifts and goods out again. */
export function undoFunds(funds: Funds, { type, data }: CoopEvent): void {
  if (type === 'DonationReceived') funds.gifts.delete(data.id)
  if (type === 'DonationReturned') {
    const gift = funds.gifts.get(data.donation)
    if (gift) gift.returned -= fenOf(data.amount)
  }
  const sign = type === 'GoodsDonated' ? -1 : 1
  const fund = type === 'GoodsDonated' || type === 'GoodsGiven' ? data.fund : undefined
  if (fund === undefined || !('items' in data)) return
  for (const { item, quantity, unit, value } of data.items as GoodsItem[]) {
    move(funds, fund, item, unit, sign * quantity, sign * fenOf(value))
  }
}

function move(funds: Funds, fund: string, item: string, unit: string, quantity: number, value: Fen): void {
  const store = funds.stock.get(fund) ?? new Map<string, Stock>()
  funds.stock.set(fund, store)
  const stock = store.get(item) ?? { quantity: 0, value: 0, unit }
  store.set(item, { quantity: stock.quantity + quantity, value: add(stock.value, value), unit })
}
