import { describe, expect, test } from 'vitest'
import type { Story } from '../support/coop.ts'
import { given } from '../support/coop.ts'
import { declared, ready } from '../support/stories.ts'

const handOver = {
  from: 'M00008',
  to: 'M00009',
  witness: 'M00005',
  on: '2025-03-31',
  appoint: true,
  list: ['财务专用章 1 枚', '支票簿 2 本'],
  unfinished: ['三号店面租金尚在催收'],
}
const spent = {
  date: '2025-03-10',
  summary: '付办公费',
  lines: [
    { account: '513-办公', debit: '100' },
    { account: '102-基本户', credit: '100' },
  ],
}
const waiting: Story = [
  {
    type: 'CommandSubmitted',
    data: {
      ...{ id: 'S1', command: 'PostVoucher', body: { ...spent, attachments: 1 }, doing: 'pays' },
      ...{ amount: '100.00', by: 'M00008 via cli' },
    },
  },
]
const done: Story = [['HandOverBooks', handOver]]

describe('handing over the books', () => {
  test('lists what the books hold on that day: money, numbers, claims, what waits, documents and what is left to do', () => {
    const outcome = given(ready, declared, waiting).when('HandOverBooks', handOver)
    outcome.makes('OfficerAppointed', 'AccountantHandedOver', 'OfficerRemoved')
    expect(outcome.events[1]?.data).toEqual({
      ...{ from: 'M00008', to: 'M00009', witness: 'M00005', on: '2025-03-31' },
      cash: [['101', '5000.00']],
      banks: [['102-基本户', '995000.00']],
      vouchers: [['2025-01', 3]],
      claims: { count: 5, total: '400000.00' },
      submissions: ['S1'],
      documents: 0,
      list: handOver.list,
      unfinished: handOver.unfinished,
    })
  })

  test('counts money up to the day of handing over and no further', () => {
    const later: Story = [['PostVoucher', { ...spent, date: '2025-04-01' }]]
    expect(given(ready, later).when('HandOverBooks', handOver).events[1]?.data).toMatchObject({
      banks: [['102-基本户', '995000.00']],
    })
  })

  test('needs an accountant, a successor in office and a witness who is neither', () => {
    const state = given(ready)
    state.when('HandOverBooks', { ...handOver, from: 'M00004' }).refused('NotOfficer')
    state.when('HandOverBooks', { ...handOver, appoint: false }).refused('NotOfficer')
    state.when('HandOverBooks', { ...handOver, to: 'M00008' }).refused('SamePerson')
    state.when('HandOverBooks', { ...handOver, witness: 'M00008' }).refused('WitnessInvolved', '会计法 art. 39')
    state.when('HandOverBooks', { ...handOver, witness: 'M00009' }).refused('WitnessInvolved')
    state.when('HandOverBooks', { ...handOver, witness: 'M00010' }).refused('NotEntitled', '会计法 art. 39')
    state.when('HandOverBooks', { ...handOver, to: 'M00007' }).refused('OfficerConflict', 'art. 34')
    state.when('HandOverBooks', handOver, { today: '2025-03-30' }).refused('DateInFuture')
  })

  test('to one who holds the office already appoints nobody', () => {
    given(ready, [['AppointOfficer', { person: 'M00009', role: '会计', from: '2025-03-01' }]])
      .when('HandOverBooks', { ...handOver, appoint: false })
      .makes('AccountantHandedOver', 'OfficerRemoved')
  })
})

describe('after the books were handed over', () => {
  test('the predecessor neither books nor closes, the successor does', () => {
    const state = given(ready, done)
    state.when('PostVoucher', spent, { actor: 'M00008 via web' }).refused('NotInOffice', '会计法 art. 39')
    state.when('ClosePeriod', { month: '2025-01' }, { actor: 'M00008 via cli' }).refused('NotInOffice')
    state.when('PostVoucher', spent, { actor: 'M00009 via web' }).makes('VoucherPosted')
  })

  test('the predecessor’s other work is open to him, and his books when he is appointed again', () => {
    given(ready, done)
      .when(
        'KeepObligation',
        { lease: '租9', obligation: 'P1', on: '2025-04-01', how: '已办' },
        { actor: 'M00008 via cli' },
      )
      .refused('LeaseUnknown')
    given(ready, done, [['AppointOfficer', { person: 'M00008', role: '会计', from: '2025-06-01' }]])
      .when('PostVoucher', spent, { actor: 'M00008 via web' })
      .makes('VoucherPosted')
  })

  test('what he had submitted before may still be approved', () => {
    given(ready, waiting, done)
      .when('ApproveCommand', { id: 'S1', officer: 'M00004' }, { actor: 'M00004 via web' })
      .makes('CommandApproved', 'VoucherPosted')
  })
})
