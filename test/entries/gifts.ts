import { fund, gift, programme } from '../support/stories.ts'
import { type Fact, fact } from './fact.ts'

const study = fund('助学金', 'restricted', ['scholarship', 'relief'])
const held = fund('近邻基金', 'held', ['relief', 'festival'])
const strict = fund('助困', 'restricted', ['relief'], { through514: true })
const rice: Fact['command'] = [
  'ReceiveGoods',
  {
    id: '物1',
    date: '2025-03-01',
    donor: { anonymous: true },
    fund: '助学金',
    items: [{ item: '大米', quantity: 100, unit: '袋', value: '6000' }],
    valuation: 'invoice',
  },
]
const spend = (name: string, amount = '1500'): Fact['command'] => [
  'PayExpense',
  {
    id: '支1',
    date: '2025-04-01',
    item: '救助款',
    payee: { person: 'M00012' },
    amount,
    from: '102-基本户',
    fund: name,
    purpose: 'relief',
  },
]

/** Gifts in, out and back: the account that holds the gift is debited, never 514 unless the township insists. */
export const GIFTS: readonly Fact[] = [
  fact(
    '收到不限用途的捐款',
    [],
    gift(undefined, '8000') as Fact['command'],
    `借 102-基本户 8000.00
     贷 311-受赠(未限定) 8000.00`,
  ),
  fact(
    '收到限定用途的捐款',
    [study],
    gift('助学金', '20000') as Fact['command'],
    `借 102-基本户 20000.00 〔助学金〕
     贷 311-受赠(限定)-助学金 20000.00 〔助学金〕`,
  ),
  fact(
    '替党支部代管的捐款：是应付款',
    [held],
    gift('近邻基金', '51000') as Fact['command'],
    `借 102-基本户 51000.00 〔近邻基金〕
     贷 211-代管款-近邻基金 51000.00 〔近邻基金〕`,
  ),
  fact(
    '收到捐赠的大米',
    [study],
    rice,
    `借 121-受赠物资 6000.00 〔助学金〕
     贷 311-受赠(限定)-助学金 6000.00 〔助学金〕`,
  ),
  fact(
    '发放捐赠的大米',
    [study, rice],
    [
      'GiveGoods',
      {
        id: '发1',
        date: '2025-03-20',
        fund: '助学金',
        purpose: 'relief',
        items: [{ item: '大米', quantity: 30, unit: '袋' }],
        recipients: 30,
        note: '每户一袋',
      },
    ],
    `借 311-受赠(限定)-助学金 1800.00 〔助学金〕
     贷 121-受赠物资 1800.00 〔助学金〕`,
  ),
  fact(
    '用限定捐款支出',
    [study, gift('助学金', '20000')],
    spend('助学金'),
    `借 311-受赠(限定)-助学金 1500.00 〔助学金〕
     贷 102-基本户 1500.00 〔助学金〕`,
  ),
  fact(
    '用代管款支出',
    [held, gift('近邻基金', '51000')],
    spend('近邻基金'),
    `借 211-代管款-近邻基金 1500.00 〔近邻基金〕
     贷 102-基本户 1500.00 〔近邻基金〕`,
  ),
  fact(
    '镇街要求经 514 列支：同额由 311 转入收益分配',
    [strict, gift('助困', '20000')],
    spend('助困'),
    `借 514-以捐赠款支出 1500.00 〔助困〕
     借 311-受赠(限定)-助困 1500.00 〔助困〕
     贷 322-未分配收益 1500.00 〔助困〕
     贷 102-基本户 1500.00 〔助困〕`,
  ),
  fact(
    '退还限定用途的捐款',
    [study, gift('助学金', '20000')],
    ['ReturnDonation', { donation: '捐1', amount: '5000', reason: '重复捐款', date: '2025-03-05', from: '102-基本户' }],
    `借 311-受赠(限定)-助学金 5000.00 〔助学金〕
     贷 102-基本户 5000.00 〔助学金〕`,
  ),
  fact(
    '用捐款批准救助：先欠受助人',
    [
      study,
      gift('助学金', '20000'),
      programme('relief', 'fund', { fund: '助学金' }),
      [
        'RequestRelief',
        { request: '救1', programme: 'relief', person: 'M00012', category: '医疗', asked: '3000', on: '2025-04-01' },
      ],
    ],
    ['ApproveRelief', { request: '救1', form: 'money', amount: '2000', conflict: '无亲属关系', date: '2025-04-10' }],
    `借 311-受赠(限定)-助学金 2000.00 〔助学金〕
     贷 211-救助 2000.00 〔助学金〕`,
  ),
  fact(
    '批准实物救助',
    [
      study,
      rice,
      programme('relief', 'fund', { fund: '助学金' }),
      [
        'RequestRelief',
        { request: '救1', programme: 'relief', person: 'M00012', category: '临时', asked: '600', on: '2025-04-01' },
      ],
    ],
    [
      'ApproveRelief',
      {
        request: '救1',
        form: 'goods',
        items: [{ item: '大米', quantity: 2, unit: '袋' }],
        conflict: '无亲属关系',
        date: '2025-04-10',
      },
    ],
    `借 311-受赠(限定)-助学金 120.00 〔助学金〕
     贷 121-受赠物资 120.00 〔助学金〕`,
  ),
  fact(
    '用捐款发奖学金：成员走 113，居民走 211',
    [study, gift('助学金', '20000'), programme('scholarship', 'fund', { fund: '助学金' })],
    [
      'AwardScholarship',
      {
        award: '奖1',
        programme: 'scholarship',
        period: '2025-09',
        awards: [
          { person: 'M00010', tier: '本科' },
          { person: 'M00011', tier: '本科' },
        ],
        date: '2025-09-10',
      },
    ],
    `借 311-受赠(限定)-助学金 6000.00 〔助学金〕
     贷 113-奖学助学 3000.00 〔助学金〕
     贷 211-奖学助学 3000.00 〔助学金〕`,
  ),
]
