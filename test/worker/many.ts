import { COOP, idNumber } from '../http/people.ts'
import type { TestOffice } from '../support/office.ts'

const DAY = '2025-04-12'
const MANY = 11_078
const LOT = 500
const members = Array.from({ length: MANY }, (_, index) => ({
  person: {
    name: `长者${index + 1}`,
    idNumber: idNumber(`19${50 + Math.floor(index / 800)}0310`, 100 + (index % 800)),
  },
  on: DAY,
  basis: '章程第五条',
  household: `E${index + 1}`,
}))
const lots = Array.from({ length: Math.ceil(MANY / LOT) }, (_, lot) => members.slice(lot * LOT, (lot + 1) * LOT))
const programme = (code: string, name: string, minAge: number, monthly: string) => ({
  ...{ programme: code, name, kind: 'allowance', treatment: 'welfare', resolution: '2025-1', scope: 'members' },
  ...{ minAge, monthly, from: '2025-05', on: DAY, rule: `年满${minAge}周岁，每人${monthly}元` },
})

/** The members of a large community, all of them in one run, and its eldest in another that is paid. */
export async function payMany({ run, codeOf }: TestOffice): Promise<void> {
  for (const [index, lot] of lots.entries()) {
    await run(COOP, [DAY, 'AdmitMembers', { members: lot }])
    const holdings = lot.map(({ person }) => [codeOf(person.idNumber), '1'])
    await run(COOP, [DAY, 'IssueShares', { id: `S${index + 2}`, on: DAY, kind: '成员股', basis: '增资', holdings }])
  }
  await run(
    COOP,
    [DAY, 'AdoptProgramme', programme('P2', '端午慰问', 60, '4')],
    [DAY, 'AdoptProgramme', programme('P3', '高龄慰问', 75, '5')],
    ['2025-05-02', 'PrepareRun', { run: 'R2', programme: 'P2', period: '2025-05' }],
    ['2025-05-02', 'ApproveRun', { run: 'R2', date: '2025-05-02' }],
    ['2025-05-02', 'PrepareRun', { run: 'R3', programme: 'P3', period: '2025-05' }],
    ['2025-05-02', 'ApproveRun', { run: 'R3', date: '2025-05-02' }],
    ['2025-05-03', 'PreparePayments', { batch: 'B2', from: '102-基本户', on: '2025-05-03', origins: ['R3'] }],
    ['2025-05-03', 'ApprovePayments', { batch: 'B2', on: '2025-05-03', by: '理事长', count: 801, total: '4005' }],
    ['2025-05-04', 'SettlePayments', { batch: 'B2', date: '2025-05-04' }],
  )
}
