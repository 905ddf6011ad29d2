import type { ResolutionData } from '../../reports/resolution/data.ts'
import { HASH } from './samples.ts'

/** A dividend resolution with every field filled. */
export const dividendResolution: ResolutionData = {
  issuedAt: '2025-05-30T08:00:00.000Z',
  watermark: '演示数据',
  organisation: { name: '阳光社区股份经济合作社', creditCode: 'N2350582MF0000001X' },
  number: '阳光股社〔2025〕3号',
  title: '关于2024年度收益分配方案的决议公开',
  matter: '2024年度收益分配方案',
  legalBasis: '《农村集体经济组织法》第二十六条第七项、第二十八条，《农村集体经济组织财务制度》第二十八条',
  body: '成员代表大会',
  meetingDate: '2025-05-28',
  noticeDate: '2025-05-16',
  steps: [
    { step: '提议', body: '社区党委会', date: '2025-05-06', result: '同意提出分配方案' },
    { step: '商议', body: '社区“两委”联席会', date: '2025-05-09', result: '到会11人，11人同意' },
    { step: '审议', body: '党员大会', date: '2025-05-14', result: '应到86人，实到71人，68人同意' },
    { step: '决议', body: '成员代表大会', date: '2025-05-28', result: '应到63人，实到58人，55人同意' },
  ],
  vote: {
    entitled: 63,
    present: 58,
    inFavour: 55,
    against: 1,
    abstained: 2,
    threshold: '全体成员代表的三分之二以上同意，即不少于42人',
    denominator: '以全体成员代表63人为分母，不以到会人数为分母；书面委托计入实到',
    adopted: true,
  },
  content: [
    '2024年度可分配收益18,632,450.00元，提取公积公益金2,794,867.50元后，以15,000,000.00元按成员份额分配。',
    '基准日为2025年1月1日，登记份额3,947.3684股，每股分配3,800.00元，分后余数留存未分配收益。',
    '公示期满无异议后二十日内通过银行代发，逐人出具对账单。',
  ],
  money: {
    amount: '15000000.00',
    inWords: '人民币壹仟伍佰万元整',
    source: '322 收益分配——未分配收益（2024年度）',
  },
  beneficiaries: '基准日登记在册的全体份额持有人，共1,981人',
  responsible: '理事长 王金聪',
  supervisor: '监事长 林䶮',
  objection: { from: '2025-05-31', to: '2025-06-09', days: 10 },
  contacts: [
    { label: '意见受理', person: '王会计', phone: '0595-85600001' },
    { label: '监督电话', phone: '0595-85600002' },
  ],
  address: '阳光社区服务中心三楼305室',
  signatures: [
    { role: '理事长', name: '王金聪', date: '2025-05-30' },
    { role: '监事长', name: '林䶮' },
  ],
  postedOn: '2025-05-30',
  asOf: { eventHash: HASH, revision: 1288 },
  verification: {
    url: 'https://mingzhang.example.cn/r/2025-3#9f2c4b7a',
    text: '手机扫码查看本决议在账本中的记录和以后的实施结果。',
    code: '9F2C-4B7A-D01E',
  },
}

/** A matter without money, steps or a QR code. */
export const plainResolution: ResolutionData = {
  ...dividendResolution,
  watermark: undefined,
  number: '聚福业〔2025〕1号',
  organisation: { name: '聚福小区业主共有资金管理小组' },
  title: '关于聘任张𠅤为财务监督员的决议公开',
  matter: '聘任财务监督员',
  steps: [],
  content: ['聘任张𠅤为财务监督员，任期自2025年7月1日起一年。'],
  money: undefined,
  beneficiaries: undefined,
  noticeDate: undefined,
  verification: undefined,
}
