import { z } from 'zod'
import { account, amount, key, text, year } from '../fields.ts'

/** One item of the year's plan, and by exactly one of account (with its sub-accounts), programme and fund what counts as it. */
export const budgetItem = z.strictObject({
  ...{ item: key, title: text, direction: z.enum(['in', 'out']), amount },
  account: account.optional(),
  programme: key.optional(),
  fund: key.optional(),
})
export type BudgetItem = z.infer<typeof budgetItem>

const items = z.array(budgetItem).min(1).max(200)

export const budgetEvents = {
  // `binding`: the resolution lets nothing be spent beyond an item.
  BudgetAdopted: z.strictObject({ year, resolution: key, binding: z.boolean(), items }),
  // Items that are new or have another amount; the others stay.
  BudgetAmended: z.strictObject({ year, resolution: key, reason: text, items }),
} as const
