import type { BudgetItem } from '../../domain/books/budget-events.ts'
import { type Act, act } from '../act.ts'
import { type Example, numberOf } from '../example.ts'

/** What a year's financial plan holds; `under` is its resolution, by the name the scenario knows it under. */
export type YearPlan = {
  under: string
  on: string
  binding?: boolean
  items: readonly BudgetItem[]
  amended?: { under: string; on: string; reason: string; items: readonly BudgetItem[] }
}

/** An item that counts by account. */
export const planned = (direction: 'in' | 'out', title: string, account: string, amount: string): BudgetItem => ({
  item: title,
  title,
  direction,
  account,
  amount,
})

/** Takes the plan into the books when its resolution is posted, and amends it by a further one. */
export function yearPlan(example: Example, { under, on, binding = false, items, amended }: YearPlan): Act[] {
  const { code } = example
  const adopt = act(code, `2025-${on}`, '录入财务计划', face =>
    face.run('AdoptBudget', { year: 2025, resolution: numberOf(example, under), binding, items }),
  )
  if (!amended) return [adopt]
  const amend = act(code, `2025-${amended.on}`, '调整财务计划', face =>
    face.run('AmendBudget', {
      ...{ year: 2025, resolution: numberOf(example, amended.under) },
      ...{ reason: amended.reason, items: amended.items },
    }),
  )
  return [adopt, amend]
}
