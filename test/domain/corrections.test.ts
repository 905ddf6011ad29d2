import { describe, expect, test } from 'vitest'
import { entryText, given, type Step, type Story } from '../support/coop.ts'
import { fund, gift, ready } from '../support/stories.ts'

const paid: Step = [
  'PostVoucher',
  {
    date: '2025-03-10',
    summary: '付办公费',
    lines: [
      { account: '513-办公', debit: '86.4', project: '亮化' },
      { account: '102-基本户', credit: '86.4' },
    ],
  },
]
const NUMBER = '2025-03-记-1'
const amounts = (first: string, second = first) => [
  { line: 1, amount: first },
  { line: 2, amount: second },
]
const correct = (first: string, second?: string, more: object = {}): Step => [
  'CorrectAmounts',
  { number: NUMBER, date: '2025-04-02', reason: '漏看一张票', amounts: amounts(first, second), ...more },
]
const refused = (step: Step, code: string, ...before: Story) =>
  given(ready, ...before)
    .when(step[0], step[1])
    .refused(code)

describe('an amount that was wrong in a year still open', () => {
  test('is made good by its difference, which names the original and keeps its dimensions', () => {
    const { voucher } = given(ready, paid).when(correct('100')[0], correct('100')[1])
    expect(voucher).toMatchObject({
      number: '2025-04-记-1',
      corrects: NUMBER,
      summary: '更正2025年3月10日 2025年3月 记-1号金额：漏看一张票',
    })
    expect(entryText(voucher)).toBe('借 513-办公 13.60\n贷 102-基本户 13.60')
    expect(voucher.lines[0]).toMatchObject({ project: '亮化' })
  })

  test('is in red when too much had been booked', () => {
    const { voucher } = given(ready, paid).when(correct('80')[0], correct('80')[1])
    expect(entryText(voucher)).toBe('借 513-办公 -6.40\n贷 102-基本户 -6.40')
  })

  test('is corrected again against what the first correction made of it', () => {
    const again = correct('90')
    const { voucher } = given(ready, paid, correct('100')).when(again[0], again[1])
    expect(entryText(voucher)).toBe('借 513-办公 -10.00\n贷 102-基本户 -10.00')
    given(ready, paid, correct('100'))
      .when(again[0], again[1])
      .books({ '513-办公': '90.00', '102-基本户': '994910.00' })
  })

  test('is refused when it changes nothing, does not balance, or goes up here and down there', () => {
    refused(correct('86.4'), 'NothingToCorrect', paid)
    refused(correct('90', '100'), 'VoucherUnbalanced', paid)
    refused(correct('80', '100'), 'AmountNotPositive', paid)
    refused(
      ['CorrectAmounts', { ...(correct('1')[1] as object), amounts: amounts('1').map(each => ({ ...each, line: 9 })) }],
      'LineUnknown',
      paid,
    )
  })

  test('is refused for what has commands of its own, what is reversed, and dates before the original', () => {
    refused(correct('100'), 'VoucherUnknown')
    refused(correct('100', '100', { date: '2025-03-09' }), 'DateBeforeOriginal', paid)
    refused(correct('100'), 'AlreadyReversed', paid, [
      'ReverseVoucher',
      { number: NUMBER, date: '2025-03-31', reason: '重复' },
    ])
    refused(correct('30000'), 'NotCorrectable', fund('助学金', 'restricted', ['scholarship']), gift('助学金', '20000'))
  })

  test('leaves an original that can no longer be taken back as a whole', () => {
    refused(
      ['ReverseVoucher', { number: NUMBER, date: '2025-04-30', reason: '重复' }],
      'AlreadyCorrected',
      paid,
      correct('100'),
    )
    const second: Step = ['ReverseVoucher', { number: '2025-04-记-1', date: '2025-04-30', reason: '重复' }]
    refused(second, 'ReversalOfReversal', paid, correct('100'))
  })
})

