import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Coop, given, type Step } from '../support/coop.ts'
import { adopted, declared, dividend, paid, programme, ready } from '../support/stories.ts'

const line = (account: string, side: 'debit' | 'credit', amount: string, counterparty?: string) => ({
  ...{ account, [side]: amount },
  ...(counterparty ? { counterparty } : {}),
})
const post = (...lines: object[]): Step => ['PostVoucher', { date: '2025-03-10', summary: '往来', lines }]
const lent = (person: string, amount = '1000'): Step =>
  post(line('113', 'debit', amount, person), line('102-基本户', 'credit', amount))
const owed = (person: string, amount = '1000'): Step =>
  post(line('513-办公', 'debit', amount), line('113', 'credit', amount, person))
const kin: Step = ['DeclareKinship', { person: 'M00004', relative: 'M00009', relation: '夫妻' }]
const refused = (step: Step, ...before: Step[]) =>
  given(ready, before).when(step[0], step[1]).refused('OfficerDebt', '农村集体经济组织法 art. 35')

describe('whoever holds an office', () => {
  test('borrows nothing from the co-op, as a member or not, over any account of 112 and 113', () => {
    const { message } = refused(lent('M00004'))
    expect(message).toContain('理事长 M00004')
    expect(message).toContain('1,000.00')
    refused(post(line('112', 'debit', '5', 'M00008'), line('101', 'credit', '5')))
    refused(post(line('113-租金', 'debit', '5', 'M00007'), line('504', 'credit', '5')))
  })

  test('borrows nothing through a declared near relative, who is named', () => {
    const { message } = refused(lent('M00009'), kin)
    expect(message).toContain('理事长 M00004 的近亲属 M00009')
    given(ready)
      .when(...(lent('M00009') as [Step[0], unknown]))
      .makes('VoucherPosted')
  })

  test('may borrow again when no longer in office', () => {
    const gone: Step = ['RemoveOfficer', { person: 'M00005', role: '理事', on: '2025-02-01', reason: '辞职' }]
    given(ready, gone)
      .when(...(lent('M00005') as [Step[0], unknown]))
      .makes('VoucherPosted')
  })

  test('is paid what is owed to him, to the fen and no more', () => {
    given(ready, owed('M00004'))
      .when(...(lent('M00004') as [Step[0], unknown]))
      .makes('VoucherPosted')
    refused(lent('M00004', '1000.01'), owed('M00004'))
    refused(lent('M00004', '0.01'), owed('M00004'), lent('M00004'))
    refused(lent('M00004'), owed('M00005'))
  })

  test('is paid his dividend, less the tax withheld from it, and owes nothing when it is withdrawn', () => {
    const withholding = { rate: '0.20', basis: '个人所得税法 art. 3', decidedBy: '税务所' }
    const taxed: Step = ['DeclareDividend', { ...dividend, withholding }]
    const coop = new Coop().play([ready, declared.slice(0, 2), taxed])
    const mine = () => coop.state.books.byName.get('113-分红')?.get('M00004')
    expect(mine()).toBe(-4_000_000)
    coop.play(paid('分红2024', '2025-02-01', { count: 5, total: '320000' }))
    expect(mine()).toBe(0)
    const withdrawn = new Coop().play([ready, declared])
    withdrawn.play([adopted({ no: '2025-2', matter: 'other' })])
    const step = { run: '分红2024', resolution: '2025-2', reason: '算错', date: '2025-02-02' }
    withdrawn.run('WithdrawDividend', step)
    expect(withdrawn.state.books.byName.get('113-分红')?.get('M00004')).toBe(0)
    expect(withdrawn.ask(...(lent('M00004', '1') as [Step[0], unknown]))).toMatchObject({
      refusal: { code: 'OfficerDebt' },
    })
  })

  test('does not come to owe by the red voucher of what he was owed and has been paid', () => {
    refused(
      ['ReverseVoucher', { number: '2025-03-记-1', date: '2025-03-31', reason: '重复' }],
      owed('M00004'),
      lent('M00004'),
    )
  })

  test('is not lent to by a correction either', () => {
    const step: Step = [
      'CorrectAmounts',
      {
        ...{ number: '2025-03-记-2', date: '2025-04-02', reason: '看错' },
        amounts: [
          { line: 1, amount: '1500' },
          { line: 2, amount: '1500' },
        ],
      },
    ]
    refused(step, owed('M00004'), lent('M00004'))
  })
})

