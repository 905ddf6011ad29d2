import { accountLedger } from './account-ledger.ts'
import { ageing } from './ageing.ts'
import { assetReport } from './assets.ts'
import { balanceSheet } from './balance-sheet.ts'
import { bankReconciliation } from './bank-reconciliation.ts'
import { budgetExecution } from './budget.ts'
import { fundReport } from './funds.ts'
import { generalLedger } from './general-ledger.ts'
import { incomeDistribution } from './income-distribution.ts'
import { bankJournal, cashJournal } from './journals.ts'
import type { BookReport } from './report.ts'
import { trialBalance } from './trial-balance.ts'
import { voucherReport } from './vouchers.ts'

/** The books and statements by name: a report is a file of its own and a line here. */
export const REPORTS: readonly BookReport[] = [
  trialBalance,
  generalLedger,
  accountLedger,
  cashJournal,
  bankJournal,
  voucherReport,
  balanceSheet,
  incomeDistribution,
  fundReport,
  ageing,
  bankReconciliation,
  assetReport,
  budgetExecution,
]
