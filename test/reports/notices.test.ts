import { describe, expect, test } from 'vitest'
import type { DisclosureData } from '../../reports/disclosure/data.ts'
import { OUTCOME_GROUPS } from '../../reports/disclosure/data.ts'
import { renderDisclosure } from '../../reports/disclosure/pdf.ts'
import { chineseNumber } from '../../reports/kit/figures.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import type { TableData } from '../../reports/kit/table.ts'
import { renderResolution } from '../../reports/resolution/pdf.ts'
import { testWith } from '../support/programs.ts'
import { pagesOf } from './pdf-tools.ts'
import { decision, longOutcome, outcome, outcomeGroups } from './samples-disclosure.ts'
import { dividendResolution, plainResolution } from './samples-resolution.ts'

const fonts = loadFonts()

const withTables = (tables: readonly TableData[]): DisclosureData => ({
  ...outcome,
  watermark: undefined,
  groups: outcomeGroups({ 1: { tables } }),
})

describe('the quarterly disclosure', () => {
  testWith(['pdftotext'], 'all fourteen groups stand in their order, the empty ones saying 本季度无', async () => {
    const text = pagesOf(await renderDisclosure({ ...outcome, groups: outcomeGroups({}) }, fonts)).join('')
    const pattern = OUTCOME_GROUPS.map((title, i) => `${chineseNumber(i + 1)}、${title}本季度无。`).join('.*')
    expect(text).toMatch(new RegExp(pattern))
  })

  test('an outcome without one of its groups is refused', () => {
    const data = { ...outcome, groups: outcome.groups.slice(1) }
    expect(() => renderDisclosure(data, fonts)).toThrow(/fourteen groups/)
  })

  testWith(['pdftotext'], 'a table of 220 rows keeps every row whole and repeats its head on each page', async () => {
    const pages = pagesOf(await renderDisclosure(longOutcome, fonts))
    const carrying = pages.filter(page => page.includes('租〔2024〕'))
    expect(carrying.length).toBeGreaterThan(5)
    for (const page of carrying) expect(page).toContain('日期凭证号付款方项目合同号金额')
    const text = pages.join('')
    for (const [date, voucher, , , contract] of longOutcome.groups[1]!.tables[0]!.rows) {
      expect(text).toMatch(new RegExp(`${date}${voucher}商户|${date}${voucher}泉州市`))
      expect(text).toContain(contract)
    }
  })

  testWith(['pdftotext'], 'a heading never ends a page: its table begins on the same one', async () => {
    for (let lines = 0; lines < 14; lines++) {
      const groups = outcomeGroups({
        1: { tables: [], text: Array.from({ length: lines }, () => '本段文字占去一行。') },
        2: outcome.groups[1]!,
      })
      const pages = pagesOf(await renderDisclosure({ ...outcome, watermark: undefined, groups }, fonts))
      expect(pages.find(page => page.includes('二、各项收入'))).toContain('收入明细单位：元日期凭证号')
    }
  })

  testWith(['pdftotext'], 'the supervisors sign on the page that holds their opinion', async () => {
    for (let lines = 0; lines < 14; lines++) {
      const groups = outcomeGroups({ 14: { text: Array.from({ length: lines }, () => '本段文字占去一行。') } })
      const pages = pagesOf(await renderDisclosure({ ...outcome, watermark: undefined, groups }, fonts))
      const page = pages.find(one => one.includes('监事会审核意见'))
      expect(page).toMatch(/同意公示。监事长：.*监事：.*监事：/)
    }
  })

  testWith(['pdftotext'], 'a cell longer than a page runs over pages and loses nothing', async () => {
    const long = Array.from({ length: 700 }, (_, i) => `第${i}句话。`).join('')
    const table: TableData = { columns: [{ title: '说明', width: 1, kind: 'text' }], rows: [[long]] }
    const pages = pagesOf(await renderDisclosure(withTables([table]), fonts))
    for (let i = 0; i < 700; i += 7) expect(pages.some(page => page.includes(`第${i}句`))).toBe(true)
  })

  testWith(['pdftotext'], 'a column of large amounts stays whole where a dozen columns share the page', async () => {
    const amounts = Array.from({ length: 10 }, (_, i) => `${99_999_999 - i}.0${i % 10}`)
    const table: TableData = {
      columns: amounts.map((_, i) => ({ title: `第${i + 1}列`, width: 1, kind: 'money' })),
      rows: [amounts],
    }
    const [first, second] = pagesOf(await renderDisclosure(withTables([table]), fonts))
    expect(`${first}${second}`).toContain('99,999,999.0099,999,998.0199,999,997.02')
  })

  testWith(['pdftotext'], 'the annex begins a page, and its charts print every value in 万元', async () => {
    const pages = pagesOf(await renderDisclosure({ ...outcome, watermark: undefined }, fonts))
    const annex = pages.findIndex(page => page.includes('图表、核对方法与英文摘要'))
    expect(pages[annex]).toMatch(/^阳光社区股份经济合作社2025年第四季度结果公开阳光股社公〔2026〕2号附件/)
    const text = pages.slice(annex).join('')
    for (const value of ['590.00', '630.00', '410.00', '345.00', '-0.12', '1,020.00', '22.96'])
      expect(text).toContain(value)
    expect(text).toContain('SummaryinEnglish')
  })

  testWith(
    ['pdftotext'],
    'the notice names its window of days, two telephones, signatures and the place of the seal',
    async () => {
      const text = pagesOf(await renderDisclosure({ ...decision, watermark: undefined }, fonts)).join('')
      expect(text).toContain('公示期自2026年1月16日至2026年1月25日，共10日。')
      expect(text).toContain('0595-85600001；监督电话（林䶮）：0595-85600002')
      expect(text).toContain('（盖章处）阳光社区股份经济合作社2026年1月15日')
      for (const role of ['理事长：', '监事长：', '会计：', '制表：']) expect(text).toContain(role)
    },
  )

  test('a chart whose series lacks a value is refused', () => {
    const chart = {
      title: '缺数',
      kind: 'bar',
      categories: ['甲', '乙'],
      series: [{ name: '丙', values: ['1.00'] }],
    } as const
    expect(() => renderDisclosure({ ...outcome, annex: { charts: [chart], english: [] } }, fonts)).toThrow(
      /lacks a value/,
    )
  })
})

