import type { Step, Story } from '../support/coop.ts'
import { fund } from '../support/stories.ts'
import { type Fact, fact } from './fact.ts'

/** The co-op's house: ¥500,000 with ¥100,000 depreciated, ¥1,000 a month from January 2025 on. */
export const house = (more: Record<string, unknown> = {}): Fact['command'] => [
  'OpenAssetCard',
  {
    ...{ card: '房1', name: '综合楼', account: '151', cost: '500000', residual: '20000', life: 480 },
    ...{ inService: '2016-08', accumulated: '100000', use: 'let', on: '2025-01-01', ...more },
  },
]
const lamps = fund('路灯', 'grant', ['project'])
const granted: Step = [
  'ReceiveSubsidy',
  { id: '补1', date: '2025-03-02', from: '街道办', project: '路灯', amount: '50000', fund: '路灯', into: '102-基本户' },
]
/** Work paid for: from the grant, or from the co-op's own money. */
export const work = (id: string, amount: string, more: Record<string, unknown> = {}): Fact['command'] => [
  'PayExpense',
  {
    ...{ id, date: '2025-04-01', item: '路灯工程款', account: '153', payee: { organisation: '照明公司' }, amount },
    ...{ from: '102-基本户', ...more },
  },
]
const fromGrant = { fund: '路灯', purpose: 'project' }
export const built: Story = [lamps, granted, work('支1', '48000', fromGrant)]
export const completion = {
  ...{ card: '灯1', name: '村道路灯', fund: '路灯', amount: '48000', life: 120, use: 'welfare', date: '2025-05-10' },
}
const software: Story = [
  [
    'PayExpense',
    {
      ...{ id: '支2', date: '2025-01-05', item: '软件', account: '161', payee: { organisation: '软件公司' } },
      ...{ amount: '12000', from: '102-基本户' },
    },
  ],
  [
    'OpenAssetCard',
    {
      ...{ card: '软1', name: '财务软件', account: '161', cost: '12000', life: 24, inService: '2025-01' },
      ...{ use: 'own', on: '2025-01-05' },
    },
  ],
]
const disposal = { card: '房1', date: '2025-01-20', reason: '危房拆除' }

/** Assets by their cards: depreciation, disposal, and what a grant ends as. */
export const ASSETS: readonly Fact[] = [
  fact(
    '按卡片计提折旧和摊销：固定资产记累计折旧，无形资产记累计摊销',
    [house(), software, ['RunDepreciation', { month: '2025-01', date: '2025-01-31' }]],
    ['RunDepreciation', { month: '2025-02', date: '2025-02-28' }],
    `借 511-折旧 1000.00
     借 513-摊销 500.00
     贷 152 1000.00
     贷 162 500.00`,
  ),
  fact(
    '报废固定资产：当月照提折旧，净值经固定资产清理记其他支出',
    [house()],
    ['DisposeAsset', disposal],
    `借 511-折旧 1000.00
     贷 152 1000.00
     借 152 101000.00
     借 154 399000.00
     贷 151 500000.00
     借 515 399000.00
     贷 154 399000.00`,
  ),
  fact(
    '出售固定资产有净收益：记其他收入',
    [house(), ['RunDepreciation', { month: '2025-01', date: '2025-01-10' }]],
    ['DisposeAsset', { ...disposal, reason: '出售', proceeds: '450000', into: '102-基本户' }],
    `借 152 101000.00
     借 154 399000.00
     贷 151 500000.00
     借 102-基本户 450000.00
     贷 154 450000.00
     借 154 51000.00
     贷 504 51000.00`,
  ),
  fact(
    '出售无形资产：不经固定资产清理',
    [software],
    ['DisposeAsset', { card: '软1', date: '2025-01-25', reason: '转让', proceeds: '11000', into: '102-基本户' }],
    `贷 161 12000.00
     借 102-基本户 11000.00
     借 515 1000.00`,
  ),
  fact(
    '用专项补助付工程款：先记在建工程，完工才核销专项应付款',
    [lamps, granted],
    work('支1', '48000', fromGrant),
    `借 153 48000.00 〔路灯〕
     贷 102-基本户 48000.00 〔路灯〕`,
  ),
  fact(
    '专项工程完工：在建工程转固定资产，专项应付款转公积公益金',
    [built, work('支2', '6000')],
    ['CompleteProject', { ...completion, own: '6000' }],
    `借 151 54000.00
     借 241-路灯 48000.00 〔路灯〕
     贷 153 48000.00 〔路灯〕
     贷 153 6000.00
     贷 311-政府补助形成 48000.00`,
  ),
  fact(
    '退回没有用完的专项补助款',
    [built],
    [
      'ReturnGrant',
      { fund: '路灯', amount: '2000', to: '街道办', reason: '工程结余', date: '2025-06-01', from: '102-基本户' },
    ],
    `借 241-路灯 2000.00 〔路灯〕
     贷 102-基本户 2000.00 〔路灯〕`,
  ),
]
