import { accountBooks } from './account-books.ts'
import { LEDGER_COLUMNS, ledgerPaper } from './ledger-rows.ts'
import type { BookReport } from './report.ts'

/** 明细账: the entries of each account with running balance, 本月合计 and 本年累计. */
export const accountLedger: BookReport = {
  name: 'account-ledger',
  title: '明细账',
  columns: LEDGER_COLUMNS,
  narrowedBy: ['account', 'fund'],
  build: query => accountBooks(query),
  paper: ({ rows }) => ledgerPaper(rows),
}