describe('an error of a closed year', () => {
  const closed: Story = [
    paid,
    ...Array.from({ length: 11 }, (_, index): Step => {
      const month = `2025-${String(index + 1).padStart(2, '0')}`
      return ['ClosePeriod', { month, unreconciled: '未到', uncounted: '未盘点' }, '2026-01-31']
    }),
    ['CloseYear', { year: 2025 }, '2026-01-31'],
  ]
  const blue = {
    ...{ number: NUMBER, date: '2026-01-15', reason: '少记一张票', attachments: 1 },
    lines: [
      { account: '513-办公', debit: '13.6' },
      { account: '102-基本户', credit: '13.6' },
    ],
  }
  const inJanuary = { today: '2026-01-31' }

  test('is corrected in blue in the year that is open', () => {
    const { voucher } = given(ready, closed).when('CorrectPriorYear', blue, inJanuary)
    expect(voucher).toMatchObject({
      number: '2026-01-记-1',
      corrects: NUMBER,
      summary: '订正2025年3月10日 2025年3月 记-1号凭证：少记一张票',
    })
  })

  test('is not corrected by a difference, nor an error of an open year in blue', () => {
    const [name, body] = correct('100', '100', { date: '2026-01-15' })
    given(ready, closed).when(name, body, inJanuary).refused('YearClosed', 'art. 51(5)')
    given(ready, paid).when('CorrectPriorYear', blue, inJanuary).refused('YearOpen', 'art. 51(5)')
  })
})

describe('electronic originals', () => {
  const hash = 'a'.repeat(64)
  const attach = (voucher: string, more: object = {}): Step => [
    'AttachDocuments',
    { voucher, documents: [{ hash, kind: 'pdf', size: 2048, ...more }] },
  ]
  const two: Story = [paid, paid]

  test('are attached by their content', () => {
    given(ready, paid)
      .when(attach(NUMBER)[0], attach(NUMBER)[1])
      .yields({
        type: 'DocumentsAttached',
        data: { attachedTo: NUMBER, documents: [{ hash, kind: 'pdf', size: 2048 }] },
      })
  })

  test('used before are recognised, and need 附件见×号凭证 to be used again (art. 51(4))', () => {
    const { message, article } = refused(attach('2025-03-记-2'), 'DocumentUsed', two, attach(NUMBER))
    expect(message).toContain('2025年3月 记-1号')
    expect(article).toContain('51(4)')
    const [name, body] = attach('2025-03-记-2', { seeVoucher: NUMBER })
    given(ready, two, attach(NUMBER)).when(name, body).makes('DocumentsAttached')
    refused([name, body], 'DocumentNotThere', two)
    refused(attach(NUMBER), 'DocumentAttached', two, attach(NUMBER))
    refused(attach('2025-03-记-7'), 'VoucherUnknown', two)
  })
})

describe('a template', () => {
  const template = {
    ...{ id: '水电', title: '每月水电费', summary: '付水电费' },
    lines: [
      { account: '513', side: 'debit' },
      { account: '102-基本户', side: 'credit', amount: '100' },
    ],
  }
  test('is kept by name, replaced by saving it again, and removed', () => {
    given(ready).when('SaveTemplate', template).makes('VoucherTemplateSaved')
    given(ready, ['SaveTemplate', template]).when('RemoveTemplate', { id: '水电' }).makes('VoucherTemplateRemoved')
    refused(['RemoveTemplate', { id: '水电' }], 'TemplateUnknown')
    const unopened = [{ account: '513-没开', side: 'debit' }, template.lines[1]]
    refused(['SaveTemplate', { ...template, lines: unopened }], 'AccountUnknown')
  })
})

test('a line may name a lease the co-op has, and no other', () => {
  const [name, body] = paid as [Step[0], { lines: object[] }]
  const lines = body.lines.map(line => ({ ...line, lease: '租9' }))
  given(ready)
    .when(name, { ...body, lines })
    .refused('LeaseUnknown')
})
