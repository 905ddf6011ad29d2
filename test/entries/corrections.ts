import type { Step, Story } from '../support/coop.ts'
import { type Fact, fact } from './fact.ts'

const paid: Step = [
  'PostVoucher',
  {
    date: '2025-03-10',
    summary: '付办公费',
    lines: [
      { account: '513-办公', debit: '86.40' },
      { account: '102-基本户', credit: '86.40' },
    ],
  },
]
const amounts = (amount: string) => [
  { line: 1, amount },
  { line: 2, amount },
]
const wrong = { number: '2025-03-记-1', date: '2025-04-02', reason: '看错一位' }
const closed: Story = [
  opened('2024-06-10'),
  { type: 'YearClosed', data: { year: 2024, surplus: '0.00', distributable: '0.00', voucher: closing() } },
]

/** What went wrong and how it is made good (会计基础工作规范 art. 51(5)). */
export const CORRECTIONS: readonly Fact[] = [
  fact(
    '少记了金额：补记差额',
    [paid],
    ['CorrectAmounts', { ...wrong, amounts: amounts('100') }],
    `借 513-办公 13.60
     贷 102-基本户 13.60`,
  ),
  fact(
    '多记了金额：红字冲差额',
    [paid],
    ['CorrectAmounts', { ...wrong, amounts: amounts('68.40') }],
    `借 513-办公 -18.00
     贷 102-基本户 -18.00`,
  ),
  fact(
    '以前年度少记一张票：本年蓝字更正',
    closed,
    [
      'CorrectPriorYear',
      {
        ...{ number: '2024-06-记-1', date: '2025-02-10', reason: '少记一张票' },
        lines: [
          { account: '513-办公', debit: '20' },
          { account: '102-基本户', credit: '20' },
        ],
      },
    ],
    `借 513-办公 20.00
     贷 102-基本户 20.00`,
  ),
]

// A voucher of the year before, as an import brings it.
function opened(date: string) {
  const lines = [
    { account: '513-办公', debit: '5.00' },
    { account: '102-基本户', credit: '5.00' },
  ]
  return {
    type: 'VoucherPosted' as const,
    data: { source: '旧账', voucher: { ...head(date), summary: '付办公费', lines } },
  }
}

function closing() {
  const lines = [
    { account: '321', debit: '5.00' },
    { account: '513-办公', credit: '5.00' },
    { account: '322-未分配收益', debit: '5.00' },
    { account: '321', credit: '5.00' },
  ]
  return { ...head('2024-12-31'), summary: '年终结转', lines }
}

function head(date: string) {
  const review = { rule: 'AUTO-1', authorisedBy: 'M00001 via cli' }
  return { number: `${date.slice(0, 7)}-记-1`, date, attachments: 1, review }
}
