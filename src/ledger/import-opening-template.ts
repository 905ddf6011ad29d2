import { type CellStyle, type CellValue, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { CHART, STANDARD_SUB_ACCOUNTS } from '../domain/chart.ts'
import { OPENING_SHEETS, type SheetName } from './import-opening-sheets.ts'

/** A filled example by sheet: a co-op that begins on 1 July with 基本户, the fund 慈善金, the lease 租1 and member M00001. */
const EXAMPLE: Record<SheetName, CellValue[][]> = {
  科目: [
    ['101', '库存现金', '', '', 3000, 0, 1000, 2000],
    ['102-基本户', '银行存款-基本户', '', '', 120000, 60000, 20000, 160000],
    ['102-基本户', '银行存款-基本户', '慈善金', '', 5000, 0, 0, 5000],
    ['112-租金', '应收款-租金', '', '', 0, 63000, 60000, 3000],
    ['113-分红', '内部往来-分红', '', '贷', 2000, 1000, 0, 1000],
    ['151', '固定资产', '', '', 500000, 0, 0, 500000],
    ['152', '累计折旧', '', '', 100000, 0, 10000, 110000],
    ['211', '应付款', '', '', 4000, 0, 0, 4000],
    ['211-押金', '应付款-押金', '', '', 20000, 0, 0, 20000],
    ['301', '资本', '', '', 300000, 0, 0, 300000],
    ['311-提取', '公积公益金-提取', '', '', 150000, 0, 0, 150000],
    ['311-受赠(限定)-慈善金', '公积公益金-受赠(限定)-慈善金', '慈善金', '', 5000, 0, 0, 5000],
    ['322-未分配收益', '收益分配-未分配收益', '', '', 47000, 0, 0, 47000],
    ['501-物业租赁', '经营收入-物业租赁', '', '', 0, 0, 63000, 63000],
    ['511-折旧', '经营支出-折旧', '', '', 0, 10000, 0, 10000],
    ['513-办公', '管理费用-办公', '', '', 0, 20000, 0, 20000],
  ],
  往来明细: [['211', '', '向阳百货有限公司', 2024, 0, 4000]],
  资金: [['慈善金', 5000]],
  未付分红福利: [['M00001', '', '', '分红', 2023, 1000, '']],
  租户: [['租1', '', 20000, 0, 0, 3000]],
  银行未达: [['102-基本户', '2025-06-28', '付印刷费，支票未兑', -800]],
  凭证起始号: [['2025-07', 1]],
}

const NOTES = [
  '期初余额工作簿：填好后用 mz import opening 文件.xlsx --coop 编号 --dry-run 检查，无误再导入。',
  '表里现有的数字是例子，请换成本社的；没有内容的表可以删去，“科目”不能缺。',
  '期初日就是建账日。1月1日建账只填年初数；年中建账再填本年累计借方、贷方，期初余额 = 年初数加减本年累计。',
  '科目只填最末一级。金额填在科目的正常方向（资产、支出在借方，负债、权益、收入在贷方）；113、154、181 要写方向。',
  '112、113、211、221 的余额要在“往来明细”“未付分红福利”“租户”三张表里逐户列清，合计相符。',
  '未付分红福利按成员码或身份证号填，导入后可以直接编制付款批次，名册编号为 期初-来源-年度。',
  '身份证号这一列是文本格式，请不要改成数字。',
  '银行未达填本社已记账、银行还没有收付的款项：收入为正，付出为负。',
]

const HEAD: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F4F3F0' } },
  numFmt: '@',
}
const MONEY = /^(began|debit|credit|balance|amount|deposit|prepaid|later|arrears)$/

/** The bytes of an opening workbook with examples and drop-downs. */
export async function openingTemplate(): Promise<Uint8Array> {
  const notes: WriteSheet = { name: '说明', rows: NOTES.map(note => [note]), columns: [{ width: 100 }] }
  const names = Object.keys(OPENING_SHEETS) as SheetName[]
  return writeXlsx({ sheets: [notes, ...names.map(sheetOf), choices()], defaultFont: { name: '宋体', size: 11 } })
}

const ACCOUNTS = [...CHART.keys(), ...STANDARD_SUB_ACCOUNTS].sort()

// The accounts are too many for a list in the cell's own rule.
const choices = (): WriteSheet => ({ name: '选项', hidden: true, rows: ACCOUNTS.map(account => [account]) })

function sheetOf(name: SheetName): WriteSheet {
  const columns = OPENING_SHEETS[name]
  const validations = columns.flatMap((column, index) => choice(column.name, String.fromCharCode(65 + index)))
  return {
    name,
    columns: columns.map(column =>
      MONEY.test(column.name) ? { width: 16, numFmt: '#,##0.00' } : { width: 22, numFmt: '@' },
    ),
    rows: [columns.map(({ titles }) => titles[0]), ...EXAMPLE[name]],
    cells: new Map(columns.map((_, index) => [`0,${index}`, { style: HEAD }])),
    freezePane: { rows: 1 },
    dataValidations: validations,
  }
}

function choice(column: string, letter: string): NonNullable<WriteSheet['dataValidations']> {
  const range = `${letter}2:${letter}2000`
  if (column === 'account') {
    // Sub-accounts of the co-op's own are not in the list and may be written all the same.
    const formula1 = `选项!$A$1:$A$${ACCOUNTS.length}`
    return [{ type: 'list', formula1, range, allowBlank: true, showErrorMessage: false }]
  }
  const lists: Record<string, string[]> = { side: ['借', '贷'], kind: ['分红', '津贴', '奖学助学', '救助', '补助'] }
  const values = lists[column]
  if (!values) return []
  const error = { errorTitle: '请从列表里选', errorMessage: `只能是 ${values.join('、')}` }
  return [{ type: 'list', values, range, allowBlank: true, showErrorMessage: true, ...error }]
}
