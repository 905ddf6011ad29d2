import type { Column, TableData } from '../../reports/kit/table.ts'
import { yuan } from '../../src/domain/money.ts'

export const text = (title: string, width: number): Column => ({ title, width, kind: 'text' })
export const money = (title: string, width = 14): Column => ({ title, width, kind: 'money' })
export const count = (title: string, width = 9): Column => ({ title, width, kind: 'count' })
export const date = (title: string, width = 12): Column => ({ title, width, kind: 'date' })

/** Income entry by entry, with a red line among them. */
export function incomeTable(rows: number): TableData {
  return {
    caption: '收入明细',
    unit: '元',
    columns: [
      date('日期'),
      text('凭证号', 12),
      text('付款方', 20),
      text('项目', 22),
      text('合同号', 14),
      money('金额', 15),
    ],
    rows: Array.from({ length: rows }, (_, i) => [
      `2025-${10 + (i % 3)}-${String((i % 28) + 1).padStart(2, '0')}`,
      `记-${i + 1}`,
      i % 7 === 3 ? '泉州市阳光时代商业管理有限公司青阳分公司' : `商户${i + 1}`,
      i % 5 === 0 ? '青阳街218号店面2025年第四季度租金（含物业管理费）' : '店面租金',
      `租〔2024〕${i + 1}号`,
      i === 9 ? '-1200.00' : yuan(1_234_567 + i * 98_765),
    ]),
    total: ['', '', '', '', '', '23456789.01'],
  }
}

export const cash: TableData = {
  unit: '元',
  columns: [text('账户', 26), money('期初'), money('收入'), money('支出'), money('期末'), text('与对账单核对', 13)],
  rows: [
    ['库存现金', '3210.50', '12000.00', '11000.00', '4210.50', '相符'],
    ['农业银行基本户（尾号 3312）', '8123456.78', '6543210.00', '5000000.00', '9666666.78', '相符'],
    ['农商银行专户（慈善基金）', '300000.00', '50000.00', '120000.05', '229999.95', '在途一笔'],
  ],
  total: ['', '8426667.28', '6605210.00', '5131000.05', '9900877.23', ''],
}

export const leases: TableData = {
  caption: '租约台账（节选）',
  unit: '元',
  columns: [
    text('资产', 20),
    text('面积㎡', 9),
    text('承租方', 16),
    date('到期日'),
    money('年租金'),
    money('本季应收'),
    money('本季实收'),
    money('欠租'),
    count('逾期天数', 8),
  ],
  rows: [
    ['青阳街店面218号', '86.5', '商户甲', '2027-06-30', '120000.00', '30000.00', '30000.00', '0.00', '0'],
    ['阳光大厦三层', '1,250', '某某培训学校', '2026-02-28', '450000.00', '112500.00', '75000.00', '37500.00', '46'],
    ['夜市摊位350个', '—', '摊主（逐户另册）', '2025-12-31', '4200000.00', '1050000.00', '1050000.00', '0.00', '0'],
  ],
  total: ['', '', '', '', '4770000.00', '1192500.00', '1155000.00', '37500.00', ''],
}

export const welfare: TableData = {
  caption: '按项目汇总',
  unit: '元',
  columns: [
    text('项目', 24),
    text('标准', 26),
    count('人数'),
    money('金额'),
    count('新增', 7),
    count('停发', 7),
    money('人均'),
  ],
  rows: [
    ['养老补助', '年满六十周岁次月起每月600元', '612', '1101600.00', '14', '5', '1800.00'],
    ['幼儿园学费补助', '每学期每人1,000元', '218', '218000.00', '31', '0', '1000.00'],
  ],
  total: ['', '', '830', '1319600.00', '45', '5', ''],
}

export const register: TableData = {
  columns: [
    text('决议', 16),
    text('机构', 14),
    text('应到／实到', 12),
    text('赞成／反对／弃权', 16),
    text('门槛', 14),
    text('实施结果', 28),
  ],
  rows: [
    ['〔2025〕3号 2024年度收益分配', '成员代表大会', '63／58', '55／1／2', '不少于42', '已付1,979人，退回1人，未领1人'],
  ],
}
