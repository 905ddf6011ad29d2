import type { DisclosureData, DisclosureGroup, DisclosureHeader } from '../../reports/disclosure/data.ts'
import { OUTCOME_GROUPS } from '../../reports/disclosure/data.ts'
import { yuan } from '../../src/domain/money.ts'
import { HASH } from './samples.ts'
import { cash, count, date, incomeTable, leases, money, register, text, welfare } from './samples-tables.ts'

const header: DisclosureHeader = {
  organisation: '阳光社区股份经济合作社',
  creditCode: 'N2350582MF0000001X',
  level: '社区',
  quarter: '2025年第四季度',
  title: '关于2025年第四季度财务收支和实施结果的公示',
  number: '阳光股社公〔2026〕2号',
  cutoff: '2025-12-31',
  version: 2,
  priorVersion: '第1版（2026年1月12日张贴）',
  figuresHash: HASH,
  verification: {
    url: 'https://mingzhang.example.cn/v/2025Q4#9f2c4b7ad01e6385',
    text: '手机扫码可打开公开网站，核对本公示的每一个数字；也可以在网站首页输入校验码。',
    code: '9F2C-4B7A-D01E-6385',
  },
  postedOn: '2026-01-15',
  objection: { from: '2026-01-16', to: '2026-01-25', days: 10 },
  contacts: [
    { label: '意见受理', person: '王会计', phone: '0595-85600001' },
    { label: '监督电话', person: '林䶮', phone: '0595-85600002' },
  ],
  address: '阳光社区服务中心三楼305室',
  preparer: '陈晓',
  chair: '王金聪',
  supervisor: '林䶮',
  accountant: '王会计',
}

/** The fourteen groups, filled where `contents` has something for their number. */
export function outcomeGroups(contents: Record<number, Partial<DisclosureGroup>>): DisclosureGroup[] {
  return OUTCOME_GROUPS.map((title, i) => ({ no: i + 1, title, tables: [], ...contents[i + 1] }))
}

/** A real quarter's outcome: most groups filled, some empty, a negative line, wide tables, charts. */
export const outcome: DisclosureData = {
  issuedAt: '2026-01-15T01:00:00.000Z',
  watermark: '演示数据',
  kind: 'outcome',
  edition: 'public',
  header,
  lead: [
    '根据《农村集体经济组织法》第四十五条和《农村集体经济组织财务公开规定》，现将本社2025年第四季度财务收支和决议实施结果公示如下。',
    '本季度收入6,300,000.00元，比上季度多120,000.00元，主要是店面租金按合同上调；支出4,100,000.00元，其中发给成员的养老补助和幼儿园补助1,319,600.00元。季末银行存款和现金共9,900,877.23元，账实相符。',
  ],
  groups: outcomeGroups({
    1: { tables: [cash], note: '银行账户逐户与12月31日对账单核对。' },
    2: { tables: [incomeTable(26)] },
    4: { tables: [leases], text: ['九十日内到期的合同2份，续租方案已列入下季度议题。'] },
    9: { tables: [welfare], note: '不公布个人姓名；成员可凭成员码查询本人记录。' },
    12: { tables: [register] },
    14: { text: ['更正：第1版第二组漏列一笔1,200.00元的退租，本版已用红字冲销补列。异议：收到1件，已书面答复。'] },
  }),
  opinion: {
    text: '监事会核对了本季度全部凭证、银行对账单和合同台账，抽查原始单据46份，未发现不符。同意公示。',
    signatures: [
      { role: '监事长', name: '林䶮', date: '2026-01-14' },
      { role: '监事', name: '欧阳𠅤宁', date: '2026-01-14' },
      { role: '监事' },
    ],
  },
  truthStatement: '理事会保证本公示的内容真实、完整（《农村集体经济组织法》第四十五条）。',
  annex: {
    charts: [
      {
        title: '近五个季度收入与支出',
        kind: 'bar',
        categories: ['2024年四季度', '2025年一季度', '2025年二季度', '2025年三季度', '2025年四季度'],
        series: [
          { name: '收入', values: ['5900000.00', '6100000.00', '6050000.00', '6180000.00', '6300000.00'] },
          { name: '支出', values: ['3800000.00', '3900000.00', '4500000.00', '4000000.00', '4100000.00'] },
        ],
      },
      {
        title: '本季度收入构成',
        kind: 'bar',
        categories: [
          '店面租金',
          '摊位租金',
          '土地租金',
          '投资收益',
          '政府补助',
          '以前年度合同违约金及其他收入',
          '冲销',
        ],
        series: [
          {
            name: '金额',
            values: ['3450000.00', '1050000.00', '980000.00', '620000.00', '150000.00', '50000.00', '-1200.00'],
          },
        ],
      },
      {
        title: '全年逐月货币资金余额',
        kind: 'line',
        categories: Array.from({ length: 12 }, (_, i) => `${i + 1}月`),
        series: [
          {
            name: '银行存款',
            values: Array.from({ length: 12 }, (_, i) => yuan(800_000_000 + ((i * 37) % 12) * 20_000_000)),
          },
          { name: '慈善基金专户', values: Array.from({ length: 12 }, (_, i) => yuan(30_000_000 - i * 640_000)) },
        ],
      },
    ],
    english: [
      'Summary in English',
      'Quarter 4 of 2025: income CNY 6,300,000.00, expenditure CNY 4,100,000.00, cash and bank CNY 9,900,877.23 at the end.',
      'Objections may be raised from 16 to 25 January 2026 by telephone 0595-85600001 or 0595-85600002.',
    ],
  },
}

/** A ledger that breaks over many pages. */
export const longOutcome: DisclosureData = {
  ...outcome,
  watermark: undefined,
  edition: 'members',
  groups: outcomeGroups({ 2: { tables: [incomeTable(220)] } }),
}

/** 决议公开: the quarter's resolutions and what is planned. */
export const decision: DisclosureData = {
  ...outcome,
  kind: 'decision',
  header: {
    ...header,
    title: '关于2025年第四季度决议事项和下季度计划的公示',
    number: '阳光股社公〔2026〕1号',
    version: 1,
    priorVersion: undefined,
  },
  lead: ['现将本社2025年第四季度作出的决议和2026年第一季度计划办理的事项公示如下。'],
  groups: [
    {
      no: 1,
      title: '本季度决议',
      tables: [
        {
          columns: [
            text('文号', 11),
            text('事项', 20),
            text('机构', 12),
            date('日期'),
            count('应到', 6),
            count('实到', 6),
            text('赞成/反对/弃权', 10),
            money('金额', 13),
            text('资金来源', 12),
          ],
          rows: [
            [
              '〔2025〕7号',
              '2026年度财务收支预算',
              '成员代表大会',
              '2025-12-18',
              '63',
              '57',
              '56/0/1',
              '21500000.00',
              '全部收入',
            ],
            ['〔2025〕8号', '青阳街路灯改造', '理事会', '2025-12-22', '7', '7', '7/0/0', '186000.00', '公积公益金'],
          ],
          total: ['', '', '', '', '', '', '', '21686000.00', ''],
          unit: '元',
        },
      ],
    },
    { no: 2, title: '下季度计划办理的事项', tables: [], text: ['召开成员代表大会审议2025年度决算和收益分配方案。'] },
    { no: 3, title: '变更和撤销的决议', tables: [] },
  ],
}
