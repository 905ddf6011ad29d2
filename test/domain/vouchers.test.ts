import { describe, expect, test } from 'vitest'
import { Coop, given } from '../support/coop.ts'
import { bank, established, fund, gift, opening, ready } from '../support/stories.ts'

type Line = { account: string; debit?: string; credit?: string; fund?: string }
const entry = (lines: Line[], date = '2025-03-10') => ({ date, summary: '付办公费', lines })
const pair = (amount: string, date?: string) =>
  entry(
    [
      { account: '513-办公', debit: amount },
      { account: '102-基本户', credit: amount },
    ],
    date,
  )
const study = fund('助学金', 'restricted', ['scholarship'])

describe('a voucher is refused', () => {
  test('when debit and credit differ by one fen, with both totals', () => {
    const lines = [
      { account: '513-办公', debit: '100' },
      { account: '102-基本户', credit: '99.99' },
    ]
    const { message } = given(ready).when('PostVoucher', entry(lines)).refused('VoucherUnbalanced')
    expect(message).toContain('100.00')
    expect(message).toContain('99.99')
    expect(message).toContain('0.01')
  })

  test('when it balances in all but not fund by fund', () => {
    const lines = [
      { account: '102-基本户', debit: '100', fund: '助学金' },
      { account: '504', credit: '100' },
    ]
    given(ready, study).when('PostVoucher', entry(lines)).refused('VoucherUnbalanced')
  })

  test('when a line has both sides, or none', () => {
    const both = [
      { account: '513-办公', debit: '1', credit: '1' },
      { account: '102-基本户', credit: '1' },
    ]
    given(ready).when('PostVoucher', entry(both)).refused('OneSideALine')
    const none = [{ account: '513-办公' }, { account: '102-基本户', credit: '1' }]
    given(ready).when('PostVoucher', entry(none)).refused('OneSideALine')
  })

  test('when the account is none of the 42', () => {
    const lines = [
      { account: '999', debit: '1' },
      { account: '102-基本户', credit: '1' },
    ]
    given(ready).when('PostVoucher', entry(lines)).refused('AccountUnknown', '财会〔2023〕14号')
  })

  test('when the sub-account has not been opened, and accepted once it is', () => {
    const lines = [
      { account: '513-差旅费', debit: '1' },
      { account: '102-基本户', credit: '1' },
    ]
    given(ready).when('PostVoucher', entry(lines)).refused('AccountUnknown')
    given(ready, ['OpenSubAccount', { account: '513-差旅费', on: '2025-03-01' }])
      .when('PostVoucher', entry(lines))
      .makes('VoucherPosted')
  })

  test('when it books 收益分配 without a sub-account', () => {
    const lines = [
      { account: '102-基本户', debit: '1' },
      { account: '322', credit: '1' },
    ]
    given(ready).when('PostVoucher', entry(lines)).refused('SubAccountNeeded', '财会〔2023〕14号')
  })

  test('when the fund is unknown', () => {
    const lines = [
      { account: '102-基本户', debit: '1', fund: '无此资金' },
      { account: '504', credit: '1', fund: '无此资金' },
    ]
    given(ready).when('PostVoucher', entry(lines)).refused('FundUnknown')
  })

  test('when the account of a fund is booked without that fund', () => {
    const lines = [
      { account: '102-基本户', debit: '1' },
      { account: '311-受赠(限定)-助学金', credit: '1' },
    ]
    given(ready, study).when('PostVoucher', entry(lines)).refused('FundMismatch')
  })

  test('when it is dated after the end of this month', () => {
    given(ready).when('PostVoucher', pair('1', '2025-04-01'), { today: '2025-03-31' }).refused('DateInFuture')
    given(ready).when('PostVoucher', pair('1', '2025-03-31'), { today: '2025-03-02' }).makes('VoucherPosted')
  })

  test('when it is dated before the first day of the books', () => {
    given(ready).when('PostVoucher', pair('1', '2024-12-31')).refused('DateBeforeFirstDay')
  })

  test('when nobody has established the co-op', () => {
    given().when('PostVoucher', pair('1')).refused('CoopUnknown')
  })

  test('when cash or bank would go below zero', () => {
    given(ready).when('PostVoucher', pair('995000.01')).refused('CashShort')
    given(ready).when('PostVoucher', pair('995000')).books({ '102-基本户': '0.00' })
  })

  test('when general money is only enough together with a fund’s', () => {
    const draw = [
      { account: '513-办公', debit: '996000' },
      { account: '102-基本户', credit: '996000' },
    ]
    given(ready, study, gift('助学金', '20000')).when('PostVoucher', entry(draw)).books({ '102-基本户': '19000.00' })
    const more = [
      { account: '513-办公', debit: '1001000' },
      { account: '102-基本户', credit: '1001000' },
    ]
    given(ready, study, gift('助学金', '20000')).when('PostVoucher', entry(more)).refused('FundOverdrawn')
  })

  test('when a plain entry would distribute, close, spend a fund or turn a gift into income', () => {
    const story = [ready, study, gift('助学金', '20000'), gift(undefined, '500', '捐2')]
    const refuse = (lines: Line[]) =>
      given(...story)
        .when('PostVoucher', entry(lines))
        .refused('UseBusinessCommand')
    refuse([
      { account: '322-各项分配-成员分配', debit: '1' },
      { account: '113-分红', credit: '1' },
    ])
    refuse([
      { account: '322-未分配收益', debit: '1' },
      { account: '113-分红', credit: '1' },
    ])
    refuse([
      { account: '321', debit: '1' },
      { account: '322-未分配收益', credit: '1' },
    ])
    refuse([
      { account: '311-受赠(限定)-助学金', debit: '1', fund: '助学金' },
      { account: '102-基本户', credit: '1', fund: '助学金' },
    ])
    refuse([
      { account: '513-办公', debit: '1', fund: '助学金' },
      { account: '102-基本户', credit: '1', fund: '助学金' },
    ])
    refuse([
      { account: '311-受赠(未限定)', debit: '1' },
      { account: '504', credit: '1' },
    ])
  })

  test('when no review rule is in force', () => {
    const coop = new Coop().play([established, bank, opening])
    coop.state.books.reviewRules.clear()
    const decision = coop.ask('PostVoucher', pair('1'))
    expect(decision).toMatchObject({ refusal: { code: 'NoReviewRule', article: '财会〔2024〕12号 art. 21' } })
  })
})

