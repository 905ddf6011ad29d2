import { invariant } from '../../domain/refusal.ts'
import { type Act, act } from '../act.ts'
import { type Face, payloads } from '../face.ts'
import type { Resident } from '../people/households.ts'

/** Who is paid what: the person and the run, award or request it comes from. */
export type Due = { resident: Resident; origin: string }

/** Pays runs in one batch: prepared, control totals checked, approved, and settled by the bank the same day. */
export async function payOut(face: Face, { batch, from, origins, persons, except }: Batch): Promise<void> {
  const on = face.today()
  const prepared = payloads(
    await face.run('PreparePayments', {
      batch,
      from,
      on,
      origins,
      ...(persons ? { persons: persons.map(({ code }) => code) } : {}),
      ...(except ? { except: except.map(({ code }) => code) } : {}),
    }),
    'PaymentBatchPrepared',
  )[0]!
  await face.run('ApprovePayments', {
    batch,
    on,
    by: '理事长',
    count: prepared.items.length,
    total: prepared.total,
  })
  await face.run('SettlePayments', { batch, date: on, failed: [] })
}
type Batch = { batch: string; from: string; origins: string[]; persons?: Resident[]; except?: Resident[] }

/** What goes wrong with a batch and how it is put right. Days are `MM-DD` of 2025. */
export type Mishaps = {
  batch: string
  bank: string
  fund?: string
  returned: Due
  misdirected: Due & { paidTo: Resident }
  days: { returned: string; found: string; recovered: string; again: string }
}

/** One payment comes back, one went to the wrong person; the claims reopen, the money is recovered, both are paid again. */
export function mishaps(code: string, plan: Mishaps): Act[] {
  const { batch, bank, fund, returned, misdirected, days } = plan
  const on = (day: string) => `2025-${day}`
  return [
    act(code, on(days.returned), '退票', async face => {
      const items = [{ person: returned.resident.code, origin: returned.origin }]
      await face.run('ReturnPayments', { batch, date: face.today(), items, reason: '账号已注销' })
      const bankAccount = `${returned.resident.bankAccount.slice(0, -1)}0`
      const change = { details: { bankAccount }, on: face.today(), reason: '本人更换收款账号' }
      await face.run('ChangeMemberDetails', { person: returned.resident.code, ...change })
    }),
    act(code, on(days.found), '误付更正', face =>
      face.run('RecordMisdirected', {
        batch,
        date: face.today(),
        person: misdirected.resident.code,
        origin: misdirected.origin,
        paidTo: { person: misdirected.paidTo.code },
        reason: '收款账号串行，付给了同名册的另一人',
      }),
    ),
    act(code, on(days.recovered), '收回误付款', face => recover(face, misdirected.paidTo, bank, fund)),
    act(code, on(days.again), '补付退票和误付', face =>
      payOut(face, {
        batch: `${batch}-补`,
        from: bank,
        origins: [...new Set([returned.origin, misdirected.origin])],
        persons: [returned.resident, misdirected.resident],
      }),
    ),
  ]
}

// The debt stands on the account that the correction put it on, 113 for a member and 112 for anybody else.
async function recover(face: Face, paidTo: Resident, bank: string, fund: string | undefined): Promise<void> {
  const { books } = await face.state()
  const entry = [...books.vouchers.values()].findLast(({ event }) => event.type === 'PaymentMisdirected')
  const debt = entry?.voucher.lines[0]
  invariant(debt?.debit, 'a misdirected payment has been recorded')
  await face.run('PostVoucher', {
    date: face.today(),
    summary: '收回误付款',
    lines: [
      { account: bank, debit: debt.debit, ...(fund ? { fund } : {}) },
      { account: debt.account, credit: debt.debit, counterparty: paidTo.code, ...(fund ? { fund } : {}) },
    ],
  })
}
