import { chineseDay, lastDay, monthOf, yearOf } from '../domain/calendar.ts'
import { CHART, codeOf, STANDARD_SUB_ACCOUNTS, subOf } from '../domain/chart.ts'
import type { CoopState } from '../domain/state.ts'
import type { Problem } from './import-csv.ts'
import type { FileVoucher } from './import-vouchers-file.ts'

const STANDARD = new Set(STANDARD_SUB_ACCOUNTS)

/** Sub-accounts that are not everybody's from the start, in the order they are met; the same whatever is open already. */
export function ownSubAccounts(vouchers: readonly FileVoucher[]): string[] {
  const met = new Set(vouchers.flatMap(({ lines }) => lines.map(({ account }) => account)))
  return [...met].filter(account => subOf(account) !== undefined && !STANDARD.has(account))
}

/** What the co-op's books say against each voucher of a file: dates, accounts and funds, line by line. */
export function bookFaults(
  vouchers: readonly FileVoucher[],
  state: CoopState,
  { today, source, openAccounts }: { today: string; source: string; openAccounts: boolean },
): Problem[] {
  const { books, governance, funds } = state
  const firstDay = governance.profile?.firstDay
  const reachesBack = [...books.sources].every(each => each === source)
  const dateFault = (date: string): string | undefined => {
    if (date > lastDay(monthOf(today))) return `${chineseDay(date)}在本月之后，凭证日期不能晚于当月月末。`
    if (firstDay !== undefined && date < firstDay && !reachesBack)
      return `${chineseDay(date)}早于建账日${chineseDay(firstDay)}；更早的凭证只能在还没有凭证时整批导入。`
    if (books.closedYears.has(yearOf(date))) return `${yearOf(date)}年度已经结账。`
    return books.closedMonths.has(monthOf(date)) ? `${monthOf(date)} 已经结账。` : undefined
  }
  const accountFault = (account: string): string | undefined => {
    if (!CHART.has(codeOf(account))) return `没有 ${codeOf(account)} 这个一级科目（财会〔2023〕14号）。`
    if (subOf(account) === undefined || openAccounts || books.subAccounts.has(account)) return undefined
    return `科目 ${account} 还没有开设；加 --open-accounts 可随导入开设。`
  }
  return vouchers.flatMap(voucher => {
    const faults: Problem[] = []
    const wrong = dateFault(voucher.date)
    if (wrong) faults.push({ line: voucher.line, reason: wrong })
    for (const { line, account, fund } of voucher.lines) {
      const unknown = accountFault(account)
      if (unknown) faults.push({ line, reason: unknown })
      if (fund && !funds.funds.has(fund)) faults.push({ line, reason: `没有“${fund}”这个资金，请先设立（OpenFund）。` })
    }
    return faults
  })
}
