import type {
  StatementData,
  StatementGroup,
  StatementKind,
  StatementRow,
  StatementSum,
} from '../../reports/statement/data.ts'
import { capitalAmount } from '../../src/domain/capital.ts'
import { add, fenOf, yuan } from '../../src/domain/money.ts'

export const HASH = '9f2c4b7ad01e63858e77c1b04f5a2d96e0c3418b7f6d5a291c0e8b3d7f4a6512'

/** Adds the three amounts of rows; the layout itself adds nothing. */
export function sumOf(rows: readonly StatementSum[]): StatementSum {
  const column = (pick: (row: StatementSum) => string) => yuan(rows.reduce((sum, row) => add(sum, fenOf(pick(row))), 0))
  return { gross: column(row => row.gross), withheld: column(row => row.withheld), net: column(row => row.net) }
}

export function group(kind: StatementKind, title: string, rows: readonly StatementRow[]): StatementGroup {
  return { kind, title, rows, subtotal: sumOf(rows) }
}

/** Completes a statement: totals, words and what is owed follow from the rows. */
export function statement(
  parts: Partial<StatementData> & { readonly groups: readonly StatementGroup[] },
): StatementData {
  const total = sumOf(parts.groups.map(one => one.subtotal))
  const owed = yuan((parts.outstanding ?? []).reduce((sum, row) => add(sum, fenOf(row.amount)), 0))
  return {
    issuedAt: '2026-01-08T02:00:00.000Z',
    organisation: { name: '阳光社区股份经济合作社', creditCode: 'N2350582MF0000001X' },
    year: 2025,
    person: { name: '陈䶮', code: 'M00012', household: '青阳小组第37户' },
    holdings: [{ shares: '12.5', recordDate: '2025-01-01' }],
    total: {
      ...total,
      paid: yuan(fenOf(total.net) - fenOf(owed)),
      outstanding: owed,
      netInWords: `人民币${capitalAmount(total.net).replace(/^人民币/, '')}`,
    },
    outstanding: [],
    withholdingBasis:
      '股份分红按《个人所得税法》第二条、第三条由支付方代扣20%；养老补助、奖学金和困难救助未代扣，由成员代表大会〔2025〕4号决议确定，经办人王会计。',
    elsewhere: [],
    howToCheck: [
      '用手机扫左下方的码，或在公开网站输入校验码，可核对每一笔是否计入已公布的总额。',
      '带身份证到社区服务中心一楼3号窗口，可查阅、复制凭证和决议（农村集体经济组织法第十三条）。',
    ],
    contacts: [
      { label: '会计', person: '王会计', phone: '0595-85600001' },
      { label: '监事会监督电话', phone: '0595-85600002' },
    ],
    issueDate: '2026-01-08',
    asOf: { eventHash: HASH, revision: 4127 },
    ...parts,
  }
}

const DIVIDEND: StatementRow = {
  date: '2025-06-20',
  voucher: '2025-06 记-18',
  item: '2024年度股份分红',
  basis: '12.5 股 × 380.00 元/股，决议〔2025〕3号',
  gross: '4750.00',
  withheld: '950.00',
  net: '3800.00',
  status: 'paid',
  paidOn: '2025-07-02',
}

/** Most shareholders: two dividends' worth of rows, everything paid. */
export const shortStatement = statement({
  person: { name: '欧阳𠅤宁', code: 'M00487' },
  groups: [group('dividend', '股份分红', [DIVIDEND])],
})

function allowance(month: number): StatementRow {
  const mm = String(month).padStart(2, '0')
  return {
    date: `2025-${mm}-25`,
    voucher: `2025-${mm} 记-${month + 30}`,
    item: `${month}月养老补助`,
    basis: '每月 600.00 元',
    gross: '600.00',
    withheld: '0.00',
    net: '600.00',
    status: month === 11 ? 'returned' : 'paid',
    ...(month === 11 ? { outstanding: '600.00', note: '账号已销户' } : { paidOn: `2025-${mm}-26` }),
  }
}

