import { CHART, codeOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import type { Desk } from '../desk.ts'
import { adopted } from '../governance/decide.ts'
import { fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { optional } from '../register/decide.ts'
import type { budgetCommands } from './budget-commands.ts'
import type { BudgetItem } from './budget-events.ts'
import type { Plan } from './budget-state.ts'

/** Decisions about the year's financial plan (财务计划): what a resolution has adopted, item by item. */
export const decideBudget: Decisions<typeof budgetCommands> = {
  AdoptBudget(desk, { year, resolution, binding, items }) {
    if (desk.state.plans.has(year))
      refuse('BudgetExists', `${year}年的财务计划已经录入，调整请另作决议（AmendBudget）。`)
    checkResolution(desk, resolution, undefined, items)
    checkItems(desk, items)
    desk.emit('BudgetAdopted', { year, resolution, binding, items: items.map(plain) })
  },

  AmendBudget(desk, { year, resolution, reason, items }) {
    const plan = desk.state.plans.get(year)
    if (!plan) refuse('BudgetUnknown', `${year}年还没有财务计划，请先录入（AdoptBudget）。`)
    const merged = new Map(plan.items)
    for (const each of items) merged.set(each.item, each)
    checkResolution(desk, resolution, plan, [...merged.values()])
    checkItems(desk, items)
    checkItems(desk, [...merged.values()])
    desk.emit('BudgetAmended', { year, resolution, reason, items: items.map(plain) })
  },
}

// The representatives decide on the plan; their resolution's amount, where it has one, is what may go out in all.
function checkResolution(desk: Desk, no: string, plan: Plan | undefined, items: readonly BudgetItem[]): void {
  const { matter, budget } = adopted(desk, no)
  if (matter !== 'budget') refuse('ResolutionMatter', `决议 ${no} 不是财务预算的决议。`, '农村集体经济组织法 art. 26')
  if (plan?.resolutions.has(no)) refuse('ResolutionUsed', `决议 ${no} 已经用于这份财务计划，调整要另作决议。`)
  const out = total(
    items.filter(({ direction }) => direction === 'out'),
    ({ amount }) => fenOf(amount),
  )
  if (budget !== undefined && out > fenOf(budget))
    refuse(
      'ResolutionAmountExceeded',
      `决议 ${no} 批准 ${grouped(budget)} 元，各项支出合计 ${grouped(yuan(out))} 元，请核对。`,
      '农村集体经济组织法 art. 26',
    )
}

// What is spent must count under one item of a kind only, or the plan would be used up twice.
function checkItems(desk: Desk, items: readonly BudgetItem[]): void {
  for (const [index, item] of items.entries()) {
    checkMeasure(desk, item)
    const same = items.slice(0, index).find(other => other.item === item.item || overlap(other, item))
    if (same) refuse('ListedTwice', `“${same.title}”和“${item.title}”重复，请合并或删去一项。`)
  }
}

function checkMeasure(desk: Desk, { title, account, programme, fund, direction }: BudgetItem): void {
  const { funds, programmes } = desk.state
  if ([account, programme, fund].filter(each => each !== undefined).length !== 1)
    refuse('MeasureMissing', `“${title}”要写明按科目、项目还是资金核对，且只写一种。`)
  if (account && (!CHART.has(codeOf(account)) || /^10[12]/.test(account)))
    refuse('AccountUnknown', `“${title}”的科目 ${account} 不能用来核对预算，请填收入、费用或资产科目。`)
  if (fund && !funds.funds.has(fund)) refuse('FundUnknown', `没有“${fund}”这个资金，请先设立。`)
  if (programme && !programmes.programmes.has(programme))
    refuse('ProgrammeUnknown', `没有“${programme}”这个项目，请先设立。`)
  if (programme && direction === 'in') refuse('MeasureMissing', `“${title}”按项目核对的只能是支出。`)
}

function overlap(a: BudgetItem, b: BudgetItem): boolean {
  if (a.direction !== b.direction) return false
  if (a.programme !== undefined && a.programme === b.programme) return true
  if (a.fund !== undefined && a.fund === b.fund) return true
  return (
    a.account !== undefined && b.account !== undefined && (under(a.account, b.account) || under(b.account, a.account))
  )
}

const under = (account: string, prefix: string): boolean => account === prefix || account.startsWith(`${prefix}-`)

const plain = ({ account, programme, fund, ...item }: BudgetItem): BudgetItem => ({
  ...item,
  ...optional({ account, programme, fund }),
})
