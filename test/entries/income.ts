import { fund } from '../support/stories.ts'
import { type Fact, fact } from './fact.ts'

const invest = (stage: string, id = '投1', into?: string): Fact['command'] => [
  'RecordInvestmentIncome',
  { id, date: '2025-06-20', company: '晋江农商银行', stage, amount: '150000', ...(into ? { into } : {}) },
]
const expense = (account: string, amount = '800', more = {}): Fact['command'] => [
  'PayExpense',
  {
    id: '支1',
    date: '2025-03-10',
    item: '支出',
    account,
    payee: { organisation: '某某公司' },
    amount,
    from: '102-基本户',
    ...more,
  },
]
const subsidy = (name?: string): Fact['command'] => [
  'ReceiveSubsidy',
  {
    id: '补1',
    date: '2025-02-10',
    from: '青阳街道办事处',
    project: '运转',
    amount: '50000',
    into: '102-基本户',
    ...(name ? { fund: name } : {}),
  },
]
const lamps = fund('路灯', 'grant', ['project', 'return'])
const pay: Fact['command'] = [
  'AccruePay',
  {
    month: '2025-03',
    date: '2025-03-31',
    groups: [
      { title: '干部', heads: 3, amount: '9000', account: '513-干部报酬', officers: true },
      { title: '网格员', heads: 5, amount: '20000', account: '513-人员工资', officers: false },
    ],
  },
]

/** Investments, subsidies, other income, pay and plain expenses. */
export const INCOME: readonly Fact[] = [
  fact(
    '被投资企业宣告分红',
    [],
    invest('declared'),
    `借 112-投资收益 150000.00
     贷 502 150000.00`,
  ),
  fact(
    '收到已宣告的分红：不再是收入',
    [invest('declared')],
    invest('received-declared', '投2', '102-基本户'),
    `借 102-基本户 150000.00
     贷 112-投资收益 150000.00`,
  ),
  fact(
    '收到未曾宣告的分红',
    [],
    invest('received', '投1', '102-基本户'),
    `借 102-基本户 150000.00
     贷 502 150000.00`,
  ),
  fact(
    '收到一般运转补助',
    [],
    subsidy(),
    `借 102-基本户 50000.00
     贷 503 50000.00`,
  ),
  fact(
    '收到专项补助：不是收入',
    [lamps],
    subsidy('路灯'),
    `借 102-基本户 50000.00 〔路灯〕
     贷 241-路灯 50000.00 〔路灯〕`,
  ),
  fact(
    '用专项补助付不形成资产的工程款',
    [lamps, subsidy('路灯')],
    expense('513-办公', '48000', { fund: '路灯', purpose: 'project' }),
    `借 241-路灯 48000.00 〔路灯〕
     贷 102-基本户 48000.00 〔路灯〕`,
  ),
  fact(
    '退回没有用完的专项补助',
    [lamps, subsidy('路灯')],
    expense('241', '2000', { fund: '路灯', purpose: 'return' }),
    `借 241-路灯 2000.00 〔路灯〕
     贷 102-基本户 2000.00 〔路灯〕`,
  ),
  fact(
    '收到停车费',
    [],
    [
      'ReceiveIncome',
      {
        id: '收1',
        date: '2025-03-05',
        item: '停车费',
        account: '501-停车',
        from: { organisation: '停车场' },
        amount: '3200.5',
        into: '101',
      },
    ],
    `借 101 3200.50
     贷 501-停车 3200.50`,
  ),
  fact(
    '计提工资：干部报酬单列',
    [],
    pay,
    `借 513-干部报酬 9000.00
     借 513-人员工资 20000.00
     贷 212 29000.00`,
  ),
  fact(
    '发放工资',
    [pay],
    expense('212', '29000'),
    `借 212 29000.00
     贷 102-基本户 29000.00`,
  ),
  fact(
    '缴纳税款',
    [],
    expense('214-增值税', '500'),
    `借 214-增值税 500.00
     贷 102-基本户 500.00`,
  ),
  fact(
    '现金购买办公用品',
    [],
    expense('513-办公', '86.4', { from: '101' }),
    `借 513-办公 86.40
     贷 101 86.40`,
  ),
  fact(
    '购买养老服务：公益支出',
    [],
    expense('514-养老服务', '30000'),
    `借 514-养老服务 30000.00
     贷 102-基本户 30000.00`,
  ),
  fact(
    '入股：长期投资',
    [],
    expense('141', '100000'),
    `借 141 100000.00
     贷 102-基本户 100000.00`,
  ),
  fact(
    '提取备用金：直接录凭证',
    [],
    [
      'PostVoucher',
      {
        date: '2025-03-01',
        summary: '提备用金',
        lines: [
          { account: '101', debit: '2000' },
          { account: '102-基本户', credit: '2000' },
        ],
      },
    ],
    `借 101 2000.00
     贷 102-基本户 2000.00`,
  ),
]