const allowances = Array.from({ length: 12 }, (_, i) => allowance(i + 1))

/** A pensioner with two payers, a tax, a returned payment. */
export const seniorStatement = statement({
  watermark: '演示数据',
  number: '分红对账〔2025〕0012号',
  groups: [group('dividend', '股份分红', [DIVIDEND]), group('allowance', '养老补助', allowances)],
  outstanding: [
    {
      item: '11月养老补助',
      voucher: '2025-11 记-41',
      since: '2025-11-25',
      amount: '600.00',
      reason: '银行退回：账号已销户，请带新银行卡到会计处登记',
    },
  ],
  elsewhere: [
    {
      organisation: '阳光社区青阳小组股份经济合作社',
      rows: [
        {
          date: '2025-07-15',
          voucher: '2025-07 记-6',
          item: '2024年度小组分红',
          gross: '4300.00',
          withheld: '860.00',
          net: '3440.00',
          status: 'paid',
          paidOn: '2025-07-18',
        },
      ],
      subtotal: { gross: '4300.00', withheld: '860.00', net: '3440.00' },
    },
  ],
  joined: { gross: '16250.00', withheld: '1810.00', net: '14440.00', netInWords: '人民币壹万肆仟肆佰肆拾元整' },
  verification: {
    url: 'https://mingzhang.example.cn/v/2025Q4#M00012.7K3FQ2MD9X',
    text: '手机扫码核对本对账单，或在公开网站输入校验码。',
    code: '7K3F-Q2MD-9XBT',
  },
})

const KINDS: readonly (readonly [StatementKind, string, string])[] = [
  ['dividend', '股份分红', '成员股 1,234.5678 股 × 3,800.00 元/股，成员代表大会决议〔2025〕3号'],
  ['allowance', '养老补助', '年满六十周岁的次月起每月 600.00 元，章程第四十一条'],
  ['scholarship', '奖学金', '本科录取，奖学金办法第五条第（二）款，评议小组2025年8月20日名单'],
  ['relief', '困难救助', '家庭遭受火灾，临时救助，理事会决议〔2025〕11号，实物按公允价值计'],
]

function longRow(i: number, kind: number): StatementRow {
  const month = String((i % 12) + 1).padStart(2, '0')
  const gross = yuan(1_234_567 * (i + 1))
  return {
    date: `2025-${month}-15`,
    voucher: `2025-${month} 记-${100 + i}`,
    item: `${KINDS[kind]![1]}第${i + 1}笔`,
    basis: KINDS[kind]![2],
    gross,
    withheld: '0.00',
    net: gross,
    status: 'paid',
    paidOn: `2025-${month}-16`,
  }
}

/** 31 rows of every kind, long texts, rare characters, a character the fonts lack: flows to further pages. */
export const longStatement = statement({
  watermark: '草稿',
  person: {
    name: '古丽巴哈尔·阿卜杜热合曼㛃𠮷',
    code: 'M01981',
    household: '聚龙小镇第三网格阳光花园二期18栋2单元1503室（户主 欧阳䶮）',
  },
  holdings: [
    { kind: '人口股', shares: '1', recordDate: '2025-01-01' },
    { kind: '农龄股', shares: '1234.5678', recordDate: '2025-01-01' },
  ],
  groups: KINDS.map(([kind, title], k) =>
    group(
      kind,
      title,
      Array.from({ length: k === 0 ? 10 : 7 }, (_, i) => longRow(i, k)),
    ),
  ),
  outstanding: [
    {
      item: '困难救助第7笔',
      voucher: '2025-07 记-106',
      since: '2025-07-15',
      amount: '0.05',
      reason: '付错人，正在追回',
    },
  ],
})

/** Somebody who received nothing. */
export const emptyStatement = statement({ groups: [], holdings: [], withholdingBasis: '本年度没有代扣。' })
