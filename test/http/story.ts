import { type TestOffice, testOffice } from '../support/office.ts'
import { COOP, PEOPLE } from './people.ts'
import { publish } from './publish.ts'

export const SUPERVISOR_PHONE = '0595-85600002'
const BANK = '102-基本户'

/** 阳光社区 in its first quarter of 2025: a lease with arrears, a gift, an allowance paid in part, the quarter published. */
export async function sunshine(test: TestOffice = testOffice()): Promise<TestOffice> {
  await found(test)
  await earn(test)
  await resolve(test)
  await pay(test)
  await publish(test)
  return test
}

async function found({ run, codeOf }: TestOffice): Promise<void> {
  const day = '2025-01-02'
  await run(
    COOP,
    [
      day,
      'EstablishCoop',
      {
        name: '阳光社区股份经济合作社（演示）',
        level: '社区',
        firstDay: '2025-01-01',
        demo: true,
        charter: { reserveRate: '0.30', objectionDays: 7, representatives: 30 },
        contact: { address: '阳光社区服务中心三楼305室', phone: '0595-85600001', supervisorPhone: SUPERVISOR_PHONE },
      },
    ],
    [
      day,
      'RegisterBankAccount',
      {
        id: 'basic',
        name: '基本户',
        bank: '农商银行',
        kind: '基本户',
        lastFour: '8888',
        owner: '阳光社区股份经济合作社（演示）',
        on: '2025-01-01',
      },
    ],
    [
      day,
      'RecordOpeningBalances',
      {
        on: '2025-01-01',
        priorYearClosed: true,
        lines: [
          { account: '101', debit: '5000' },
          { account: BANK, debit: '995000' },
          { account: '151', debit: '500000' },
          { account: '301', credit: '900000' },
          { account: '322-未分配收益', credit: '600000' },
        ],
      },
    ],
    [
      day,
      'AdmitMembers',
      {
        members: PEOPLE.map((person, index) => ({ person, on: day, basis: '章程第五条', household: `H${index + 1}` })),
      },
    ],
  )
  const [chair, supervisor, accountant, member] = PEOPLE.map(person => codeOf(person.idNumber)) as [
    string,
    string,
    string,
    string,
  ]
  await run(
    COOP,
    [day, 'AppointOfficer', { person: chair, role: '理事长', from: day }],
    [day, 'AppointOfficer', { person: supervisor, role: '监事长', from: day }],
    [day, 'AppointOfficer', { person: accountant, role: '会计', from: day }],
    [
      day,
      'IssueShares',
      {
        id: 'S1',
        on: day,
        kind: '成员股',
        basis: '清产核资',
        holdings: [chair, supervisor, accountant, member].map(code => [code, '12.5']),
      },
    ],
    [
      day,
      'OpenFund',
      { fund: '近邻基金', kind: 'restricted', purpose: '扶老助困', allows: ['relief', 'elder-service'], on: day },
    ],
  )
}

async function earn({ run }: TestOffice): Promise<void> {
  await run(
    COOP,
    [
      '2025-01-05',
      'RegisterAsset',
      { asset: 'A1', name: '青阳街店面218号', kind: '店面', area: '86.5', use: 'let', on: '2025-01-02' },
    ],
    [
      '2025-01-05',
      'RegisterAsset',
      { asset: 'A2', name: '文化广场夜市摊位', kind: '摊位', use: 'let', on: '2025-01-02' },
    ],
    [
      '2025-01-05',
      'SignLease',
      {
        lease: 'L1',
        asset: 'A1',
        tenant: { organisation: '某某培训学校有限公司' },
        from: '2025-01-01',
        to: '2025-06-15',
        monthlyRent: '10000',
        vatRate: '0.05',
        deposit: '20000',
        income: '501-物业租赁',
        obligations: [{ id: 'O1', promise: '本社区学生学费减免三成' }],
        on: '2025-01-05',
      },
    ],
    ['2025-01-31', 'AccrueRent', { month: '2025-01', date: '2025-01-31' }],
    ['2025-02-03', 'ReceiveRent', { date: '2025-02-03', into: BANK, receipts: [{ lease: 'L1', amount: '10000' }] }],
    [
      '2025-02-10',
      'ReceiveDonation',
      {
        id: 'D1',
        date: '2025-02-10',
        donor: { organisation: '聚福鞋业有限公司' },
        mayBeNamed: true,
        amount: '50000',
        fund: '近邻基金',
        into: BANK,
      },
    ],
    ['2025-02-28', 'AccrueRent', { month: '2025-02', date: '2025-02-28' }],
    [
      '2025-03-05',
      'PayExpense',
      {
        id: 'E1',
        date: '2025-03-05',
        item: '办公用品',
        account: '513-办公',
        payee: { organisation: '青阳文具店' },
        amount: '1280.50',
        from: BANK,
      },
    ],
  )
}

async function resolve({ run }: TestOffice): Promise<void> {
  await run(
    COOP,
    [
      '2025-01-06',
      'ProposeResolution',
      {
        title: '2025年度养老津贴标准',
        matter: 'programme',
        body: 'representatives',
        proposedOn: '2025-01-06',
        budget: '60000',
        content: ['年满六十周岁的成员，次月起每人每月发给养老津贴600元。', '从本年度收益中列支，按月张榜公布。'],
      },
    ],
    [
      '2025-01-08',
      'DeliberateResolution',
      { no: '2025-1', on: '2025-01-08', by: 'party-study', opinion: '同意提交成员代表大会表决' },
    ],
    [
      '2025-01-20',
      'RecordVote',
      { no: '2025-1', on: '2025-01-20', noticeOn: '2025-01-09', present: 28, inFavour: 26, against: 1, abstained: 1 },
    ],
    ['2025-01-21', 'DiscloseDecision', { no: '2025-1', postedOn: '2025-01-21' }],
    [
      '2025-03-20',
      'ProposeResolution',
      {
        title: '文化广场修缮',
        matter: 'project',
        body: 'board',
        proposedOn: '2025-03-20',
        content: ['修缮文化广场地面。'],
      },
    ],
  )
}

async function pay({ run }: TestOffice): Promise<void> {
  await run(
    COOP,
    [
      '2025-03-01',
      'AdoptProgramme',
      {
        programme: 'P1',
        name: '养老津贴',
        kind: 'allowance',
        treatment: 'welfare',
        resolution: '2025-1',
        scope: 'members',
        minAge: 60,
        monthly: '600',
        from: '2025-02',
        on: '2025-01-21',
        rule: '年满六十周岁次月起每月600元',
      },
    ],
    ['2025-03-01', 'PrepareRun', { run: 'R202502', programme: 'P1', period: '2025-02' }],
    ['2025-03-02', 'ApproveRun', { run: 'R202502', date: '2025-03-02' }],
    ['2025-03-02', 'PrepareRun', { run: 'R202503', programme: 'P1', period: '2025-03' }],
    ['2025-03-25', 'ApproveRun', { run: 'R202503', date: '2025-03-25' }],
    ['2025-03-26', 'PreparePayments', { batch: 'B1', from: BANK, on: '2025-03-26', origins: ['R202502'] }],
    ['2025-03-26', 'ApprovePayments', { batch: 'B1', on: '2025-03-26', by: '理事长', count: 2, total: '1200' }],
    ['2025-03-27', 'SettlePayments', { batch: 'B1', date: '2025-03-27' }],
    ['2025-03-31', 'AccrueRent', { month: '2025-03', date: '2025-03-31' }],
  )
}
