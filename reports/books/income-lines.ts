import type { Fen } from '../../src/domain/money.ts'

/** What moved the accounts of result in a span, and 未分配收益 before it; fen, debit positive in `moved`. */
export type Result = { readonly moved: ReadonlyMap<string, Fen>; readonly before: Fen }

/** One line of the 收益及收益分配表; `amount` may read the lines above it by their codes. */
export type IncomeLine = {
  readonly code: string
  readonly name: string
  readonly total?: boolean
  amount(result: Result, above: (code: string) => Fen): Fen
}

const RESERVE = '322-各项分配-提取公积公益金'
const MEMBERS = '322-各项分配-成员分配'
const INVESTORS = '322-各项分配-投资者分配'

/** Fen moved on an account with its sub-accounts, debit positive. */
function movedOn({ moved }: Result, account: string): Fen {
  let sum = 0
  for (const [name, fen] of moved) if (name === account || name.startsWith(`${account}-`)) sum += fen
  return sum
}

const gained = (code: string, name: string, ...accounts: string[]): IncomeLine => ({
  code,
  name,
  amount: result => -accounts.reduce((sum, account) => sum + movedOn(result, account), 0),
})
const spent = (code: string, name: string, ...accounts: string[]): IncomeLine => ({
  code,
  name,
  amount: result => accounts.reduce((sum, account) => sum + movedOn(result, account), 0),
})
const total = (code: string, name: string, plus: readonly string[], minus: readonly string[] = []): IncomeLine => ({
  code,
  name,
  total: true,
  amount: (_, above) =>
    plus.reduce((sum, each) => sum + above(each), 0) - minus.reduce((sum, each) => sum + above(each), 0),
})

/** The statement's lines from 经营收入 to 年末未分配收益 (财会〔2023〕14号). */
export const INCOME_LINES: readonly IncomeLine[] = [
  gained('operating-income', '一、经营收入', '501'),
  gained('investment-income', '加：投资收益', '502'),
  spent('operating-expenses', '减：经营支出', '511'),
  spent('taxes-and-surcharges', '税金及附加', '512'),
  spent('administrative-expenses', '管理费用', '513'),
  total(
    'operating-surplus',
    '二、经营收益',
    ['operating-income', 'investment-income'],
    ['operating-expenses', 'taxes-and-surcharges', 'administrative-expenses'],
  ),
  gained('subsidy-income', '加：补助收入', '503'),
  gained('other-income', '其他收入', '504'),
  spent('public-welfare-expenses', '减：公益支出', '514'),
  spent('other-expenses', '其他支出', '515'),
  total(
    'total-surplus',
    '三、收益总额',
    ['operating-surplus', 'subsidy-income', 'other-income'],
    ['public-welfare-expenses', 'other-expenses'],
  ),
  spent('income-tax', '减：所得税费用', '521'),
  total('net-surplus', '四、净收益', ['total-surplus'], ['income-tax']),
  { code: 'opening-undistributed', name: '加：年初未分配收益', amount: ({ before }) => before },
  {
    code: 'other-transfers-in',
    name: '其他转入',
    amount: result => -(movedOn(result, '321') + movedOn(result, '322') - movedOn(result, '322-各项分配')),
  },
  total('distributable', '五、可分配收益', ['net-surplus', 'opening-undistributed', 'other-transfers-in']),
  spent('reserve-set-aside', '减：提取公积公益金', RESERVE),
  spent('distributed-to-members', '向成员分配', MEMBERS),
  spent('distributed-to-investors', '向投资者分配', INVESTORS),
  {
    code: 'other-distributions',
    name: '其他分配（含福利）',
    amount: result =>
      [RESERVE, MEMBERS, INVESTORS].reduce(
        (sum, account) => sum - movedOn(result, account),
        movedOn(result, '322-各项分配'),
      ),
  },
  total(
    'closing-undistributed',
    '六、年末未分配收益',
    ['distributable'],
    ['reserve-set-aside', 'distributed-to-members', 'distributed-to-investors', 'other-distributions'],
  ),
]
