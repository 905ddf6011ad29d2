import { describe, expect, test } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { saysWhatToDo } from '../support/coop.ts'
import { all, ask, begin, COOP, office, openLedger, tell } from '../support/ledger.ts'
import { lease, people, shares } from '../support/stories.ts'

/** Gives a command that must be refused, and sees that neither the log nor the state has moved. */
async function refused(name: string, body: unknown, code: string, prepare?: (ledger: Ledger) => Promise<unknown>) {
  const { ledger, store } = openLedger()
  await begin(ledger)
  await prepare?.(ledger)
  const [events, state] = [await all(store), structuredClone(await ledger.state(COOP))]
  const answer = await ask(ledger, name, body)
  if (!('refusal' in answer)) throw new Error(`not refused: ${JSON.stringify(answer)}`)
  expect(answer.refusal.code).toBe(code)
  saysWhatToDo(answer.refusal)
  expect(await all(store)).toEqual(events)
  expect(await ledger.state(COOP)).toEqual(state)
  return answer.refusal
}

describe('an amount', () => {
  const AMOUNTS = [
    '1e3',
    '１２３',
    '12,34',
    '0x10',
    ' 1 ',
    '١٢',
    'NaN',
    '0.001',
    '-5',
    '-0.00',
    '0',
    '+1',
    '',
    '1.',
    '.5',
  ]
  test.each([
    ...AMOUNTS,
    '100000000000',
    '99999999999999.99',
    'Infinity',
    '1,000.00',
  ])('written “%s” is refused by the name of its field, and books nothing', async amount => {
    const { message, detail } = await refused('PostVoucher', office(amount), 'InvalidInput')
    expect(message).toContain('lines.0.debit')
    expect(detail).toHaveProperty('problems')
  })

  test.each([100, 12.5, null, true, ['1'], { value: '1' }])('that is no text (%j) is refused', async amount => {
    await refused('PostVoucher', office(amount as unknown as string), 'InvalidInput')
  })

  test('of 99,999,999,999.99 is the largest that can be written, and it is still too much for the bank', async () => {
    await refused('PostVoucher', office('99999999999.99'), 'CashShort')
  })

  test('too large for a line is refused even when each part of it is not', async () => {
    const part = { use: 'let', amount: '99999999999.99' }
    const body = { month: '2025-12', date: '2025-12-05', charges: [part, part] }
    await refused('ChargeDepreciation', body, 'AmountTooLarge')
  })
})

describe('a date', () => {
  test.each([
    '2025-02-30',
    '1899-01-01',
    '9999-01-01',
    '2025-13-01',
    '2025/03/01',
    '20250301',
    '今天',
    '',
    '2025-3-1',
  ])('written “%s” is refused', async date => {
    await refused('PostVoucher', office('1', date), 'InvalidInput')
  })

  test('beyond the current month is refused', async () => {
    await refused('PostVoucher', office('1', '2026-01-01'), 'DateInFuture')
  })

  test('in a closed month is refused', async () => {
    const close = (ledger: Ledger) =>
      tell(ledger, 'ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', uncounted: '未盘点' })
    await refused('PostVoucher', office('1', '2025-01-31'), 'PeriodClosed', close)
  })

  test('of a receipt or payment that has not happened yet is refused', async () => {
    const body = {
      id: '收1',
      date: '2025-12-31',
      item: '停车费',
      account: '501-停车',
      from: { anonymous: true },
      amount: '1',
      into: '102-基本户',
    }
    await refused('ReceiveIncome', body, 'DateInFuture')
  })
})

describe('a command', () => {
  test('that does not exist is refused by name', async () => {
    const { message } = await refused('DeleteVoucher', { number: '2025-01-记-1' }, 'CommandUnknown')
    expect(message).toContain('DeleteVoucher')
    await refused('constructor', {}, 'CommandUnknown')
    await refused('__proto__', {}, 'CommandUnknown')
  })

  test('with a field it does not know is refused, so that nothing is slipped in', async () => {
    await refused('PostVoucher', { ...office('1'), role: 'admin' }, 'InvalidInput')
    await refused('PostVoucher', { ...office('1'), number: '2025-12-记-99' }, 'InvalidInput')
  })

  test.each([undefined, null, 'text', 5, [], [[]], true])('whose body is %j is refused', async body => {
    await refused('PostVoucher', body, 'InvalidInput')
  })

  test('that lacks a field says so in Chinese', async () => {
    const { summary: _, ...rest } = office('1')
    const { message } = await refused('PostVoucher', rest, 'InvalidInput')
    expect(message).toContain('summary')
    expect(message).toContain('没有填写')
  })

  test('counts all its problems, not only the first', async () => {
    const { message, detail } = await refused('PostVoucher', { ...office('1e3'), date: '2025-02-30' }, 'InvalidInput')
    expect(message).toContain('共 3 处')
    expect((detail as { problems: unknown[] }).problems).toHaveLength(3)
  })
})

