/** A cell as its owner sees it. A number is written in full with at most 15 digits, a day as `2025-03-15`. */
export type Cell = {
  kind: 'text' | 'number' | 'date' | 'other'
  text: string
  /** Whether a formula computed it; `text` is what the spreadsheet program last stored. */
  formula: boolean
}
/** A sheet from A1 on; what is empty is undefined. */
export type Sheet = { name: string; hidden: boolean; rows: (Cell | undefined)[][] }

/** One thing wrong with a workbook, named by its sheet and cell. `line` is the sheet's row, from 1. */
export type CellProblem = { sheet: string; cell: string; line: number; reason: string }

/** A file that cannot be imported, with every wrong cell; nothing was written. */
export class BadCells extends Error {
  readonly code = 'BadFile'
  readonly detail: { problems: (Partial<CellProblem> & { line: number; reason: string })[] }

  constructor(problems: BadCells['detail']['problems']) {
    const said = problems.map(({ sheet, cell, line, reason }) => {
      const where = cell === undefined ? `第 ${line} 行` : sheet === undefined ? cell : `${sheet}!${cell}`
      return `${where}：${reason}`
    })
    super(`文件里有 ${problems.length} 处要改，什么也没有导入：\n${said.join('\n')}`)
    this.name = 'BadCells'
    this.detail = { problems }
  }
}

/** A file that is no workbook, or one that is not opened for safety's sake. */
export class BadWorkbook extends Error {
  readonly code = 'BadWorkbook'

  constructor(message: string) {
    super(message)
    this.name = 'BadWorkbook'
  }
}

/** Whether the bytes begin like an xlsx workbook (a zip archive). */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/** `B12` of a row counted from 1 and a column counted from 0. */
export function cellName(row: number, column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${row}`
}