describe('a voucher that is booked', () => {
  test('is numbered without gaps by month and names its review', () => {
    const coop = new Coop().play([ready])
    const numbers = ['2025-03-10', '2025-02-01', '2025-03-01', '2025-02-28'].map(date => {
      const [event] = coop.run('PostVoucher', pair('1', date))
      return event && 'voucher' in event.data ? event.data.voucher.number : ''
    })
    expect(numbers).toEqual(['2025-03-记-1', '2025-02-记-1', '2025-03-记-2', '2025-02-记-2'])
  })

  test('is written to the last field as it was given', () => {
    given(ready)
      .when('PostVoucher', pair('86.4'))
      .yields({
        type: 'VoucherPosted',
        data: {
          voucher: {
            number: '2025-03-记-1',
            date: '2025-03-10',
            summary: '付办公费',
            attachments: 1,
            lines: [
              { account: '513-办公', debit: '86.40' },
              { account: '102-基本户', credit: '86.40' },
            ],
            review: { person: 'M00004', preparer: 'M00001 via cli' },
          },
        },
      })
  })

  test('may put money into an account that history left below zero', () => {
    const history = {
      source: '历史',
      vouchers: [{ ...pair('100', '2024-03-01'), reference: '1' }],
    }
    given(established, bank, ['ImportVouchers', history])
      .when('PostVoucher', {
        date: '2025-01-05',
        summary: '收停车费',
        lines: [
          { account: '102-基本户', debit: '40' },
          { account: '501-停车', credit: '40' },
        ],
      })
      .books({ '102-基本户': '-60.00' })
  })
})
