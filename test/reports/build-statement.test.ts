import { describe, expect, test } from 'vitest'
import type { ProjectedEvent } from '../../projections/projection.ts'
import { statementSource } from '../../reports/statement/build.ts'
import { fenOf } from '../../src/domain/money.ts'
import { live, Story, sha256 } from '../projections/fixture.ts'
import type { Play } from '../projections/play.ts'
import { village } from '../projections/village.ts'

const options = {
  resolve: (code: string) => (code === 'M00009' ? undefined : `王${code.slice(-2)}`),
  issuedAt: '2026-01-08T02:00:00.000Z',
}
const source = (events: readonly ProjectedEvent[] = village().events) =>
  statementSource(live(events), 'sun', 2025, options)

describe('the statement of one person', () => {
  test('lists every payment with date, voucher, basis, gross, withheld and net', () => {
    const data = source().of('M00001')
    expect(data.groups.map(({ kind, title }) => [kind, title])).toEqual([
      ['dividend', '股份分红'],
      ['allowance', '养老津贴'],
    ])
    expect(data.groups[0]?.rows).toEqual([
      {
        ...{ date: '2025-02-14', voucher: '2025-02 记-7', item: '2024年度分红', status: 'paid', paidOn: '2025-02-14' },
        ...{ basis: '12.5 股 × 120.00 元/股，决议〔2025〕1号', gross: '1500.00', withheld: '300.00', net: '1200.00' },
      },
    ])
    expect(data.groups[1]?.rows.map(({ item, basis }) => [item, basis])).toEqual([
      ['养老津贴 2025年1月', '年满60周岁次月起每月600元，决议〔2025〕3号'],
      ['养老津贴 2025年2月', '年满60周岁次月起每月600元，决议〔2025〕3号'],
    ])
    expect(data.total).toEqual({
      ...{ gross: '2700.00', withheld: '300.00', net: '2400.00', paid: '2400.00', outstanding: '0.00' },
      netInWords: '人民币贰仟肆佰元整',
    })
    expect(data.holdings).toEqual([{ shares: '12.5', recordDate: '2025-01-31' }])
  })

  test('says who the person is, and no name once it has been forgotten', () => {
    expect(source().of('M00008').person).toEqual({ name: '王08', code: 'M00008', household: 'H2（户主 王07）' })
    expect(source().of('M00009').person.name).toBe('已注销成员')
  })

  test('says what is still unpaid and why, and paid plus outstanding is net', () => {
    const all = source()
    const reason = (code: string) => all.of(code).outstanding.map(({ amount, reason }) => [amount, reason])
    expect(reason('M00010')).toEqual([['960.00', '尚未编入付款批次']])
    expect(reason('M00008')).toEqual([['960.00', '银行退回；请核对收款账号，将重新付款']])
    expect(reason('M00004')).toEqual([['600.00', '银行退回：账号有误；请核对收款账号，将重新付款']])
    expect(reason('M00012')).toEqual([['1000.00', '曾误付他人，正在追回；将重新付给您']])
    for (const code of all.codes) {
      const { net, paid, outstanding } = all.of(code).total
      expect(fenOf(paid) + fenOf(outstanding), code).toBe(fenOf(net))
    }
  })

  test('every subtotal and total is the sum of its rows', () => {
    const all = source()
    for (const code of all.codes) {
      const { groups, total } = all.of(code)
      for (const column of ['gross', 'withheld', 'net'] as const) {
        for (const { rows, subtotal } of groups)
          expect(rows.reduce((sum, row) => sum + fenOf(row[column]), 0)).toBe(fenOf(subtotal[column]))
        expect(groups.reduce((sum, { subtotal }) => sum + fenOf(subtotal[column]), 0)).toBe(fenOf(total[column]))
      }
    }
  })

  test('counts goods as given at their value', () => {
    const relief = source()
      .of('M00011')
      .groups.find(({ kind }) => kind === 'relief')
    expect(relief?.rows).toMatchObject([
      { item: '困难救助（临时）', net: '100.00', status: 'paid', note: '实物，按公允价值' },
    ])
  })

  test('says why tax was withheld and who decided it, or why none was', () => {
    expect(source().of('M00001').withholdingBasis).toBe(
      '分红按 20% 代扣个人所得税。依据：个人所得税法第三条；决定人：王01。',
    )
    expect(source().of('M00021').withholdingBasis).toBe('本年没有需要代扣个人所得税的分红。')
  })

  test('keeps what was taken back, followed by the same with a minus', () => {
    const story = new Story()
    const members: [string, string, string][] = [['M00001', '1', '100.00']]
    const voucher = (amount: string, reverses?: string) =>
      story.voucher(
        '2025-02-06',
        '分红',
        [
          ['322-各项分配-成员分配', 'D', amount],
          ['113-分红', 'C', amount],
        ],
        reverses ? { reverses } : {},
      )
    story.add('CoopEstablished', {
      ...{ code: 'sun', name: '阳光', level: '社区', firstDay: '2025-01-01', demo: false },
      charter: { reserveRate: '0', objectionDays: 7, representatives: 0 },
    })
    story.add('MemberAdmitted', {
      person: 'M00001',
      identity: 'v1.x',
      birthMonth: '1980-01',
      on: '2025-01-01',
      basis: '户籍',
    })
    const run = {
      run: 'D1',
      year: 2024,
      resolution: '2025-1',
      mode: 'pool' as const,
      declared: '100.00',
      recordDate: '2024-12-31',
    }
    story.add('DividendDeclared', {
      ...{
        ...run,
        registerShares: '1',
        registerHash: 'ab',
        members,
        outsiders: [],
        withheld: [],
        basis: '按股',
        voucher: voucher('100.00'),
      },
    })
    story.add('DividendWithdrawn', {
      run: 'D1',
      reason: '名册有误',
      resolution: '2025-1',
      voucher: voucher('-100.00', story.lastNumber),
    })
    const all = source(story.events)
    const data = all.of('M00001')
    expect(data.groups[0]?.rows.map(({ item, net, status }) => [item, net, status])).toEqual([
      ['2024年度分红', '100.00', 'reversed'],
      ['撤回：2024年度分红', '-100.00', 'reversed'],
    ])
    expect(data.total).toMatchObject({ net: '0.00', paid: '0.00', outstanding: '0.00' })
    expect(all.manifest(() => '')).toMatchObject({ declared: '0.00', runs: [] })
  })

  test('shows what another co-op of the ledger paid apart from its own total, and the two together', () => {
    const play = village()
    group(play)
    const data = source(play.events).of('M00001')
    expect(data.elsewhere).toEqual([
      {
        organisation: '第一小组股份经济合作社',
        rows: [
          {
            ...{ date: '2025-03-20', voucher: '2025-03 记-2', item: '2024年度分红', status: 'unpaid' },
            ...{ gross: '2000.00', withheld: '0.00', net: '2000.00' },
          },
        ],
        subtotal: { gross: '2000.00', withheld: '0.00', net: '2000.00' },
      },
    ])
    expect(data.total.net).toBe('2400.00')
    expect(data.joined).toMatchObject({ net: '4400.00', netInWords: '人民币肆仟肆佰元整' })
    expect(source(play.events).of('M00002').elsewhere).toEqual([])
    expect(source(play.events).of('M00002').joined).toBeUndefined()
  })
})

