import { lease } from '../support/stories.ts'
import { type Fact, fact } from './fact.ts'

const receive = (amount: string, date = '2025-01-05'): Fact['command'] => [
  'ReceiveRent',
  { date, into: '102-基本户', receipts: [{ lease: '租1', amount }] },
]
const accrue = (month = '2025-01'): Fact['command'] => ['AccrueRent', { month, date: `${month}-28` }]
const member = { tenant: { person: 'M00003' } }
const taxFree = { vatRate: '0' }

/** Rents: ¥10,500 a month of which ¥500 is VAT at 5 %; unearned until its month, members through 113. */
export const RENT: readonly Fact[] = [
  fact(
    '预收十二个月租金：全部先记负债',
    lease(),
    receive('126000'),
    `借 102-基本户 126000.00
     贷 211-预收租金 126000.00`,
  ),
  fact(
    '预收十八个月租金：超过一年的部分记长期',
    lease(),
    receive('189000'),
    `借 102-基本户 189000.00
     贷 211-预收租金 126000.00
     贷 221-预收租金 63000.00`,
  ),
  fact(
    '成员承租，预收租金走内部往来',
    lease(member),
    receive('126000'),
    `借 102-基本户 126000.00
     贷 113-预收租金 126000.00`,
  ),
  fact(
    '当月租金已预收：确认收入，价税分开',
    [lease(), receive('126000')],
    accrue(),
    `借 211-预收租金 10500.00
     贷 501-物业租赁 10000.00
     贷 214-增值税 500.00`,
  ),
  fact(
    '当月租金未收：记应收款',
    lease(),
    accrue(),
    `借 112-租金 10500.00
     贷 501-物业租赁 10000.00
     贷 214-增值税 500.00`,
  ),
  fact(
    '成员欠当月租金：记内部往来',
    lease(member),
    accrue(),
    `借 113-租金 10500.00
     贷 501-物业租赁 10000.00
     贷 214-增值税 500.00`,
  ),
  fact(
    '预收只够一部分：先用预收，余下记应收',
    [lease(), receive('4000')],
    accrue(),
    `借 211-预收租金 4000.00
     借 112-租金 6500.00
     贷 501-物业租赁 10000.00
     贷 214-增值税 500.00`,
  ),
  fact(
    '免税的摊位租金没有税额一行',
    lease({ ...taxFree, income: '501-摊位' }),
    accrue(),
    `借 112-租金 10500.00
     贷 501-摊位 10500.00`,
  ),
  fact(
    '一月中旬起租：当月按天数计租',
    lease({ ...taxFree, from: '2025-01-16', monthlyRent: '3100' }),
    accrue(),
    `借 112-租金 1600.00
     贷 501-物业租赁 1600.00`,
  ),
  fact(
    '收回欠租',
    [lease(), accrue()],
    receive('10500', '2025-02-05'),
    `借 102-基本户 10500.00
     贷 112-租金 10500.00`,
  ),
  fact(
    '一笔款先还欠租，余下作预收',
    [lease(), accrue()],
    receive('21000', '2025-02-05'),
    `借 102-基本户 21000.00
     贷 112-租金 10500.00
     贷 211-预收租金 10500.00`,
  ),
  fact(
    '收押金：不是收入',
    lease(),
    ['ReceiveDeposit', { lease: '租1', amount: '20000', date: '2025-01-05', into: '102-基本户' }],
    `借 102-基本户 20000.00
     贷 211-押金 20000.00`,
  ),
  fact(
    '退押金',
    [lease(), ['ReceiveDeposit', { lease: '租1', amount: '20000', date: '2025-01-05', into: '102-基本户' }]],
    ['ReturnDeposit', { lease: '租1', amount: '20000', date: '2025-12-31', from: '102-基本户' }],
    `借 211-押金 20000.00
     贷 102-基本户 20000.00`,
  ),
  fact(
    '计提房产税和附加',
    [],
    [
      'AccrueTax',
      {
        month: '2025-03',
        date: '2025-03-31',
        taxes: [
          { tax: '房产税', amount: '1200', basis: '租金的12%' },
          { tax: '城建税及附加', amount: '60' },
        ],
      },
    ],
    `借 512 1260.00
     贷 214-房产税 1200.00
     贷 214-城建税及附加 60.00`,
  ),
  fact(
    '计提折旧：出租的、自用的、公益的各记各的',
    [],
    [
      'ChargeDepreciation',
      {
        month: '2025-03',
        date: '2025-03-31',
        charges: [
          { use: 'let', amount: '800' },
          { use: 'own', amount: '150' },
          { use: 'welfare', amount: '50' },
        ],
      },
    ],
    `借 511-折旧 800.00
     借 513-折旧 150.00
     借 514-公益设施折旧维护 50.00
     贷 152 1000.00`,
  ),
]
