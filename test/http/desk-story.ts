import type { TestOffice } from '../support/office.ts'
import { COOP } from './people.ts'

const BANK = '102-基本户'
type Step = readonly [day: string, name: string, body: unknown]

/** Adds to 阳光社区's first quarter what an accountant has open in April: a template, statements, things not yet passed. */
export async function atTheDesk(test: TestOffice): Promise<TestOffice> {
  await test.run(COOP, ...PREPARED, ...STATEMENTS)
  return test
}

const PREPARED: readonly Step[] = [
  ['2025-04-01', 'OpenSubAccount', { account: '513-差旅', on: '2025-04-01' }],
  [
    '2025-04-01',
    'SaveTemplate',
    {
      id: 'power',
      title: '付办公楼电费',
      summary: '支付办公楼电费',
      lines: [
        { account: '513-运转', side: 'debit' },
        { account: BANK, side: 'credit', counterparty: '国网供电公司' },
      ],
    },
  ],
]

const STATEMENTS: readonly Step[] = [
  [
    '2025-04-02',
    'ImportBankStatement',
    {
      statement: '2025Q1',
      account: BANK,
      from: '2025-01-01',
      to: '2025-03-31',
      opening: '995000',
      closing: '1053725.30',
      lines: [
        { date: '2025-02-03', amount: '10000', reference: '20250203001' },
        { date: '2025-02-11', amount: '50000', reference: '20250211007' },
        { date: '2025-03-06', amount: '-1280.50', reference: '20250306002' },
        { date: '2025-03-21', amount: '5.80', reference: '20250321099' },
      ],
    },
  ],
  [
    '2025-04-02',
    'PostVoucher',
    {
      date: '2025-04-02',
      summary: '提取备用金',
      lines: [
        { account: '101', debit: '2000' },
        { account: BANK, credit: '2000' },
      ],
    },
  ],
]

/** A payment as the accountant enters it, which waits for a second person. */
export const PAYMENT = {
  date: '2025-04-03',
  summary: '支付办公楼电费',
  attachments: '2',
  account1: '513-运转',
  debit1: '860.00',
  account2: BANK,
  credit2: '860.00',
  counterparty2: '国网供电公司',
}
