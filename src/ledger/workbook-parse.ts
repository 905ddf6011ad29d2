import { type CellValue, readXlsx } from 'hucre/xlsx'
import { BadWorkbook, type Cell, type Sheet } from './workbook.ts'

const MOST_ROWS = 100_000
const MOST_COLUMNS = 100

/** The sheets of a workbook whose archive was checked. Days are taken in the workbook's own date system (1900 or 1904). */
export async function parseWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  const { sheets } = await readXlsx(bytes, { readStyles: true })
  return sheets.map(({ name, hidden = false, veryHidden = false, rows, cells }) => {
    const last = rows.findLastIndex(row => row.some(value => value !== null && value !== ''))
    const used = rows.slice(0, last + 1)
    if (used.length > MOST_ROWS || used.some(row => row.length > MOST_COLUMNS))
      throw new BadWorkbook(`工作表“${name}”超过 ${MOST_ROWS} 行或 ${MOST_COLUMNS} 列，请删去多余的行列。`)
    return {
      name,
      hidden: hidden || veryHidden,
      rows: used.map((row, at) => row.map((value, column) => cellOf(value, cells?.get(`${at},${column}`)))),
    }
  })
}

type Special = { type: string; formula?: string; formulaResult?: CellValue; style?: { numFmt?: string } }

function cellOf(value: CellValue, special: Special | undefined): Cell | undefined {
  const formula = special?.type === 'formula' || special?.formula !== undefined
  const shown = formula ? (special?.formulaResult ?? value) : value
  if (shown === null || shown === '') return formula ? { kind: 'other', text: '', formula } : undefined
  if (special?.type === 'error') return { kind: 'other', text: String(shown), formula }
  if (shown instanceof Date) {
    if (Number.isNaN(shown.getTime())) return { kind: 'other', text: '', formula }
    return { kind: 'date', text: shown.toISOString().slice(0, 10), formula }
  }
  if (typeof shown === 'number') return { kind: 'number', text: numberText(shown, special?.style?.numFmt), formula }
  if (typeof shown === 'boolean') return { kind: 'other', text: shown ? 'TRUE' : 'FALSE', formula }
  return { kind: 'text', text: shown.replace(/\s*[\r\n]+\s*/g, ' ').trim(), formula }
}

// Spreadsheets keep 15 digits: what lies beyond is an artefact. A format of zeros alone (000000) shows leading ones.
function numberText(value: number, format: string | undefined): string {
  const text = String(Math.abs(value) < 1e15 ? Number(value.toPrecision(15)) : value)
  return format !== undefined && /^0{2,}$/.test(format) && /^\d+$/.test(text) ? text.padStart(format.length, '0') : text
}
