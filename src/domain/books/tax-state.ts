import { lastDay, type Month } from '../calendar.ts'
import type { CoopEvent, EventData } from '../events.ts'
import { add, type Fen, fenOf, total } from '../money.ts'

/** Rates by tax in the order they were set, and what each month's pay came to and was paid. Fen. */
export type Taxes = {
  rates: Map<string, EventData<'TaxRateSet'>[]>
  pay: Map<Month, { accrued: Fen; paid: Fen }>
}

/** No rate set, no pay accrued. */
export const emptyTaxes = (): Taxes => ({ rates: new Map(), pay: new Map() })

/** Keeps the rates, and each month's pay. */
export function evolveTaxes(taxes: Taxes, event: CoopEvent): void {
  const { type, data } = event
  if (type === 'TaxRateSet') taxes.rates.set(data.tax, [...(taxes.rates.get(data.tax) ?? []), data])
  movePay(taxes, event, 1)
}

/** Takes back reversed pay. */
export const undoTaxes = (taxes: Taxes, original: CoopEvent): void => movePay(taxes, original, -1)

/** The rate of a tax in force at the end of a month, the one set last before those it overrules; undefined for none. */
export function rateIn(taxes: Taxes, tax: string, month: Month): EventData<'TaxRateSet'> | undefined {
  const on = lastDay(month)
  return taxes.rates.get(tax)?.findLast(({ from, to }) => from <= on && (to === undefined || on <= to))
}

function movePay(taxes: Taxes, { type, data }: CoopEvent, sign: 1 | -1): void {
  if (type !== 'PayAccrued' && type !== 'WagesPaid') return
  const month = taxes.pay.get(data.month) ?? { accrued: 0, paid: 0 }
  taxes.pay.set(data.month, month)
  if (type === 'PayAccrued') month.accrued = add(month.accrued, sign * total(data.groups, each => fenOf(each.amount)))
  else month.paid = add(month.paid, sign * fenOf(data.amount))
}
