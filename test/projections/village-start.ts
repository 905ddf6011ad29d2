import type { Play } from './play.ts'

const identity = 'v1.cipher'
const many = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** M00007 of 7. */
export const person = (number: number): string => `M${String(number).padStart(5, '0')}`

/** Establishes the co-op with its members, officers, shares, funds and opening balances. */
export function establish(play: Play): void {
  play.today = '2025-01-01'
  play.do('EstablishCoop', {
    name: '阳光社区股份经济合作社',
    creditCode: 'N1350582MF12345678',
    level: '社区',
    firstDay: '2025-01-01',
    charter: { reserveRate: '0.10', objectionDays: 7, representatives: 30 },
    demo: true,
    contact: { address: '阳光路1号', phone: '0595-1000', supervisorPhone: '0595-2000' },
  })
  admit(play)
  openBooks(play)
}

function admit(play: Play): void {
  play.do('AdmitMembers', {
    members: many(1, 12).map(number => ({
      person: { code: person(number), identity },
      birthMonth: number <= 4 ? '1955-03' : '1985-07',
      household: number <= 6 ? 'H1' : 'H2',
      on: '2025-01-01',
      basis: '户籍',
    })),
  })
  play.do('RegisterPersons', {
    persons: [
      { person: { code: 'M00020', identity }, on: '2025-01-01', relation: '继承人', resident: false },
      {
        person: { code: 'M00021', identity },
        birthMonth: '1950-01',
        on: '2025-01-01',
        relation: '居民',
        resident: true,
      },
    ],
  })
  play.do('FormHousehold', { household: 'H1', head: 'M00001', persons: many(1, 6).map(person), on: '2025-01-01' })
  play.do('FormHousehold', { household: 'H2', head: 'M00007', persons: many(7, 12).map(person), on: '2025-01-01' })
  const officers = [
    ['M00001', '理事长'],
    ['M00002', '理事'],
    ['M00003', '理事'],
    ['M00005', '监事长'],
    ['M00006', '会计'],
  ]
  for (const [code, role] of officers) play.do('AppointOfficer', { person: code, role, from: '2025-01-01' })
  play.do('IssueShares', {
    ...{ id: 'S1', on: '2025-01-01', kind: '成员股', basis: '量化方案' },
    holdings: [...many(1, 12).map(number => [person(number), number === 1 ? '12.5' : '10']), ['M00020', '10']],
  })
}

function openBooks(play: Play): void {
  const bank = { bank: '农商银行', owner: '阳光社区股份经济合作社', on: '2025-01-01' }
  play.do('RegisterBankAccount', { ...bank, id: 'B1', name: '基本户', kind: '基本户', lastFour: '1234' })
  const fund = { fund: '慈善金', kind: 'restricted', purpose: '困难救助和奖学', on: '2025-01-01' }
  play.do('OpenFund', { ...fund, allows: ['relief', 'scholarship'] })
  const lights = { fund: '路灯', kind: 'grant', purpose: '路灯改造', on: '2025-01-01' }
  play.do('OpenFund', { ...lights, allows: ['project'] })
  play.do('RecordOpeningBalances', {
    on: '2025-01-01',
    priorYearClosed: true,
    lines: [
      { account: '102-基本户', debit: '50000.00' },
      { account: '151', debit: '100000.00' },
      { account: '152', credit: '20000.00' },
      { account: '311-提取', credit: '90000.00' },
      { account: '322-未分配收益', credit: '40000.00' },
    ],
  })
}

/** Takes a resolution from proposal to notice, twelve days later; gives its number. */
export function resolve(play: Play, body: Record<string, unknown>): string {
  const studied = play.do('ProposeResolution', { proposedOn: play.today, ...body })
  const no = (studied[0]?.data as { no: string }).no
  const on = play.today
  play.do('DeliberateResolution', { no, on, by: 'party-study', opinion: '同意' })
  const day = `${on.slice(0, 8)}${String(Number(on.slice(8)) + 12).padStart(2, '0')}`
  play.today = day
  const board = body.body === 'board'
  const counts = board ? { present: 3, inFavour: 3 } : { present: 28, inFavour: 26, against: 1, abstained: 1 }
  play.do('RecordVote', { no, on: day, noticeOn: on, against: 0, abstained: 0, ...counts })
  play.do('DiscloseDecision', { no, postedOn: day })
  return no
}