test('whatever is booked, reversed and corrected, no officer comes to owe anything on any account', () => {
  const step = fc.record({
    kind: fc.constantFrom('owed', 'lent', 'back', 'red', 'correct'),
    person: fc.constantFrom('M00004', 'M00008', 'M00009'),
    fen: fc.integer({ min: 1, max: 4 }),
    of: fc.integer({ min: 1, max: 6 }),
  })
  let booked = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), steps => {
      const coop = new Coop().play([ready, kin])
      for (const { kind, person, fen, of } of steps) {
        const number = `2025-03-记-${of}`
        const amounts = [1, 2].map(place => ({ line: place, amount: `${fen}` }))
        const commands: Record<typeof kind, Step> = {
          owed: owed(person, `${fen}`),
          lent: lent(person, `${fen}`),
          back: post(line('102-基本户', 'debit', `${fen}`), line('113', 'credit', `${fen}`, person)),
          red: ['ReverseVoucher', { number, date: '2025-03-31', reason: '试' }],
          correct: ['CorrectAmounts', { number, date: '2025-03-31', reason: '试', amounts }],
        }
        const told = coop.ask(commands[kind][0], commands[kind][1])
        if ('refusal' in told) continue
        booked += 1
        for (const event of told.events) coop.fold(event)
        for (const names of coop.state.books.byName.values())
          for (const officer of ['M00004', 'M00008', 'M00009']) expect(names.get(officer) ?? 0).toBeLessThanOrEqual(0)
      }
    }),
    { numRuns: 150 },
  )
  expect(booked).toBeGreaterThan(200)
})

describe('what an officer owes without having borrowed it', () => {
  test('is booked: a payment that went to him by mistake, and is taken back', () => {
    const run: Step[] = [
      programme('allowance', 'welfare') as Step,
      ['PrepareRun', { run: '津1', programme: 'allowance', period: '2025-01' }],
      ['ApproveRun', { run: '津1', date: '2025-01-31' }],
    ]
    const astray = {
      ...{ batch: '批-津1', date: '2025-02-03', person: 'M00001', origin: '津1' },
      ...{ paidTo: { person: 'M00004' }, reason: '账号串行' },
    }
    const coop = new Coop().play([ready, run, paid('津1', '2025-01-31', { count: 3, total: '1800' })])
    coop.run('RecordMisdirected', astray)
    const back = post(line('102-基本户', 'debit', '600'), line('113-误付待收回', 'credit', '600', 'M00004'))
    coop.run(back[0], back[1])
    coop.run('ReverseVoucher', { number: '2025-03-记-1', date: '2025-03-31', reason: '没有到账' })
    expect(coop.balance('113-误付待收回')).toBe('600.00')
  })

  test('stands as it was in the books that are taken over', () => {
    const lines = [line('113', 'debit', '500', 'M00004'), line('301', 'credit', '500')]
    const coop = new Coop().play([ready[0] as Step, ...(ready.slice(3) as Step[])])
    coop.run('RecordOpeningBalances', { on: '2025-01-01', priorYearClosed: true, lines })
    expect(coop.state.books.byName.get('113')?.get('M00004')).toBe(50_000)
    const back = post(line('101', 'debit', '200'), line('113', 'credit', '200', 'M00004'))
    coop.run(back[0], back[1])
    coop.run('ReverseVoucher', { number: '2025-03-记-1', date: '2025-03-31', reason: '没有到账' })
    expect(coop.state.books.byName.get('113')?.get('M00004')).toBe(50_000)
    const more = post(line('113', 'debit', '1', 'M00004'), line('301', 'credit', '1'))
    expect(coop.ask(more[0], more[1])).toMatchObject({ refusal: { code: 'OfficerDebt' } })
  })

  test('is petty cash within the limit that was set beforehand', () => {
    const ask = (person: string, amount: string): Step => [
      'AdvancePettyCash',
      { person, amount, from: '101', date: '2025-03-10', purpose: '采购' },
    ]
    const limit: Step = ['SetCashLimit', { limit: '3000', pettyCash: '800', from: '2025-01-01', reason: '核定' }]
    refused(ask('M00004', '1'))
    refused(ask('M00009', '1'), kin)
    given(ready, limit)
      .when(...(ask('M00004', '800') as [Step[0], unknown]))
      .makes('PettyCashAdvanced')
    given(ready, limit)
      .when(...(ask('M00004', '800.01') as [Step[0], unknown]))
      .refused('PettyCashLimit')
    given(ready, limit)
      .when(...(ask('M00002', '801') as [Step[0], unknown]))
      .refused('PettyCashLimit')
    given(ready)
      .when(...(ask('M00002', '801') as [Step[0], unknown]))
      .makes('PettyCashAdvanced')
  })
})