function group(play: Play): void {
  play.coop = 'group'
  play.today = '2025-03-01'
  const charter = { reserveRate: '0', objectionDays: 7, representatives: 3 }
  play.do('EstablishCoop', {
    name: '第一小组股份经济合作社',
    level: '小组',
    firstDay: '2025-01-01',
    charter,
    demo: true,
  })
  const member = {
    person: { code: 'M00001', identity: 'v1.x' },
    birthMonth: '1955-03',
    on: '2025-01-01',
    basis: '户籍',
  }
  play.do('AdmitMembers', { members: [member] })
  play.do('IssueShares', { id: 'S', on: '2025-01-01', kind: '股', basis: '量化', holdings: [['M00001', '1']] })
  const lines = [
    { account: '102', debit: '9000.00' },
    { account: '322-未分配收益', credit: '9000.00' },
  ]
  play.do('RecordOpeningBalances', { on: '2025-03-01', priorYearClosed: true, lines })
  const plan = {
    title: '分红',
    matter: 'distribution-plan',
    body: 'representatives',
    content: ['分红'],
    budget: '2000.00',
    laidOpenOn: '2025-03-01',
  }
  play.do('ProposeResolution', { ...plan, proposedOn: '2025-03-01' })
  play.do('DeliberateResolution', { no: '2025-1', on: '2025-03-01', by: 'party-study', opinion: '同意' })
  play.today = '2025-03-20'
  const vote = { present: 3, inFavour: 3, against: 0, abstained: 0, noticeOn: '2025-03-02' }
  play.do('RecordVote', { no: '2025-1', on: '2025-03-20', ...vote })
  play.do('DiscloseDecision', { no: '2025-1', postedOn: '2025-03-20' })
  const run = { run: 'G2024', year: 2024, resolution: '2025-1', recordDate: '2025-03-01', date: '2025-03-20' }
  play.do('DeclareDividend', { ...run, pool: '2000.00' })
}

describe('the manifest of a year', () => {
  test('sums to what was declared, of this co-op only, and names every statement with its hash', () => {
    const all = source()
    const manifest = all.manifest(sha256)
    expect(manifest).toMatchObject({
      ...{ coop: 'sun', year: 2025, declared: '15900.00' },
      runs: [{ id: 'DIV2024', mode: 'per-share', perShare: '120.00', recordDate: '2025-01-31' }],
    })
    expect(manifest.members.reduce((sum, { amount }) => sum + fenOf(amount), 0)).toBe(fenOf(manifest.declared))
    expect(manifest.members.map(({ code }) => code)).toEqual(all.codes)
    expect(manifest.members[0]).toEqual({ code: 'M00001', shares: '12.5', amount: '1500.00', sha256: sha256('M00001') })
    expect(manifest.members.at(-1)).toMatchObject({ code: 'M00021', shares: '0', amount: '0.00' })
  })

  test('of a pool names the pool', () => {
    const play = village()
    group(play)
    const { runs } = statementSource(live(play.events), 'group', 2025, options).manifest(() => '')
    expect(runs).toEqual([{ id: 'G2024', mode: 'pool', pool: '2000.00', recordDate: '2025-03-01' }])
  })
})
