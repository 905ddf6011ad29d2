import type { CoopEvent } from '../events.ts'
import type { BudgetItem } from './budget-events.ts'

/** The plan of a year as it stands, and the resolutions it rests on. */
export type Plan = { binding: boolean; items: Map<string, BudgetItem>; resolutions: Set<string> }
export type Plans = Map<number, Plan>

/** Keeps each year's plan. */
export function evolvePlans(plans: Plans, { type, data }: CoopEvent): void {
  if (type !== 'BudgetAdopted' && type !== 'BudgetAmended') return
  const before = plans.get(data.year)
  const items = new Map(before?.items)
  for (const each of data.items) items.set(each.item, each)
  const binding = type === 'BudgetAdopted' ? data.binding : (before?.binding ?? false)
  plans.set(data.year, { binding, items, resolutions: new Set([...(before?.resolutions ?? []), data.resolution]) })
}
