import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { breakLines, titleLines } from '../../reports/kit/text.ts'

const { regular } = loadFonts()
const measure = (text: string) => regular.width(text) * 10

const PIECES = [
  '收益分配',
  '合作社',
  '，',
  '。',
  '（',
  '）',
  '《',
  '》',
  '“',
  '”',
  '、',
  '¥',
  '1,234.56',
  '2025',
  '年',
  '〔',
  '〕',
  '3',
  '号',
  ' ',
  'Mingzhang',
  '%',
]
const chineseText = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 60 }).map(pieces => pieces.join(''))

describe('lines are broken as Chinese is set', () => {
  test('nothing is lost or added but the spaces at the ends of lines', () => {
    fc.assert(
      fc.property(chineseText, fc.integer({ min: 60, max: 400 }), (text, width) => {
        const joined = breakLines(text, width, measure).join('')
        expect(joined.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })

  test('no line is wider than it may be', () => {
    fc.assert(
      fc.property(chineseText, fc.integer({ min: 60, max: 400 }), (text, width) => {
        for (const line of breakLines(text, width, measure)) expect(measure(line)).toBeLessThanOrEqual(width + 0.02)
      }),
    )
  })

  test('a closing mark never begins a line and an opening one never ends it (避头尾)', () => {
    const lines = breakLines(
      '按《农村集体经济组织法》（二〇二五年施行）第四十五条，定期公布财务情况；重大事项“及时公布”。',
      73,
      measure,
    )
    expect(lines.length).toBeGreaterThan(4)
    for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，。；）》”]/)
    for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（《“]$/)
  })

  test('an amount, a number of a document and a number with its unit are never parted', () => {
    const lines = breakLines('合计1,234,567.89元和〔2025〕13号决议以及2025年12月31日共1981户', 75, measure)
    for (const whole of ['1,234,567.89元', '〔2025〕13号', '2025年', '12月', '31日', '1981户']) {
      expect(lines.some(line => line.includes(whole))).toBe(true)
    }
  })

  test('a web address longer than the line is broken rather than run over the edge', () => {
    const lines = breakLines(`见https://mingzhang.example.cn/${'a'.repeat(80)}`, 100, measure)
    expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(100)
  })

  test('a title of two lines is broken where the sense pauses', () => {
    const lines = titleLines('关于2025年第四季度财务收支和实施结果的公示', 200, measure)
    expect(lines).toEqual(['关于2025年第四季度', '财务收支和实施结果的公示'])
  })
})