describe('the notice of one resolution', () => {
  testWith(['pdftotext'], 'it is one page, with and without steps, money and QR code', async () => {
    expect(pagesOf(await renderResolution(dividendResolution, fonts))).toHaveLength(1)
    expect(pagesOf(await renderResolution(plainResolution, fonts))).toHaveLength(1)
  })

  testWith(['pdftotext'], 'it shows the count, the threshold and how the denominator was counted', async () => {
    const [page] = pagesOf(await renderResolution({ ...dividendResolution, watermark: undefined }, fonts))
    expect(page).toContain('应到实到赞成反对弃权结果63585512通过')
    expect(page).toContain('即不少于42人。计数办法：以全体成员代表63人为分母')
  })

  testWith(['pdftotext'], 'a vote that failed says 未通过', async () => {
    const vote = { ...plainResolution.vote, adopted: false }
    expect(pagesOf(await renderResolution({ ...plainResolution, vote }, fonts))[0]).toContain('未通过')
  })

  testWith(['pdftotext'], 'a long text flows on, and its seal stands with the signatures', async () => {
    const content = Array.from(
      { length: 40 },
      (_, i) => `第${i + 1}项安排，由理事会组织实施，监事会监督，实施结果按季公布。`,
    )
    const pages = pagesOf(await renderResolution({ ...dividendResolution, watermark: undefined, content }, fonts))
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.find(page => page.includes('（盖章处）'))).toContain('理事长：')
  })
})
