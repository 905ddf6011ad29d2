import { type Act, act } from '../act.ts'
import { type Example, numberOf } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { type Mishaps, mishaps, payOut } from './paying.ts'
import { type Matters, outcome, resolve } from './resolutions.ts'

/** A co-op's dividend of 2024: how it is counted, and who is hit by what. */
export type Dividend = {
  run: string
  bank: string
  budget: string
  mode: { perShare: string } | { pool: string }
  content: string[]
  /** Who is not paid with the others, and why. */
  waiting: Resident
  why: string
  returned: Resident
  misdirected: Resident
  paidTo: Resident
  heads: number
}

const RECORD_DATE = '2025-03-01'
const DAYS: Matters['days'] = { proposed: '02-20', studied: '02-24', notice: '02-24', vote: '03-08', posted: '03-10' }

/** The surplus of 2024: computed, planned, laid open, voted, posted, set aside, declared, and paid after the objection days. */
export function dividend(example: Example, plan: Dividend): Act[] {
  const { code } = example
  const { run, bank } = plan
  const matter: Matters = {
    name: 'dividend',
    title: '2024年度收益分配方案',
    matter: 'distribution-plan',
    body: 'assembly',
    content: plan.content,
    budget: plan.budget,
    laidOpenOn: '02-20',
    days: DAYS,
  }
  const trouble: Mishaps = {
    batch: `${run}-1`,
    bank,
    returned: { resident: plan.returned, origin: run },
    misdirected: { resident: plan.misdirected, origin: run, paidTo: plan.paidTo },
    days: { returned: '03-31', found: '04-02', recovered: '04-09', again: '04-16' },
  }
  return [
    act(code, '2025-02-18', '核算可分配收益', face => face.run('ComputeSurplus', { year: 2024, on: face.today() })),
    ...resolve(example, [matter]),
    act(code, '2025-03-18', '提取公积公益金', face => face.run('SetReserveAside', { year: 2024, date: face.today() })),
    act(code, '2025-03-18', '宣告分红', face =>
      face.run('DeclareDividend', {
        run,
        year: 2024,
        resolution: numberOf(example, 'dividend'),
        ...plan.mode,
        recordDate: RECORD_DATE,
        date: face.today(),
      }),
    ),
    act(code, '2025-03-26', '分红代发', face =>
      payOut(face, { batch: `${run}-1`, from: bank, origins: [run], except: [plan.waiting] }),
    ),
    ...mishaps(code, trouble),
    outcome(example, 'dividend', '04-28', `2024年度分红已代发，${plan.why}，款项留存待领。`, plan.heads),
  ]
}
