import { BEGINNING } from '../simulation/beginning.ts'
import type { Story } from '../support/coop.ts'
import { adopted, bank, ESTABLISHED, fund, lease, officers, programme, shares } from '../support/stories.ts'

/** A co-op that starts on 1 July with the year's movements, named balances, a lease, unpaid allowances that it pays, and its numbers. */
export const MID_YEAR: Story = [
  ['EstablishCoop', { ...ESTABLISHED, firstDay: '2025-07-01' }],
  bank,
  ...BEGINNING.filter(([name]) => name === 'AdmitMembers' || name === 'RegisterPersons'),
  shares,
  officers,
  lease(),
  fund('助学金', 'restricted', ['scholarship', 'relief']),
  fund('近邻基金', 'held', ['relief', 'festival']),
  fund('路灯', 'grant', ['project']),
  fund('助困', 'restricted', ['relief'], { through514: true }),
  [
    'RecordOpeningBalances',
    {
      on: '2025-07-01',
      priorYearClosed: true,
      lines: [
        { account: '101', debit: '9000' },
        { account: '102-基本户', debit: '800000' },
        { account: '151', debit: '300000' },
        { account: '152', credit: '60000' },
        { account: '112', debit: '500' },
        { account: '113-津贴', credit: '100' },
        { account: '311-受赠(限定)-助学金', credit: '20000', fund: '助学金' },
        { account: '102-基本户', debit: '20000', fund: '助学金' },
        { account: '301', credit: '700000' },
        { account: '322-未分配收益', credit: '349400' },
      ],
      yearToDate: [
        { account: '102-基本户', debit: '12000', credit: '1620.50' },
        { account: '501-物业租赁', credit: '12000' },
        { account: '513-办公', debit: '1620.50' },
        { account: '113-津贴', debit: '100', credit: '1200' },
        { account: '514-老年人津贴', debit: '1200' },
        { account: '102-基本户', credit: '100' },
        { account: '112-租金', debit: '300' },
        { account: '501-物业租赁', credit: '300' },
      ],
      details: [{ account: '112', debit: '500', counterparty: '向阳百货有限公司', year: 2024 }],
      claims: [
        {
          ...{ origin: '上半年津贴', year: 2025, account: '113-津贴' },
          items: [
            ['M00001', '600'],
            ['M00002', '600'],
          ],
        },
      ],
      leases: [{ lease: '租1', arrears: '300' }],
      nextNumber: [{ month: '2025-07', number: 38 }],
    },
  ],
  programme('allowance', 'welfare'),
  programme('subsidy', 'distribution'),
  programme('scholarship', 'fund', { fund: '助学金' }),
  programme('relief', 'fund', { fund: '助困' }),
  adopted({ budget: '100000' }),
  ['PreparePayments', { batch: '上半年', from: '102-基本户', on: '2025-07-02', origins: ['上半年津贴'] }],
  ['ApprovePayments', { batch: '上半年', on: '2025-07-03', by: '理事长', count: 2, total: '1200' }],
  ['SettlePayments', { batch: '上半年', date: '2025-07-04' }],
]
