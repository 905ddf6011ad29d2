import type { z } from 'zod'
import type { Column } from './import-csv.ts'
import type { CellProblem, Sheet } from './workbook.ts'
import { type SheetTable, type TableOptions, type TableRow, tableOf } from './workbook-table.ts'

const money = (name: string, ...titles: string[]) => ({ name, titles, optional: true as const })
const FUND = { name: 'fund', titles: ['资金'], optional: true } as const

/** The sheets of an opening workbook by name, and their columns. Only the first must be there. */
export const OPENING_SHEETS = {
  科目: [
    { name: 'account', titles: ['科目'] },
    { name: 'title', titles: ['科目名称'], optional: true },
    FUND,
    { name: 'side', titles: ['方向'], optional: true },
    { name: 'began', titles: ['年初数', '年初余额'] },
    money('debit', '本年累计借方'),
    money('credit', '本年累计贷方'),
    money('balance', '期初余额', '期末余额'),
  ],
  往来明细: [
    { name: 'account', titles: ['科目'] },
    FUND,
    { name: 'counterparty', titles: ['往来单位', '往来'] },
    { name: 'year', titles: ['年度'] },
    money('debit', '借方', '借方余额'),
    money('credit', '贷方', '贷方余额'),
  ],
  资金: [
    { name: 'fund', titles: ['资金'] },
    { name: 'balance', titles: ['余额'] },
  ],
  未付分红福利: [
    { name: 'member', titles: ['成员码'], optional: true },
    { name: 'id_number', titles: ['身份证号', '身份证号码'], optional: true },
    { name: 'name', titles: ['姓名'], optional: true },
    { name: 'kind', titles: ['来源'] },
    { name: 'year', titles: ['年度'] },
    { name: 'amount', titles: ['金额'] },
    FUND,
  ],
  租户: [
    { name: 'lease', titles: ['合同编号'] },
    { name: 'tenant', titles: ['租户'], optional: true },
    money('deposit', '押金'),
    money('prepaid', '预收租金'),
    money('later', '一年以上预收租金'),
    money('arrears', '欠租'),
  ],
  银行未达: [
    { name: 'account', titles: ['账户', '科目'] },
    { name: 'date', titles: ['日期'] },
    { name: 'summary', titles: ['摘要'], optional: true },
    { name: 'amount', titles: ['金额'] },
  ],
  凭证起始号: [
    { name: 'month', titles: ['月份'] },
    { name: 'number', titles: ['下一号', '凭证起始号'] },
  ],
} as const satisfies Record<string, readonly Column<string>[]>

export type SheetName = keyof typeof OPENING_SHEETS
/** Sheets for people, which are not read. */
export const OTHER_SHEETS: readonly string[] = ['说明', '选项']

/** The tables of an opening workbook, and everything found wrong with it so far. */
export class OpeningTables {
  readonly problems: CellProblem[] = []
  readonly #tables = new Map<string, SheetTable<string>>()

  constructor(sheets: readonly Sheet[], options: TableOptions) {
    for (const sheet of sheets) {
      if (OTHER_SHEETS.includes(sheet.name) || (sheet.rows.length === 0 && sheet.name !== '科目')) continue
      if (!Object.hasOwn(OPENING_SHEETS, sheet.name)) {
        const reason = `不认识这张表；能用的是 ${Object.keys(OPENING_SHEETS).join('、')}，其余请删去。`
        this.problems.push({ sheet: sheet.name, cell: 'A1', line: 1, reason })
        continue
      }
      const table = tableOf<string>(sheet, OPENING_SHEETS[sheet.name as SheetName], options)
      this.#tables.set(sheet.name, table)
      this.problems.push(...table.problems)
    }
    if (!this.#tables.has('科目'))
      this.problems.push({ sheet: '科目', cell: 'A1', line: 1, reason: '工作簿里没有“科目”这张表。' })
  }

  rows(sheet: SheetName): TableRow<string>[] {
    return this.#tables.get(sheet)?.rows ?? []
  }

  /** Notes a fault of a cell; of the heading when `row` is undefined. */
  fault(sheet: SheetName, row: number | undefined, column: string, reason: string): void {
    const table = this.#tables.get(sheet)
    const line = row ?? table?.head ?? 1
    this.problems.push({ sheet, cell: table?.cellOf(line, column) ?? 'A1', line, reason })
  }

  /** What a schema makes of a cell; undefined, and a fault noted, when it refuses it. */
  read<T>(sheet: SheetName, { row, cells }: TableRow<string>, column: string, schema: z.ZodType<T>): T | undefined {
    const parsed = schema.safeParse(cells[column])
    if (parsed.success) return parsed.data
    this.fault(sheet, row, column, cells[column] === '' ? '不能为空。' : (parsed.error.issues[0]?.message ?? '不对。'))
    return undefined
  }
}
