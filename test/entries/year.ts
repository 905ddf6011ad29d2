import type { Step, Story } from '../support/coop.ts'
import { adopted, declared, dividend, fund, gift, paid, reserve } from '../support/stories.ts'
import { type Fact, fact } from './fact.ts'

const payment = paid('分红2024', '2025-02-01', { batch: '批1', count: 5, total: '400000' })
const income: Step = [
  'ReceiveIncome',
  {
    id: '收1',
    date: '2025-05-05',
    item: '场地费',
    account: '501-场地',
    from: { organisation: '某公司' },
    amount: '90000',
    into: '102-基本户',
  },
]
const cost: Step = [
  'PayExpense',
  {
    id: '支1',
    date: '2025-05-06',
    item: '维修',
    account: '511-维修',
    payee: { organisation: '某公司' },
    amount: '30000',
    from: '102-基本户',
  },
]
const strict: Story = [
  fund('助困', 'restricted', ['relief'], { through514: true }),
  gift('助困', '20000'),
  [
    'PayExpense',
    {
      id: '支2',
      date: '2025-05-07',
      item: '救助',
      payee: { person: 'M00012' },
      amount: '1500',
      from: '102-基本户',
      fund: '助困',
      purpose: 'relief',
    },
  ],
]
const monthsClosed: Story = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11'].map(
  (month): Step => ['ClosePeriod', { month: `2025-${month}`, unreconciled: '对账单未到', uncounted: '未盘点' }],
)
const close: Fact['command'] = ['CloseYear', { year: 2025 }]
const withheld = { rate: '0.2', basis: '个人所得税法 art. 3', decidedBy: '理事会' }

/** Reserve, dividend, its payment and return, and the year-end close. */
export const YEAR: readonly Fact[] = [
  fact(
    '提取公积公益金：可分配收益的三成',
    [],
    reserve as Fact['command'],
    `借 322-各项分配-提取公积公益金 180000.00
     贷 311-提取 180000.00`,
  ),
  fact(
    '宣告分红：成员走 113，其他持份人走 211',
    [adopted(), reserve],
    ['DeclareDividend', dividend],
    `借 322-各项分配-成员分配 350000.00
     贷 113-分红 350000.00
     借 322-各项分配-投资者分配 50000.00
     贷 211-分红 50000.00`,
  ),
  fact(
    '宣告分红并代扣个人所得税',
    [adopted(), reserve],
    ['DeclareDividend', { ...dividend, withholding: withheld }],
    `借 322-各项分配-成员分配 350000.00
     贷 113-分红 350000.00
     借 113-分红 70000.00
     贷 214-代扣个人所得税 70000.00
     借 322-各项分配-投资者分配 50000.00
     贷 211-分红 50000.00
     借 211-分红 10000.00
     贷 214-代扣个人所得税 10000.00`,
  ),
  fact(
    '代发分红',
    [declared, payment.slice(0, 2)],
    ['SettlePayments', { batch: '批1', date: '2025-02-01' }],
    `借 113-分红 350000.00
     借 211-分红 50000.00
     贷 102-基本户 400000.00`,
  ),
  fact(
    '代发分红，银行退回一笔：只记付出去的',
    [declared, payment.slice(0, 2)],
    ['SettlePayments', { batch: '批1', date: '2025-02-01', failed: [{ person: 'M00011', origin: '分红2024' }] }],
    `借 113-分红 350000.00
     贷 102-基本户 350000.00`,
  ),
  fact(
    '付款后退票：重新挂账',
    [declared, payment],
    [
      'ReturnPayments',
      { batch: '批1', date: '2025-02-03', items: [{ person: 'M00001', origin: '分红2024' }], reason: '账号有误' },
    ],
    `借 102-基本户 100000.00
     贷 113-分红 100000.00`,
  ),
  fact(
    '误付给非成员：向他收回，应得的人重新挂账',
    [declared, payment],
    [
      'RecordMisdirected',
      {
        batch: '批1',
        date: '2025-02-03',
        person: 'M00001',
        origin: '分红2024',
        paidTo: { person: 'M00012' },
        reason: '同名',
      },
    ],
    `借 112-误付待收回 100000.00
     贷 113-分红 100000.00`,
  ),
  fact(
    '误付给另一个成员：向他收回走内部往来',
    [declared, payment],
    [
      'RecordMisdirected',
      {
        batch: '批1',
        date: '2025-02-03',
        person: 'M00001',
        origin: '分红2024',
        paidTo: { person: 'M00002' },
        reason: '同名',
      },
    ],
    `借 113-误付待收回 100000.00
     贷 113-分红 100000.00`,
  ),
  fact(
    '撤回未付的分红',
    declared,
    ['WithdrawDividend', { run: '分红2024', resolution: '2025-1', reason: '登记册有误', date: '2025-01-25' }],
    `借 322-各项分配-成员分配 -350000.00
     贷 113-分红 -350000.00
     借 322-各项分配-投资者分配 -50000.00
     贷 211-分红 -50000.00`,
  ),
  fact(
    '年终结转收益',
    [income, cost, monthsClosed],
    close,
    `借 501-场地 90000.00
     贷 511-维修 30000.00
     贷 321 90000.00
     借 321 30000.00
     借 321 60000.00
     贷 322-未分配收益 60000.00`,
  ),
  fact(
    '年终结转：各项分配转入未分配收益',
    [declared, monthsClosed],
    close,
    `贷 322-各项分配-提取公积公益金 180000.00
     贷 322-各项分配-成员分配 350000.00
     贷 322-各项分配-投资者分配 50000.00
     借 322-未分配收益 580000.00`,
  ),
  fact(
    '年终结转：经 514 的捐款支出在本资金内轧平',
    [strict, monthsClosed],
    close,
    `贷 514-以捐赠款支出 1500.00 〔助困〕
     借 321 1500.00 〔助困〕
     贷 321 1500.00 〔助困〕
     借 322-未分配收益 1500.00 〔助困〕`,
  ),
]
