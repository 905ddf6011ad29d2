import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Sheet } from '../../reports/kit/document.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import type { TableData } from '../../reports/kit/table.ts'
import { drawTable } from '../../reports/kit/table.ts'
import { shareWidth } from '../../reports/kit/table-widths.ts'
import { testWith } from '../support/programs.ts'
import { pagesOf } from './pdf-tools.ts'

const fonts = loadFonts()

/** Pages of a document that holds the tables and nothing else. */
async function pagesWith(...tables: TableData[]): Promise<string[]> {
  const margin = { top: 60, right: 60, bottom: 60, left: 60 }
  const sheet = new Sheet({
    issuedAt: '2026-01-08T02:00:00.000Z',
    fonts,
    title: '表',
    margin,
    runningHead: '',
    foot: '',
  })
  for (const table of tables) drawTable(sheet, table, { x: sheet.left, width: sheet.width })
  return pagesOf(await sheet.toBytes())
}

const ledger = (rows: number): TableData => ({
  columns: [
    { title: '项目', width: 3, kind: 'text' },
    { title: '金额', width: 1, kind: 'money' },
  ],
  rows: Array.from({ length: rows }, (_, i) => [`第${i + 1}行`, '1234567.89']),
  total: ['', '99.00'],
})

testWith(['pdftotext'], 'a total never stands on a page without a row above it', async () => {
  for (let rows = 25; rows < 42; rows++) {
    const page = (await pagesWith(ledger(rows))).find(one => one.includes('合计99.00'))
    expect(page).toContain(`第${rows}行1,234,567.89合计99.00`)
  }
})

testWith(['pdftotext'], 'a small table is not broken over two pages', async () => {
  for (let rows = 20; rows < 36; rows++) {
    const pages = await pagesWith(ledger(rows), { ...ledger(6), caption: '小表' })
    expect(pages.find(page => page.includes('小表'))).toMatch(/小表项目金额第1行.*第6行1,234,567\.89合计99\.00/)
  }
})

testWith(['pdftotext'], 'a table without rows says so, and still shows its head and total', async () => {
  const [page] = await pagesWith({ ...ledger(0), total: ['', '0.00'] })
  expect(page).toContain('项目金额本季度无合计0.00')
})

test('a row with a cell too few is refused rather than shifted', async () => {
  await expect(pagesWith({ ...ledger(1), rows: [['甲']] })).rejects.toThrow(/cells/)
})

test('the columns of a table fill its width, and none is narrower than it needs if all needs can be met', () => {
  const claim = fc
    .record({
      weight: fc.integer({ min: 1, max: 30 }),
      least: fc.integer({ min: 10, max: 60 }),
      extra: fc.integer({ min: 0, max: 200 }),
    })
    .map(({ weight, least, extra }) => ({ weight, least, most: least + extra }))
  fc.assert(
    fc.property(
      fc.array(claim, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 200, max: 700 }),
      (claims, width) => {
        const widths = shareWidth(claims, width)
        expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(width, 1)
        const least = claims.reduce((sum, one) => sum + one.least, 0)
        if (least <= width)
          for (const [i, one] of widths.entries()) expect(one).toBeGreaterThanOrEqual(claims[i]!.least - 0.001)
      },
    ),
  )
})
