import { describe, expect, test } from 'vitest'
import { given, type Step, type Story } from '../support/coop.ts'
import { ready } from '../support/stories.ts'

const post = (date: string, ...lines: object[]): Step => ['PostVoucher', { date, summary: '收付', lines }]
const line = (account: string, side: 'debit' | 'credit', amount: string) => ({ account, [side]: amount })
const cashPaid = (date: string, amount = '100') =>
  post(date, line('513-办公', 'debit', amount), line('101', 'credit', amount))
const when = (step: Step, ...before: Story) => given(ready, before).when(step[0], step[1])

describe('petty cash', () => {
  const advance = (more: object = {}): Step => [
    'AdvancePettyCash',
    { person: 'M00009', amount: '800', from: '101', date: '2025-03-03', purpose: '采购', ...more },
  ]
  const account = (more: object): Step => ['AccountForPettyCash', { person: 'M00009', date: '2025-03-20', ...more }]
  const spent = (amount: string, on = '513-办公') => account({ items: [{ account: on, amount, item: '文具' }] })
  const all = account({ returned: { amount: '800', into: '101' } })

  test('is one advance a person at a time', () => {
    when(advance(), advance()).refused('PettyCashOpen')
    when(advance(), advance(), spent('300')).refused('PettyCashOpen')
    when(advance(), advance(), spent('300'), account({ returned: { amount: '500', into: '101' } })).makes(
      'PettyCashAdvanced',
    )
    when(advance({ person: 'M00002' }), advance()).makes('PettyCashAdvanced')
  })

  test('is spent or given back, no more than was advanced', () => {
    when(spent('800.01'), advance()).refused('PettyCashShort')
    when(spent('500.01'), advance(), spent('300')).refused('PettyCashShort')
    when(spent('1')).refused('NoPettyCash')
    when(account({}), advance()).refused('NothingPaid')
    when(spent('1', '301'), advance()).refused('NotAnExpense')
    expect(when(spent('500'), advance(), spent('300')).events[0]?.data).toMatchObject({ left: '0.00' })
  })

  test('goes in and out by its own commands only', () => {
    when(post('2025-03-05', line('513-办公', 'debit', '5'), line('113-备用金', 'credit', '5')), advance()).refused(
      'UseBusinessCommand',
    )
    const back = { id: '收1', date: '2025-03-05', item: '交回', account: '113-备用金', from: { person: 'M00009' } }
    when(['ReceiveIncome', { ...back, amount: '5', into: '101' }], advance()).refused('UseBusinessCommand')
  })

  test('is all accounted for before the year is closed', () => {
    const eleven = Array.from({ length: 11 }, (_, index): Step => {
      const month = `2025-${String(index + 1).padStart(2, '0')}`
      return ['ClosePeriod', { month, unreconciled: '未到', uncounted: '未盘' }, '2026-01-31']
    })
    const closing = (...story: Story) =>
      given(ready, advance(), story).when('CloseYear', { year: 2025 }, { today: '2026-01-31' })
    const { message } = closing(spent('300'), eleven).refused('PettyCashOpen')
    expect(message).toContain('M00009 500.00 元')
    closing(spent('800'), eleven).makes('YearClosed')
    const inJanuary = account({ date: '2026-01-10', returned: { amount: '500', into: '101' } })
    closing(spent('300'), eleven, [inJanuary[0], inJanuary[1], '2026-01-31']).refused('PettyCashOpen')
    const anew = advance({ date: '2026-01-05' })
    closing(cashPaid('2025-05-05'), all, eleven, [anew[0], anew[1], '2026-01-31']).makes('YearClosed')
  })

  test('is there again, or gone again, when its voucher is reversed', () => {
    const red = (number: string): Step => ['ReverseVoucher', { number, date: '2025-03-31', reason: '记错' }]
    when(spent('800'), advance(), spent('300'), red('2025-03-记-2')).makes('PettyCashAccounted')
    when(advance(), advance(), red('2025-03-记-1')).makes('PettyCashAdvanced')
    when(red('2025-03-记-1'), advance(), spent('300')).refused('AlreadyAccounted')
  })
})