describe('a text', () => {
  test.each([
    '',
    '   ',
    '\u0000',
    'a\nb',
    '\u202e逆',
    '\u200b',
    '长'.repeat(201),
    '\ud800',
  ])('such as %j is refused', async summary => {
    await refused('PostVoucher', { ...office('1'), summary }, 'InvalidInput')
  })

  test('with angle brackets or rare characters is kept as it is', async () => {
    const { ledger } = openLedger()
    await begin(ledger)
    const summary = '<img src=x onerror=alert(1)> 付给䶮𠅤'
    const [event] = await tell(ledger, 'PostVoucher', { ...office('1'), summary })
    expect(event?.data).toMatchObject({ voucher: { summary } })
  })

  test('of two hundred characters still fits the voucher that quotes it', async () => {
    const { ledger } = openLedger()
    await begin(ledger)
    const long = `${'甲'.repeat(199)}`
    const subsidy = { id: '补1', date: '2025-12-05', from: '街道', project: long, amount: '1', into: '102-基本户' }
    const [event] = await tell(ledger, 'ReceiveSubsidy', subsidy)
    expect(event?.data).toMatchObject({ project: long, voucher: { summary: `收${long}` } })
    const astral = { ...subsidy, id: '补2', project: '𠅤'.repeat(100) }
    const [other] = await tell(ledger, 'ReceiveSubsidy', astral, 'astral')
    expect(other?.data).toMatchObject({ voucher: { summary: `收${'𠅤'.repeat(99)}` } })
  })

  test('of sixty characters for a fund makes an account that can be booked', async () => {
    const { ledger } = openLedger()
    await begin(ledger)
    const fund = '善'.repeat(60)
    await tell(ledger, 'OpenFund', {
      fund,
      kind: 'restricted',
      purpose: '助学',
      allows: ['scholarship'],
      on: '2025-12-01',
    })
    const gift = { id: '捐1', date: '2025-12-05', donor: { anonymous: true }, amount: '1', fund, into: '102-基本户' }
    const [event] = await tell(ledger, 'ReceiveDonation', gift)
    expect(event?.data).toMatchObject({ fund })
  })
})

describe('persons', () => {
  const member = (person: object, more: object = {}) => ({
    members: [{ person, on: '2025-01-01', basis: '确认', ...more }],
  })

  test('with a wrong check digit are refused', async () => {
    await refused('AdmitMembers', member({ name: '王某', idNumber: '999101195003070000' }), 'IdNumberWrong')
  })

  test('admitted as members need a month of birth', async () => {
    await refused('RegisterPersons', { persons: [] }, 'InvalidInput')
    await refused('AdmitMembers', member({ name: '王某', idNumber: '12345' }), 'InvalidInput')
  })

  test('that nobody registered hold no shares', async () => {
    await refused('IssueShares', shares[1], 'MemberUnknown')
    expect(people).toHaveLength(2)
  })
})

test('rent of an unknown lease, and a lease of an unknown asset, are refused', async () => {
  const [, sign] = lease() as [unknown, [string, unknown]]
  await refused('SignLease', sign[1], 'AssetUnknown')
  await refused(
    'ReceiveRent',
    { date: '2025-12-01', into: '102-基本户', receipts: [{ lease: '租1', amount: '1' }] },
    'LeaseUnknown',
  )
})

test('money comes from cash or bank accounts and from nowhere else', async () => {
  const income = {
    id: '收1',
    date: '2025-12-05',
    item: '费',
    account: '501-停车',
    from: { anonymous: true },
    amount: '1',
  }
  await refused('ReceiveIncome', { ...income, into: '211-押金' }, 'InvalidInput')
  await refused('ReceiveIncome', { ...income, into: '102-没有的户' }, 'AccountUnknown')
})
