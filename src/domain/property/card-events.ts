import { z } from 'zod'
import { use } from '../books/events.ts'
import { account, booked, count, day, key, month, text } from '../fields.ts'
import { voucher } from '../voucher.ts'

/** What a card (资产卡片) says of one asset; `life` in months, 0 for what is never depreciated (134 公益性生物资产). */
const terms = {
  card: key,
  asset: key.optional(),
  name: text,
  account,
  cost: booked,
  residual: booked,
  life: count,
  inService: month,
  use,
  fund: key.optional(),
  on: day,
  /** Depreciated so far, and the last month that this includes; straight line from there over what is left of the life. */
  accumulated: booked,
  chargedTo: month,
}

export const cardEvents = {
  AssetCardOpened: z.strictObject(terms),
  AssetCardWithdrawn: z.strictObject({ card: key, reason: text }),
  AssetUseChanged: z.strictObject({ card: key, use, from: month, reason: text }),
  // `charged`: the depreciation of the month of disposal, taken in the same voucher; `accumulated` includes it.
  AssetDisposed: z.strictObject({
    card: key,
    reason: text,
    resolution: key.optional(),
    ...{ cost: booked, charged: booked, use, accumulated: booked, proceeds: booked, result: booked },
    into: account.optional(),
    voucher,
  }),
  // `amount` of the grant and `own` money that were spent on the project (153) become the asset of the card.
  ProjectCompleted: z.strictObject({ fund: key, amount: booked, own: booked, opened: z.strictObject(terms), voucher }),
  GrantReturned: z.strictObject({ fund: key, amount: booked, to: text, reason: text, from: account, voucher }),
} as const
