import type { Step, Story } from '../support/coop.ts'
import { adopted, fund, gift } from '../support/stories.ts'
import { type Fact, fact } from './fact.ts'

const TWO = ['M00008', 'M00009']
const count = (pieces: number, difference: string): Step => [
  'CountCash',
  { on: '2025-03-31', pieces: [{ value: '100', pieces }], counters: TWO, difference },
]
const board = adopted({ matter: 'other', body: 'representatives', budget: '1000' })
const settle = (more: object = {}): Step => [
  'SettleCashDifference',
  { count: 'PD1', date: '2025-04-05', resolution: '2025-1', ...more },
]
const advance: Step = [
  'AdvancePettyCash',
  { person: 'M00009', amount: '800', from: '101', date: '2025-03-03', purpose: '零星采购' },
]
const account = (more: object): Step => ['AccountForPettyCash', { person: 'M00009', date: '2025-03-20', ...more }]
const step = ([name, body]: Step) => [name, body] as const
const limited: Story = [['SetCashLimit', { limit: '5000', from: '2025-01-01', reason: '按三天零星开支核定' }]]

/** The cash box, and the petty cash in people's hands. */
export const CASH: readonly Fact[] = [
  fact(
    '盘点短款：先记待处理',
    [],
    step(count(49, '-100')),
    `借 181 100.00
     贷 101 100.00`,
  ),
  fact(
    '盘点长款：先记待处理',
    [],
    step(count(51, '100')),
    `借 101 100.00
     贷 181 100.00`,
  ),
  fact(
    '短款由责任人赔',
    [board, count(49, '-100')],
    step(settle({ person: 'M00009' })),
    `借 113-现金短款 100.00
     贷 181 100.00`,
  ),
  fact(
    '短款查不出原因，作其他支出',
    [board, count(49, '-100')],
    step(settle()),
    `借 515 100.00
     贷 181 100.00`,
  ),
  fact(
    '长款查不出原因，作其他收入',
    [board, count(51, '100')],
    step(settle()),
    `借 181 100.00
     贷 504 100.00`,
  ),
  fact(
    '成员支备用金',
    [],
    step(advance),
    `借 113-备用金 800.00
     贷 101 800.00`,
  ),
  fact(
    '理事在限额内支备用金',
    limited,
    ['AdvancePettyCash', { ...(advance[1] as object), person: 'M00005' }],
    `借 113-备用金 800.00
     贷 101 800.00`,
  ),
  fact(
    '外部人员支备用金',
    [],
    ['AdvancePettyCash', { ...(advance[1] as object), person: 'M00012' }],
    `借 112-备用金 800.00
     贷 101 800.00`,
  ),
  fact(
    '备用金报销，余款交回',
    [advance],
    step(
      account({
        items: [
          { account: '513-办公', amount: '560.5', item: '文具' },
          { account: '513-运转', amount: '200', item: '桶装水' },
        ],
        returned: { amount: '39.5', into: '101' },
      }),
    ),
    `借 513-办公 560.50
     借 513-运转 200.00
     借 101 39.50
     贷 113-备用金 800.00`,
  ),
  fact(
    '备用金报销一部分',
    [fund('助学金', 'restricted', ['scholarship']), gift('助学金', '20000'), advance],
    step(account({ items: [{ account: '513-办公', amount: '300', item: '文具' }] })),
    `借 513-办公 300.00
     贷 113-备用金 300.00`,
  ),
]
