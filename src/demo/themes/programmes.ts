import { type Act, act, MONTHS } from '../act.ts'
import { type Example, numberOf, officerOf } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { payOut } from './paying.ts'

/** A programme as it is adopted; `under` is its resolution by the name the scenario knows. */
export type Programme = {
  programme: string
  name: string
  kind: 'allowance' | 'scholarship' | 'relief' | 'subsidy' | 'insurance' | 'gift'
  treatment: 'welfare' | 'fund'
  scope: 'members' | 'residents'
  rule: string
  from: string
  under: string
  fund?: string
  minAge?: number
  monthly?: string
  tiers?: { tier: string; amount: string }[]
  ceiling?: string
}

/** Adopts a programme on a day once its resolution is posted. */
export function adopt(example: Example, on: string, { under, ...programme }: Programme): Act {
  return act(example.code, `2025-${on}`, `设立${programme.name}`, face =>
    face.run('AdoptProgramme', { ...programme, resolution: numberOf(example, under), on: face.today() }),
  )
}

/** The allowance of every month, approved on the 22nd, paid on the 24th; one without an account is paid in cash at first. */
export function monthlyAllowance(example: Example, { programme, bank, inCash, cashMonths, account }: Monthly): Act[] {
  const months = MONTHS.flatMap(month => {
    const run = `${programme}-${month}`
    const cash = cashMonths.includes(month)
    return [
      act(example.code, `${month}-22`, `${month}津贴名册`, async face => {
        await face.run('PrepareRun', { run, programme, period: month })
        await face.run('ApproveRun', { run, date: face.today() })
      }),
      act(example.code, `${month}-24`, `${month}津贴代发`, async face => {
        await payOut(face, { batch: `DF-${run}`, from: bank, origins: [run], ...(cash ? { except: [inCash] } : {}) })
        if (!cash) return
        await face.run('PayCash', {
          id: `XJ-${run}`,
          person: inCash.code,
          origin: run,
          date: face.today(),
          handlers: [officerOf(example, '出纳'), officerOf(example, '理事')],
          signedBy: `本人（${inCash.code}）`,
        })
      }),
    ]
  })
  const opened = act(example.code, '2025-03-03', '登记收款账号', face =>
    face.run('ChangeMemberDetails', {
      person: inCash.code,
      details: { bankAccount: account },
      on: face.today(),
      reason: '本人新开收款账户',
    }),
  )
  return [...months, opened]
}
type Monthly = { programme: string; bank: string; inCash: Resident; cashMonths: readonly string[]; account: string }

/** A run over a list of people, approved on one day and paid two weeks later at most. */
export function listedRun(example: Example, { programme, on, paidOn, tier, people, bank }: Listed): Act[] {
  const period = `2025-${on.slice(0, 2)}`
  const run = `${programme}-${period}`
  return [
    act(example.code, `2025-${on}`, `${programme}名册`, async face => {
      await face.run('PrepareRun', {
        run,
        programme,
        period,
        persons: people.map(({ code }) => ({ person: code, tier })),
      })
      await face.run('ApproveRun', { run, date: face.today() })
    }),
    act(example.code, `2025-${paidOn}`, `${programme}代发`, face =>
      payOut(face, { batch: `DF-${run}`, from: bank, origins: [run] }),
    ),
  ]
}
type Listed = { programme: string; on: string; paidOn: string; tier: string; people: Resident[]; bank: string }
