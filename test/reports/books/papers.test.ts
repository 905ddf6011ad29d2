import { describe, expect, test } from 'vitest'
import { coopProfile } from '../../../projections/profile.ts'
import { bookPdf, booksKnown, bookXlsx } from '../../../reports/books/files.ts'
import { REPORTS } from '../../../reports/books/registry.ts'
import type { BookQuery } from '../../../reports/books/report.ts'
import { groupMoney, shortHash } from '../../../reports/kit/figures.ts'
import { loadFonts } from '../../../reports/kit/fonts-node.ts'
import { capitalAmount } from '../../../src/domain/capital.ts'
import type { Sql } from '../../../src/store/sql.ts'
import { live, Story } from '../../projections/fixture.ts'
import { village } from '../../projections/village.ts'
import { testWith } from '../../support/programs.ts'
import { bare, pagesOf, wordsOf } from '../pdf-tools.ts'
import { reportOf } from './ledgers.ts'

const { events } = village()
const sql = live(events)
const hashes = new Map(events.filter(({ coop }) => coop === 'sun').map(({ revision, hash }) => [revision, hash]))
// When the village has what the report shows.
const PERIODS: Readonly<Record<string, string>> = { assets: '2025Q2', 'bank-reconciliation': '2025-01' }
const A4 = { width: 595.28, height: 841.89 }

function query(from: Sql, period: string): BookQuery {
  const signer = (actor: string) => actor.replace('M00001 via test', '王会计').replace('M00001', '王会计')
  return { sql: from, coop: 'sun', period, signer, hashOf: revision => hashes.get(revision) }
}

async function drawn(name: string, period: string): Promise<Uint8Array> {
  const coop = coopProfile(sql, 'sun')!
  const known = booksKnown(sql, 'sun')!
  const asked = query(sql, period)
  return bookPdf(reportOf(name), reportOf(name).build(asked), asked, { coop, known, fonts: loadFonts() })
}

describe('on paper', () => {
  for (const { name, title, columns } of REPORTS)
    testWith(['pdftotext'], `${name} prints every figure of its rows, its title and whose it is`, async () => {
      const period = PERIODS[name] ?? '2025Q1'
      const text = pagesOf(await drawn(name, period)).join('')
      const { rows } = reportOf(name).build(query(sql, period))
      // This co-op keeps no cash.
      if (name === 'cash-journal') expect(text).toContain('本期没有记录')
      else expect(rows.length, name).toBeGreaterThan(1)
      expect(text).toContain(bare(title))
      expect(text).toContain(coopProfile(sql, 'sun')!.name)
      const money = columns.filter(({ kind }) => kind === 'money').map(({ key }) => key)
      const missing = rows.flatMap(row =>
        money
          .map(key => groupMoney(row[key]!.replace('-', '')))
          .filter(amount => amount !== '0.00' && !text.includes(amount)),
      )
      expect(missing).toEqual([])
    })

  test('the same books are the same bytes, on paper and as a workbook', async () => {
    const coop = coopProfile(sql, 'sun')!
    const known = booksKnown(sql, 'sun')!
    for (const report of REPORTS) {
      const [first, second] = [await drawn(report.name, '2025-01'), await drawn(report.name, '2025-01')]
      expect(Buffer.compare(first, second), report.name).toBe(0)
      const book = () => bookXlsx(report, report.build(query(sql, '2025-01')), { coop, known, period: '2025-01' })
      expect(Buffer.compare(await book(), await book()), report.name).toBe(0)
    }
  })

  testWith(['pdftotext'], 'a book goes over to the next page with the sums it had', async () => {
    const pages = pagesOf(await drawn('account-ledger', '2025'))
    const over = pages.filter(page => page.includes('过次页'))
    expect(over.length).toBe(pages.filter(page => page.includes('承前页')).length)
    for (const [index, page] of pages.entries()) {
      const carried = /过次页([\d,.]*[借贷平][\d,.]*)/.exec(page)?.[1]
      if (carried !== undefined) expect(pages[index + 1]).toContain(`承前页${carried}`)
    }
  })
})

describe('记账凭证', () => {
  testWith(
    ['pdftotext'],
    'has every voucher with its number, capital amount, hash and who made and reviewed it',
    async () => {
      const text = pagesOf(await drawn('vouchers', '2025Q1')).join('')
      const numbers = new Map(
        reportOf('vouchers')
          .build(query(sql, '2025Q1'))
          .rows.map(row => [row.voucher!, row]),
      )
      expect(numbers.size).toBeGreaterThan(20)
      for (const [number, row] of numbers) {
        expect(text).toContain(bare(`记字第 ${number.split('-').at(-1)} 号`))
        expect(text).toContain(bare(`事件指纹 ${shortHash(row.eventHash!)}`))
      }
      expect(text).toContain(bare('制单：王会计'))
      expect(text).toContain('审核：规则')
      expect(text).toContain(capitalAmount('5000.00'))
    },
  )

  testWith(['pdftotext'], 'begins each month with its cover: first and last number, sheets, attachments', async () => {
    const pages = pagesOf(await drawn('vouchers', '2025-01'))
    const rows = reportOf('vouchers').build(query(sql, '2025-01')).rows
    const last = new Set(rows.map(row => row.voucher)).size
    expect(pages[0]).toContain('记账凭证封面')
    expect(pages[0]).toContain(`自第1号至第${last}号`)
    expect(pages[0]).toContain('装订人')
  })

  testWith(['pdftotext'], 'puts nothing across the line to cut along, and nothing off the page', async () => {
    for (const { y, bottom, x, right } of wordsOf(await drawn('vouchers', '2025Q1'))) {
      const cut = A4.height / 2
      if (bottom - y < 60) expect(y > cut || bottom < cut).toBe(true)
      expect(x).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(A4.width)
    }
  })

  testWith(['pdftotext'], 'prints a red voucher with its sum in red words and the number it cites', async () => {
    const pages = pagesOf(await drawn('vouchers', '2025-02'))
    const red = pages.find(page => page.includes('（红字）'))
    expect(red).toMatch(/冲销2025年\d+月记-\d+号/)
    expect(red).toMatch(/-¥[\d,]+\.\d\d/)
    expect(pages.join('')).toMatch(/已由2025年2月记-\d+号冲销/)
  })

  testWith(['pdftotext'], 'goes over several sheets 1/2, 2/2 when it has more lines than one holds', async () => {
    const story = new Story('sun')
    const many = Array.from({ length: 10 }, (_, index): [string, 'D', string] => ['513-办公', 'D', `${index + 1}.00`])
    story.add('VoucherPosted', { voucher: story.voucher('2025-01-05', '许多行', [...many, ['101', 'C', '55.00']]) })
    const asked = { ...query(live(story.events), '2025-01') }
    const frame = {
      fonts: loadFonts(),
      organisation: '社',
      period: '2025年1月',
      known: '',
      issuedAt: '2026-01-01T00:00:00.000Z',
    }
    const pages = pagesOf(await reportOf('vouchers').draw!(asked, frame))
    expect(pages[0]).toContain('记字第1号1/2')
    expect(pages[0]).toContain('（续下页）')
    expect(pages[1]).toContain('记字第1号2/2')
    expect(pages[1]).toContain(`人民币${capitalAmount('55.00')}¥55.00¥55.00`)
  })
})
