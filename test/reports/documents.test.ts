import { describe, expect, test } from 'vitest'
import { renderDisclosure } from '../../reports/disclosure/pdf.ts'
import { longDate, shortHash } from '../../reports/kit/figures.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { A4, MM } from '../../reports/kit/ink.ts'
import { renderResolution } from '../../reports/resolution/pdf.ts'
import { renderStatement } from '../../reports/statement/pdf.ts'
import { testWith } from '../support/programs.ts'
import type { Word } from './pdf-tools.ts'
import { bare, glyphsDrawn, onPdf, pagesOf, pixelsOf, stringsOf, wordsOf } from './pdf-tools.ts'
import { emptyStatement, longStatement, seniorStatement, shortStatement } from './samples.ts'
import { decision, longOutcome, outcome } from './samples-disclosure.ts'
import { dividendResolution, plainResolution } from './samples-resolution.ts'

const fonts = loadFonts()

/** Every sample without its watermark, which lies across the page by intention. */
const SAMPLES = [
  { name: 'short statement', data: shortStatement, render: () => renderStatement(shortStatement, fonts), edge: 16 },
  {
    name: 'statement of a pensioner',
    data: seniorStatement,
    render: () => renderStatement({ ...seniorStatement, watermark: undefined }, fonts),
    edge: 16,
  },
  {
    name: 'statement of 31 rows',
    data: longStatement,
    render: () => renderStatement({ ...longStatement, watermark: undefined }, fonts),
    edge: 16,
  },
  {
    name: 'statement of nothing',
    data: emptyStatement,
    render: () => renderStatement(emptyStatement, fonts),
    edge: 16,
  },
  {
    name: 'outcome disclosure',
    data: outcome,
    render: () => renderDisclosure({ ...outcome, watermark: undefined }, fonts),
    edge: 18,
  },
  { name: 'outcome of 220 rows', data: longOutcome, render: () => renderDisclosure(longOutcome, fonts), edge: 18 },
  {
    name: 'decision disclosure',
    data: decision,
    render: () => renderDisclosure({ ...decision, watermark: undefined }, fonts),
    edge: 18,
  },
  {
    name: 'resolution',
    data: dividendResolution,
    render: () => renderResolution({ ...dividendResolution, watermark: undefined }, fonts),
    edge: 18,
  },
  { name: 'plain resolution', data: plainResolution, render: () => renderResolution(plainResolution, fonts), edge: 18 },
]

/** Codes the layout turns into words, instants and hashes it shortens: checked elsewhere, not looked for as they are. */
const UNPRINTED = new Set(['issuedAt', 'watermark', 'kind', 'status', 'edition', 'align', 'eventHash'])

function printedStrings(data: object): string[] {
  const prune = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(prune)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !UNPRINTED.has(key))
        .map(([key, one]) => [key, prune(one)]),
    )
  }
  return stringsOf(prune('annex' in data ? { ...data, annex: {} } : data)).filter(text => text !== '')
}

/** The middle half of a word's box: the boxes of neighbouring lines overlap, their ink must not. */
function core(word: Word) {
  const inset = (word.bottom - word.y) / 4
  return { top: word.y + inset, bottom: word.bottom - inset }
}

function collisions(words: readonly Word[]): string[] {
  const found: string[] = []
  for (const [i, a] of words.entries()) {
    for (const b of words.slice(i + 1)) {
      const isApart = a.page !== b.page || a.right <= b.x + 0.5 || b.right <= a.x + 0.5
      if (!isApart && core(a).top < core(b).bottom && core(b).top < core(a).bottom) found.push(`${a.text} × ${b.text}`)
    }
  }
  return found
}

describe.each(SAMPLES)('$name', ({ data, render, edge }) => {
  test('the same data give the same bytes', async () => {
    expect(Buffer.compare(await render(), await render())).toBe(0)
  })

  testWith(['qpdf'], 'the file is sound', async () => {
    expect(onPdf('qpdf', await render(), ['--check', 'FILE']).toString()).toContain(
      'No syntax or stream encoding errors',
    )
  })

  testWith(['pdftotext'], 'every text and every amount of the data can be read back', async () => {
    const text = pagesOf(await render()).join('')
    const missing = printedStrings(data).filter(one => !text.includes(one) && !text.includes(bare(longDate(one))))
    expect(missing.filter(one => !text.includes(bare(shortHash(one))))).toEqual([])
  })

  testWith(['pdftotext'], 'no text stands outside the margins', async () => {
    const outside = wordsOf(await render()).filter(
      word =>
        word.x < edge * MM - 0.5 ||
        word.right > A4.width - edge * MM + 0.5 ||
        word.y < 8 * MM ||
        word.bottom > A4.height - 6 * MM,
    )
    expect(outside).toEqual([])
  })

  testWith(['pdftotext'], 'no two words lie on each other', async () => {
    expect(collisions(wordsOf(await render()))).toEqual([])
  })

  testWith(['pdftotext', 'pdftoppm'], 'every word that can be read has ink on the page', async () => {
    const bytes = await render()
    const words = wordsOf(bytes).filter(word => word.page < 2)
    expect(words.length).toBeGreaterThan(20)
    const pictures = [...new Set(words.map(word => word.page))].map(page => pixelsOf(bytes, page, 72))
    const inkless = words.filter(word => !hasInk(pictures[word.page]!, word))
    expect(inkless).toEqual([])
  })

  testWith(['qpdf'], 'the box for a missing glyph is never drawn', async () => {
    const glyphs = glyphsDrawn(await render())
    expect(glyphs.size).toBeGreaterThan(20)
    expect(glyphs.has('0000')).toBe(false)
  })
})

/** At 72 dpi a pixel is a point. True when the box holds something darker than paper, tinted ground and hairlines. */
function hasInk(picture: ReturnType<typeof pixelsOf>, word: Word): boolean {
  for (let y = Math.floor(word.y); y < Math.ceil(word.bottom); y++) {
    for (let x = Math.floor(word.x); x < Math.ceil(word.right); x++) {
      if (picture.data[y * picture.width + x]! < 200) return true
    }
  }
  return false
}
