import { describe, expect, test } from 'vitest'
import { disclosureData } from '../../reports/disclosure/build.ts'
import { mergeSmall } from '../../reports/disclosure/build-privacy.ts'
import type { DisclosureData, DisclosureEdition, DisclosureKind } from '../../reports/disclosure/data.ts'
import { live, sha256 } from '../projections/fixture.ts'
import { village } from '../projections/village.ts'

const NAMES: Record<string, string> = { M00001: '王理事', M00005: '林监事', M00006: '陈会计', M00003: '密某人' }
const options = {
  resolve: (code: string) => NAMES[code],
  sha256,
  issuedAt: '2025-04-08T02:00:00.000Z',
  verification: (hash: string) => ({ url: `https://example.cn/v/${hash}`, text: '扫码核对' }),
}
const { events } = village()
const sql = live(events)

const build = (kind: DisclosureKind, edition: DisclosureEdition, quarter = '2025Q1') =>
  disclosureData(sql, 'sun', quarter, kind, edition, options)
const group = (data: DisclosureData, no: number) => data.groups.find(each => each.no === no)!
const rows = (data: DisclosureData, no: number) => group(data, no).tables.flatMap(table => table.rows)

describe('the public edition', () => {
  test('has no code of a person, no name but an officer’s in office, no phone but the two to call', () => {
    for (const kind of ['outcome', 'decision'] as const)
      for (const quarter of ['2025Q1', '2025Q2']) {
        const text = JSON.stringify(build(kind, 'public', quarter))
        expect(text).not.toMatch(/M\d{5}/)
        expect(text).not.toContain('密某人')
        expect(text.match(/0595-\d+/g)).toEqual(['0595-1000', '0595-2000'])
      }
  })

  test('says nothing of why relief was given', () => {
    expect(JSON.stringify(build('outcome', 'public'))).not.toContain('医疗')
  })

  test('names a giver only with consent, and a person never', () => {
    expect(rows(build('outcome', 'public'), 10).filter(row => row.length === 5)).toEqual(
      expect.arrayContaining([
        ['泉港某厂', '慈善金', '现金', '1', '5000.00'],
        ['个人（不具名）', '慈善金', '现金', '1', '300.00'],
        ['不具名', '慈善金', '物资', '1', '1000.00'],
      ]),
    )
    expect(JSON.stringify(build('outcome', 'members'))).not.toContain('粮店')
  })

  test('merges what concerns fewer than three persons', () => {
    expect(rows(build('outcome', 'public'), 9).map(row => [row[0], row[3], row[5]])).toEqual([
      ['养老津贴', '4', '4800.00'],
      ['其他项目（合并列示）', '3', '2600.00'],
    ])
    expect(
      rows(build('outcome', 'members'), 9)
        .slice(0, 3)
        .map(row => [row[0], row[3], row[5]]),
    ).toEqual([
      ['养老津贴', '4', '4800.00'],
      ['困难救助', '2', '1600.00'],
      ['奖学金', '1', '1000.00'],
    ])
    expect(rows(build('outcome', 'public'), 4).map(row => row[0])).toEqual(['一号店', '摊位（4份合同）'])
  })

  test('takes the next smallest group along until nobody can be worked out', () => {
    const merge = (list: { name: string; heads: number }[]) => ({
      name: list.map(({ name }) => name).join('+'),
      heads: list.reduce((sum, { heads }) => sum + heads, 0),
    })
    const of = (...heads: number[]) =>
      mergeSmall(
        heads.map((each, index) => ({ name: `${index}`, heads: each })),
        merge,
      )
    expect(of(9, 8, 1)).toEqual([
      { name: '0', heads: 9 },
      { name: '1+2', heads: 9 },
    ])
    expect(of(9, 2, 1)).toEqual([
      { name: '0', heads: 9 },
      { name: '1+2', heads: 3 },
    ])
    expect(of(3, 4)).toEqual([
      { name: '0', heads: 3 },
      { name: '1', heads: 4 },
    ])
    expect(of(1)).toEqual([{ name: '0', heads: 1 }])
  })
})

describe('the members’ edition', () => {
  test('lists by household, and masks whoever has none', () => {
    const lists = group(build('outcome', 'members'), 9).tables.slice(1)
    expect(lists.map(({ caption }) => caption)).toEqual([
      ...['养老津贴：分户清单', '分红 DIV2024：分户清单', '困难救助：分户清单', '奖学金：分户清单'],
    ])
    expect(lists[1]?.rows).toEqual([
      ['H1', '6', '7500.00'],
      ['H2', '6', '7200.00'],
      ['M0**20', '1', '1200.00'],
    ])
    expect(JSON.stringify(build('outcome', 'members'))).not.toMatch(/M\d{5}/)
  })
})
