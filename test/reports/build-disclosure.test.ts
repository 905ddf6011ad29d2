import { describe, expect, test } from 'vitest'
import { reconciliation } from '../../projections/bank-reconciliation.ts'
import { publishedDisclosure } from '../../projections/publications.ts'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { disclosureClosings, disclosureData, disclosureFigures, figuresHashOf } from '../../reports/disclosure/build.ts'
import {
  type DisclosureData,
  type DisclosureEdition,
  type DisclosureKind,
  OUTCOME_GROUPS,
} from '../../reports/disclosure/data.ts'
import { fenOf, grouped } from '../../src/domain/money.ts'
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

describe('the outcome notice', () => {
  test('has the fourteen groups in their order, the empty ones without tables', () => {
    const data = build('outcome', 'public')
    expect(data.groups.map(({ no, title }) => [no, title])).toEqual(
      OUTCOME_GROUPS.map((title, index) => [index + 1, title]),
    )
    expect(group(data, 5)).toMatchObject({ tables: [] })
  })

  test('carries cash, income and spending to the fen as the books have them', () => {
    const data = build('outcome', 'public')
    const bank = trialBalanceOf(sql, 'sun', '2025Q1').find(({ account }) => account === '102-基本户')!
    expect(rows(data, 1)).toEqual([
      ['基本户（农商银行基本户）', bank.opening, bank.debit, bank.credit, bank.closing, '未到'],
    ])
    const balances = trialBalanceOf(sql, 'sun', '2025Q1')
    for (const [no, codes, sign] of [
      [2, ['501', '502', '503', '504'], -1],
      [3, ['511', '512', '513', '514', '515'], 1],
    ] as const) {
      const booked = balances.filter(({ account }) => (codes as readonly string[]).includes(account))
      const sum = booked.reduce((all, { debit, credit }) => all + sign * (fenOf(debit) - fenOf(credit)), 0)
      const totals = group(data, no).tables.map(table => fenOf(table.total?.find(cell => cell !== '') ?? '0.00'))
      const [subtotal, ...classes] = totals.reverse()
      expect(subtotal).toBe(sum)
      expect(classes.reduce((all, fen) => all + fen, 0)).toBe(sum)
    }
  })

  test('says of each bank account whether its statement has come, and what is on its way', () => {
    const play = village()
    const account = '102-基本户'
    const asked = { statement: '2025Q1', account, from: '2025-02-01', to: '2025-03-31' }
    const lines = [{ date: '2025-03-31', amount: '-4403.00' }]
    const told = () => {
      const now = disclosureFigures(live(play.events), 'sun', '2025Q1', Number.MAX_SAFE_INTEGER)
      return now.outcome.find(({ no }) => no === 1)?.tables[0]?.rows[0]?.at(-1)
    }
    expect(told()).toBe('未到')
    play.do('ImportBankStatement', { ...asked, opening: '52110.00', closing: '47707.00', lines })
    const { bookOnly = [], bankOnly = [] } = reconciliation(live(play.events), 'sun', account, '2025-03-31') ?? {}
    expect(told()).toBe(`已对账，未达${bookOnly.length + bankOnly.length}笔`)
    const all = { lines: bankOnly.map(({ id }) => id), vouchers: bookOnly.map(({ id }) => id) }
    play.do('MatchBankLines', { account, matches: [all] })
    expect(told()).toBe('已对账')
    const published = disclosureFigures(live(play.events), 'sun', '2025Q1')
    const hash = publishedDisclosure(live(play.events), 'sun', '2025Q1')?.figuresHash
    expect(figuresHashOf(published, sha256), 'what was published says what was known then').toBe(hash)
  })

  test('every total is the sum of its column', () => {
    for (const edition of ['public', 'members'] as const)
      for (const { tables } of build('outcome', edition).groups)
        for (const { columns, rows, total } of tables)
          columns.forEach((column, index) => {
            if (column.kind !== 'money' || !total?.[index]) return
            expect(rows.reduce((sum, row) => sum + fenOf(row[index] || '0.00'), 0)).toBe(fenOf(total[index]!))
          })
  })

  test('shows a spending with its voucher, payee and resolution, and a correction in red beside what it corrects', () => {
    const data = build('outcome', 'public')
    expect(rows(data, 3)).toContainEqual([
      '2025-02-13',
      '2025-02 记-1',
      '养老津贴（4人次）',
      '个人',
      '2400.00',
      '〔2025〕3号',
    ])
    expect(
      rows(data, 3)
        .filter(row => row.includes('文具店'))
        .map(row => row[4]),
    ).toEqual(['250.00', '-250.00', '205.00'])
  })

  test('says in plain words what came in, went out and is left, compared with the quarter before', () => {
    expect(build('outcome', 'public').lead[1]).toContain(
      '收入 4,000.02 元；支出 5,593.00 元。季末现金和银行存款共 47,707.00 元',
    )
    expect(build('outcome', 'public', '2025Q2').lead[1]).toContain('收入 3,833.34 元，比上季度少 166.68 元')
  })

  test('follows the dividend to who is still owed', () => {
    expect(rows(build('outcome', 'members'), 11)).toEqual([
      ['〔2025〕1号', '2024年度', '40000.00', '10%', '4000.00', '120.00', '132.5'],
      ['2024年度（DIV2024）', '13', '15900.00', '3180.00', '10800.00', '1920.00', '960.00'],
    ])
  })

  test('tells what officers owe, rent included', () => {
    expect(group(build('outcome', 'public'), 7).text?.at(-1)).toBe(
      '理事、监事和财务人员欠本社款项 3 人 700.00 元，正在清理。',
    )
  })

  test('sets what was decided against what was done', () => {
    expect(rows(build('outcome', 'public', '2025Q2'), 12)).toContainEqual([
      ...['〔2025〕1号', '2024年度收益分配方案', '20000.00', '15900.00', '4100.00', '已分配并付款'],
    ])
  })

  test('opens a quarter with what the last one published, and stops when it does not', () => {
    expect(rows(build('outcome', 'public', '2025Q2'), 1)[0]?.[1]).toBe('47707.00')
    const forged = live(events)
    forged.run(`UPDATE disclosures SET closings = '[["account","102-基本户","47707.01"]]'`)
    expect(() => disclosureData(forged, 'sun', '2025Q2', 'outcome', 'public', options)).toThrow(
      'published was 47707.01',
    )
  })

  test('charts only figures of its groups', () => {
    const data = build('outcome', 'public')
    const cells = data.groups.flatMap(({ tables }) =>
      tables.flatMap(table => [...table.rows.flat(), ...(table.total ?? [])]),
    )
    const texts = data.groups.flatMap(({ text = [] }) => text).join()
    const { charts } = data.annex
    expect(charts.map(({ title }) => title)).toEqual(['本季收入构成', '本季支出构成', '季末现金和银行存款'])
    for (const value of charts.flatMap(({ series }) => series.flatMap(({ values }) => values)))
      expect(cells.includes(value) || texts.includes(grouped(value)), value).toBe(true)
  })

  test('tells several lines of one voucher apart by their sub-account', () => {
    const items = rows(build('outcome', 'public'), 2).map(row => [row[3], row[4]])
    expect(items).toContainEqual(['计提2025-01租金收入（物业租赁）', 'L1'])
    expect(items).toContainEqual(['计提2025-01租金收入（摊位）', '4份'])
  })

  test('sums many alike lettings by kind, but keeps what is in arrears or about to end by itself', () => {
    const play = village()
    for (let shop = 1; shop <= 22; shop++) {
      const asset = { kind: '店面', use: 'let', on: '2025-04-30', asset: `B${shop}`, name: `市场${shop}号` }
      play.do('RegisterAsset', asset)
      play.do('SignLease', {
        ...{ lease: `LB${shop}`, asset: `B${shop}`, tenant: { organisation: `商户${shop}` }, on: '2025-04-30' },
        ...{ from: '2025-05-01', to: shop === 7 ? '2025-08-31' : '2026-12-31', monthlyRent: '10.00', vatRate: '0.05' },
        ...{ deposit: '0.00', income: '501-物业租赁' },
      })
    }
    const many = disclosureData(live(play.events), 'sun', '2025Q2', 'outcome', 'public', options)
    expect(rows(many, 4).map(row => row[0])).toEqual(['一号店', '市场7号', '其余店面（21份合同）', '摊位（4份合同）'])
    const all = disclosureData(live(play.events), 'sun', '2025Q2', 'outcome', 'members', options)
    expect(rows(all, 4)).toHaveLength(27)
  })
})

