import { describe, test } from 'vitest'
import { given } from '../support/coop.ts'
import { bank, established, opening, people, ready } from '../support/stories.ts'

const pair = (amount: string, date: string) => ({
  date,
  summary: '付办公费',
  lines: [
    { account: '513-办公', debit: amount },
    { account: '102-基本户', credit: amount },
  ],
})

describe('opening balances', () => {
  test('are taken once, before any voucher', () => {
    given(ready).when('RecordOpeningBalances', opening[1]).refused('BooksBegun')
  })

  test('close the year before where it is said so', () => {
    given(ready).when('PostVoucher', pair('1', '2024-12-31')).refused('DateBeforeFirstDay')
    given(ready).when('ComputeSurplus', { year: 2024, on: '2025-01-05' }).makes('SurplusComputed')
  })
})

describe('history that is imported', () => {
  const file = (source: string, date: string) => ({ source, vouchers: [{ ...pair('1', date), reference: '12' }] })

  test('may reach back before the first day while the books hold nothing else', () => {
    given(established, bank).when('ImportVouchers', file('旧账', '2021-05-01')).makes('VoucherPosted')
    given(established, bank, ['ImportVouchers', file('旧账', '2021-05-01')])
      .when('ImportVouchers', file('旧账', '2021-06-01'))
      .makes('VoucherPosted')
  })

  test('may not reach back once anything else is booked', () => {
    given(ready).when('ImportVouchers', file('旧账', '2021-05-01')).refused('DateBeforeFirstDay')
    given(established, bank, ['ImportVouchers', file('旧账', '2021-05-01')])
      .when('ImportVouchers', file('另一份', '2021-06-01'))
      .refused('DateBeforeFirstDay')
  })

  test('opens only sub-accounts of the 42, and each of them once', () => {
    const open = (...openAccounts: string[]) => ({ ...file('旧账', '2021-05-01'), openAccounts })
    given(established, bank).when('ImportVouchers', open('999-外太空')).refused('AccountUnknown', '财会〔2023〕14号')
    given(established, bank).when('ImportVouchers', open('513')).refused('AccountUnknown')
    given(established, bank)
      .when('ImportVouchers', open('513-差旅费', '513-差旅费', '513-办公'))
      .makes('SubAccountOpened', 'VoucherPosted')
  })
})

describe('accounts', () => {
  test('are opened once, as sub-accounts of the 42', () => {
    const open = (account: string) => ({ account, on: '2025-03-01' })
    given(ready).when('OpenSubAccount', open('513-办公')).refused('AccountExists')
    given(ready).when('OpenSubAccount', open('999-无')).refused('AccountUnknown', '财会〔2023〕14号')
    given(ready).when('OpenSubAccount', open('513')).refused('AccountUnknown')
    given(ready).when('RegisterBankAccount', bank[1]).refused('AccountExists')
  })
})

describe('bank accounts', () => {
  test('may only be in the name of the co-op', () => {
    const mine = { ...(bank[1] as object), owner: '张三' }
    given(established, people).when('RegisterBankAccount', mine).refused('PersonalAccount', 'art. 44')
  })
})
