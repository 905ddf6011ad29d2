import { bankAccounts } from '../../projections/profile.ts'
import { accountBooks } from './account-books.ts'
import { LEDGER_COLUMNS, ledgerPaper } from './ledger-rows.ts'
import type { BookReport } from './report.ts'

/** 现金日记账: the cash box day by day, with 本日合计 (会计基础工作规范 art. 60). */
export const cashJournal: BookReport = {
  name: 'cash-journal',
  title: '现金日记账',
  columns: LEDGER_COLUMNS,
  narrowedBy: ['fund'],
  build: query => accountBooks({ ...query, account: undefined }, { under: '101', daily: true }),
  paper: ({ rows }) => ledgerPaper(rows),
}

/** 银行存款日记账: a book for each bank account, day by day, with 本日合计. */
export const bankJournal: BookReport = {
  name: 'bank-journal',
  title: '银行存款日记账',
  columns: LEDGER_COLUMNS,
  narrowedBy: ['account', 'fund'],
  build: query => accountBooks(query, { under: '102', daily: true }),
  paper({ rows }, { sql, coop }) {
    const banks = bankAccounts(sql, coop).map(({ account, bank, lastFour }): [string, string] => [
      account,
      `（${bank}，尾号 ${lastFour}）`,
    ])
    return ledgerPaper(rows, new Map(banks))
  },
}