describe('the decision notice', () => {
  test('lists what was decided with its votes, money and notice', () => {
    const data = build('decision', 'public')
    expect(rows(data, 1)).toContainEqual([
      '〔2025〕1号',
      '2024年度收益分配方案',
      '成员代表大会',
      '30/28',
      '26/1/1',
      '不少于20',
      '通过',
    ])
    expect(rows(data, 3)).toContainEqual(['〔2025〕2号', '一号店出租', '12000.00', '租金收入（预计）'])
    expect(rows(data, 4)).toContainEqual([
      '〔2025〕1号',
      '2024年度收益分配方案',
      '2025-01-14',
      '2025-01-15 至 2025-01-21',
      '7',
    ])
    expect(group(data, 2).text?.[0]).toContain('提取公积公益金10%；每股分红 120 元')
  })
})

describe('the figures that are published', () => {
  test('are hashed as public rows, and every edition and notice carries that hash', () => {
    const hash = figuresHashOf(disclosureFigures(sql, 'sun', '2025Q1'), sha256)
    expect(publishedDisclosure(sql, 'sun', '2025Q1')?.figuresHash).toBe(hash)
    for (const kind of ['outcome', 'decision'] as const)
      for (const edition of ['public', 'members'] as const) expect(build(kind, edition).header.figuresHash).toBe(hash)
  })

  test('come out the same for ever, also when facts of that quarter are recorded later', () => {
    const before = JSON.stringify(disclosureFigures(sql, 'sun', '2025Q1'))
    const play = village()
    play.do('EndMembership', { person: 'M00011', on: '2025-03-20', reason: 'withdrawal' })
    play.do('TransferShares', { id: 'S9', from: 'M00008', to: 'M00007', shares: '1', on: '2025-03-15', basis: '补录' })
    const fund = { fund: '补登金', kind: 'held', purpose: '代管', owner: '业委会', allows: ['relief'] }
    play.do('OpenFund', { ...fund, on: '2025-02-01' })
    play.do('AppointOfficer', { person: 'M00004', role: '理事', from: '2025-02-01' })
    play.do('RaiseObjection', { id: 'O9', on: '2025-03-30', about: '补登' })
    const later = live(play.events)
    expect(JSON.stringify(disclosureFigures(later, 'sun', '2025Q1'))).toBe(before)
    const now = disclosureFigures(later, 'sun', '2025Q1', play.events.length)
    expect(JSON.stringify(now)).not.toBe(before)
  })

  test('fix the closing balance of every account and fund for the quarter after', () => {
    expect(disclosureClosings(sql, 'sun', '2025Q1')).toEqual([
      ['account', '102-基本户', '47707.00'],
      ['fund', '路灯', '5000.00'],
      ['fund', '慈善金', '3700.00'],
    ])
  })

  test('of a quarter that is not published are marked so, those of a demo as one', () => {
    expect(build('outcome', 'public').watermark).toBe('演示数据')
    const real = live(events)
    real.run('UPDATE coops SET demo = 0')
    const watermark = (quarter: string) => disclosureData(real, 'sun', quarter, 'outcome', 'public', options).watermark
    expect(watermark('2025Q1')).toBeUndefined()
    expect(watermark('2025Q2')).toBe('未发布')
  })

  test('stand under the names of the officers in office, the supervisors’ opinion and the board’s word', () => {
    const data = build('outcome', 'public')
    expect(data.header).toMatchObject({
      ...{ chair: '王理事', supervisor: '林监事', accountant: '陈会计', number: '公开〔2025〕2号', version: 1 },
      ...{ postedOn: '2025-04-08', objection: { from: '2025-04-09', to: '2025-04-15', days: 7 }, cutoff: '2025-03-31' },
    })
    expect(data.opinion).toEqual({
      text: '审核无误，同意公开',
      signatures: [{ role: '监事长', name: '林监事', date: '2025-04-08' }],
    })
    expect(data.truthStatement).toContain('确认人：王理事')
  })
})
