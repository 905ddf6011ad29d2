import { describe, test } from 'vitest'
import { given } from '../support/coop.ts'
import { adopted, proposed, ready, vote } from '../support/stories.ts'

describe('the money of a resolution', () => {
  const pay = (amount: string) => ({
    id: '支1',
    date: '2025-03-01',
    item: '路灯',
    account: '513-维修',
    payee: { organisation: '某公司' },
    amount,
    from: '102-基本户',
    resolution: '2025-1',
  })
  const lamps = adopted({ matter: 'project', budget: '5000' })

  test('is never exceeded, payment by payment (农集法 art. 26)', () => {
    given(ready, lamps).when('PayExpense', pay('5000.01')).refused('ResolutionAmountExceeded', 'art. 26')
    given(ready, lamps, ['PayExpense', { ...pay('4000'), id: '支0' }])
      .when('PayExpense', pay('1000.01'))
      .refused('ResolutionAmountExceeded')
    given(ready, lamps, ['PayExpense', { ...pay('4000'), id: '支0' }])
      .when('PayExpense', pay('1000'))
      .makes('ExpensePaid')
  })

  test('is there again when a payment is reversed', () => {
    given(
      ready,
      lamps,
      ['PayExpense', { ...pay('4000'), id: '支0' }],
      ['ReverseVoucher', { number: '2025-03-记-1', date: '2025-03-02', reason: '付错' }],
    )
      .when('PayExpense', pay('5000'))
      .makes('ExpensePaid')
  })

  test('is not touched before the decision is posted', () => {
    given(ready, proposed({ matter: 'project' }), ['RecordVote', vote])
      .when('PayExpense', pay('1'))
      .refused('DecisionNotDisclosed', 'art. 45')
    given(ready, proposed({ matter: 'project' }))
      .when('PayExpense', pay('1'))
      .refused('ResolutionNotAdopted')
    given(ready).when('PayExpense', pay('1')).refused('ResolutionUnknown')
  })
})
