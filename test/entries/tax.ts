import type { Step, Story } from '../support/coop.ts'
import { type Fact, fact } from './fact.ts'

const rate = (tax: string, more: object): Step => [
  'SetTax',
  { tax, rate: '0.12', basis: '不含税租金', from: '2025-01-01', source: '房产税暂行条例 art. 4', ...more },
]
const accrue = (...taxes: object[]): Step => ['AccrueTax', { month: '2025-03', date: '2025-03-31', taxes }]
const step = ([name, body]: Step) => [name, body] as const
const pay: Step = [
  'AccruePay',
  {
    ...{ month: '2025-03', date: '2025-03-31' },
    groups: [
      { title: '干部', heads: 3, amount: '9000', account: '513-干部报酬', officers: true },
      { title: '网格员', heads: 5, amount: '20000', account: '513-人员工资', officers: false },
    ],
  },
]
const wages = (more: object = {}): Step => [
  'PayWages',
  { month: '2025-03', date: '2025-04-05', from: '102-基本户', heads: 8, ...more },
]
const rates: Story = [
  rate('房产税', {}),
  rate('城镇土地使用税', { rate: '4.5', basis: '每平方米年税额', source: '本市土地等级公告' }),
]

/** Taxes by the rates in force, and pay. */
export const TAX: readonly Fact[] = [
  fact(
    '按设定税率计提房产税，一次舍入到分',
    rates,
    step(accrue({ tax: '房产税', basisAmount: '10000.04' })),
    `借 512 1200.00
     贷 214-房产税 1200.00`,
  ),
  fact(
    '按面积和定额税率计提土地使用税',
    rates,
    step(accrue({ tax: '城镇土地使用税', basisAmount: '1500.5' })),
    `借 512 6752.25
     贷 214-城镇土地使用税 6752.25`,
  ),
  fact(
    '所得税不进税金及附加',
    [],
    step(accrue({ tax: '印花税', amount: '20' }, { tax: '企业所得税', amount: '500' })),
    `借 512 20.00
     借 521 500.00
     贷 214-印花税 20.00
     贷 214-企业所得税 500.00`,
  ),
  fact(
    '缴纳计提的税',
    [accrue({ tax: '房产税', amount: '1200' })],
    ['PayTax', { tax: '房产税', amount: '1200', date: '2025-04-10', from: '102-基本户' }],
    `借 214-房产税 1200.00
     贷 102-基本户 1200.00`,
  ),
  fact(
    '发工资报酬，代扣个人所得税',
    [pay],
    step(wages({ withheld: '90' })),
    `借 212 29000.00
     贷 214-代扣个人所得税 90.00
     贷 102-基本户 28910.00`,
  ),
  fact(
    '发工资报酬',
    [pay],
    step(wages()),
    `借 212 29000.00
     贷 102-基本户 29000.00`,
  ),
]
