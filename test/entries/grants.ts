import type { Story } from '../support/coop.ts'
import { adopted, programme } from '../support/stories.ts'
import { type Fact, fact } from './fact.ts'

const approve = (run = '津1'): Fact['command'] => ['ApproveRun', { run, date: '2025-03-31' }]
const prepared = (treatment: string, more: Record<string, unknown> = {}): Story => [
  programme('allowance', treatment, more),
  ['PrepareRun', { run: '津1', programme: 'allowance', period: '2025-03' }],
]
const decided = adopted({ matter: 'programme', title: '老年人津贴办法' })
const members = { scope: 'members' }
const listed = (kind: string, tier: string, amount: string): Story => [
  programme(kind, 'welfare', { tiers: [{ tier, amount }] }),
  ['PrepareRun', { run: '册1', programme: kind, period: '2025-03', persons: [{ person: 'M00010', tier }] }],
]
const asked: Story = [
  programme('relief', 'welfare'),
  [
    'RequestRelief',
    { request: '救1', programme: 'relief', person: 'M00003', category: '医疗', asked: '5000', on: '2025-04-01' },
  ],
]

/** Allowances, scholarships, relief and subsidies by their treatment: A welfare, B distribution, C reserve. */
export const GRANTS: readonly Fact[] = [
  fact(
    '津贴记公益支出（默认）：成员走 113，非成员走 211',
    prepared('welfare'),
    approve(),
    `借 514-老年人津贴 1800.00
     贷 113-津贴 1200.00
     贷 211-津贴 600.00`,
  ),
  fact(
    '津贴只发成员',
    prepared('welfare', members),
    approve(),
    `借 514-老年人津贴 1200.00
     贷 113-津贴 1200.00`,
  ),
  fact(
    '津贴作收益分配',
    prepared('distribution', members),
    approve(),
    `借 322-各项分配-福利 1200.00
     贷 113-津贴 1200.00`,
  ),
  fact(
    '津贴经决议从公积公益金列支',
    [decided, prepared('reserve', { ...members, resolution: '2025-1' })],
    approve(),
    `借 311-提取 1200.00
     贷 113-津贴 1200.00`,
  ),
  fact(
    '自有资金的奖学金',
    [programme('scholarship', 'welfare')],
    [
      'AwardScholarship',
      {
        award: '奖1',
        programme: 'scholarship',
        period: '2025-09',
        awards: [{ person: 'M00010', tier: '本科' }],
        date: '2025-09-10',
      },
    ],
    `借 514-奖学助学 3000.00
     贷 113-奖学助学 3000.00`,
  ),
  fact(
    '自有资金的困难救助',
    asked,
    ['ApproveRelief', { request: '救1', form: 'money', amount: '4000', conflict: '无亲属关系', date: '2025-04-10' }],
    `借 514-困难救助 4000.00
     贷 113-救助 4000.00`,
  ),
  fact(
    '入园补贴',
    listed('subsidy', '入园', '1000'),
    approve('册1'),
    `借 514-入园补贴 1000.00
     贷 113-补助 1000.00`,
  ),
  fact(
    '重阳慰问',
    listed('gift', '慰问', '300'),
    approve('册1'),
    `借 514-节日慰问 300.00
     贷 113-补助 300.00`,
  ),
  fact(
    '支付津贴：现金，两人经手',
    [prepared('welfare', members), approve()],
    [
      'PayCash',
      {
        id: '现1',
        person: 'M00001',
        origin: '津1',
        date: '2025-04-02',
        handlers: ['出纳甲', '网格员乙'],
        signedBy: '本人',
      },
    ],
    `借 113-津贴 600.00
     贷 101 600.00`,
  ),
  fact(
    '核销无法支付的津贴（有决议）',
    [prepared('welfare', members), approve(), adopted({ matter: 'write-back' })],
    [
      'WriteBackPayables',
      {
        id: '核1',
        items: [{ person: 'M00001', origin: '津1' }],
        resolution: '2025-1',
        reason: '无继承人',
        date: '2025-12-31',
      },
    ],
    `借 113-津贴 600.00
     贷 504 600.00`,
  ),
  fact(
    '红字冲销多发的一期津贴：同科目同方向，负数',
    [prepared('welfare', members), approve()],
    ['ReverseVoucher', { number: '2025-03-记-1', date: '2025-04-01', reason: '名册有误' }],
    `借 514-老年人津贴 -1200.00
     贷 113-津贴 -1200.00`,
  ),
]
