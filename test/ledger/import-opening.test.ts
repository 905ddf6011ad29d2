import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { payableOrigins } from '../../projections/payables.ts'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { checkDigitOf } from '../../src/ledger/id-number.ts'
import { importOpening } from '../../src/ledger/import-opening.ts'
import { openingTemplate } from '../../src/ledger/import-opening-template.ts'
import { BadCells, type Sheet } from '../../src/ledger/workbook.ts'
import { readWorkbook } from '../../src/ledger/workbook-node.ts'
import type { Office } from '../../src/office.ts'
import { openOffice } from '../../src/office-node.ts'
import { at, run, scratch } from '../cli/support.ts'
import { INVENTED, invented } from '../support/ledger.ts'

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.gone())

const owner = '阳光社区股份经济合作社'
const bank = { id: 'b', name: '基本户', bank: '农商银行', kind: '基本户', lastFour: '1234', owner, on: '2025-07-01' }
const OTHER = `99910119600307001${checkDigitOf('99910119600307001')}`
const other = { person: { name: '李某某', idNumber: OTHER }, on: '2025-07-01', relation: '居民', resident: true }
const fund = { fund: '慈善金', kind: 'restricted', purpose: '救助', allows: ['relief'], on: '2025-07-01' }
const asset = { asset: '店1', name: '一号店', kind: '店面', use: 'let', on: '2025-07-01' }
const lease = {
  ...{
    lease: '租1',
    asset: '店1',
    tenant: { organisation: '晋江某某贸易有限公司' },
    from: '2025-01-01',
    to: '2027-12-31',
  },
  ...{ monthlyRent: '10500', vatRate: '0.05', deposit: '20000', income: '501-物业租赁', on: '2025-07-01' },
}

/** A demo co-op whose books begin on `firstDay`, with all that the example workbook speaks of. */
const prepared = (office: Office, firstDay: string): Promise<void> =>
  run(
    office,
    'sun',
    ['EstablishCoop', { name: owner, level: '社区', firstDay, demo: true }],
    ['RegisterBankAccount', bank],
    ['OpenFund', fund],
    ['AdmitMembers', invented()],
    ['RegisterAsset', asset],
    ['SignLease', lease],
  )

const within = (work: (office: Office) => Promise<void>, firstDay = '2025-07-01'): Promise<void> =>
  at(place.path('data'), '2025-07-31', async office => {
    await prepared(office, firstDay)
    await work(office)
  })

let template: Uint8Array
let example: Sheet[]
beforeAll(async () => {
  template = await openingTemplate()
  example = await readWorkbook(template)
})

type Value = string | number | null
type Changes = Record<string, (rows: Value[][]) => Value[][]>

/** The example's sheets with some of them changed; row 0 holds the headings. */
function changed(changes: Changes): Sheet[] {
  const sheets = example.map(({ name, hidden, rows }) => {
    const plain = rows.map(row => row.map(cell => (cell?.kind === 'number' ? Number(cell.text) : (cell?.text ?? null))))
    return { name, hidden, rows: cellsOf(changes[name]?.(plain) ?? plain) }
  })
  const added = Object.keys(changes).filter(name => !example.some(sheet => sheet.name === name))
  return [...sheets, ...added.map(name => ({ name, hidden: false, rows: cellsOf(changes[name]!([])) }))]
}

const cellsOf = (rows: Value[][]): Sheet['rows'] =>
  rows.map(row =>
    row.map(value => {
      if (value === null || value === '') return undefined
      return { kind: typeof value === 'number' ? 'number' : 'text', text: String(value), formula: false }
    }),
  )

const set = (row: number, column: number, value: Value) => (rows: Value[][]) =>
  rows.map((cells, index) => (index === row - 1 ? cells.with(column, value) : cells))

async function given(office: Office, sheets: Sheet[] = example, more: object = {}) {
  const options = { coop: 'sun', actor: '会计 via cli', demo: true, dryRun: false, openAccounts: false, values: false }
  const bytes = new TextEncoder().encode(JSON.stringify(sheets))
  return importOpening(office, { ...options, bytes, sheets, ...more })
}

async function faults(office: Office, changes: Changes, more: object = {}): Promise<string[]> {
  try {
    await given(office, changed(changes), more)
  } catch (error) {
    if (error instanceof BadCells) return error.message.split('\n').slice(1)
    throw error
  }
  return []
}

const balanceOf = (office: Office, period: string, account: string) =>
  trialBalanceOf(office.sql, 'sun', period).find(row => row.account === account)

describe('the example workbook', () => {
  test('begins the books in mid-year: year’s beginning, movements, claims, leases, funds and numbers', () =>
    within(async office => {
      const done = await given(office)
      expect(done).toMatchObject({ on: '2025-07-01', accounts: 16, details: 1, claims: 1, leases: 1, events: 1 })
      expect(balanceOf(office, '2025', '102')).toMatchObject({ opening: '125000.00', closing: '165000.00' })
      expect(balanceOf(office, '2025', '501')).toMatchObject({ opening: '0.00', credit: '63000.00' })
      expect(payableOrigins(office.sql, 'sun')).toMatchObject([{ origin: '期初-分红-2023', amount: '1000.00' }])
      const state = await office.ledger.state('sun')
      expect(state.property.leases.get('租1')).toMatchObject({ arrears: 300_000, deposit: 2_000_000 })
      const spent = {
        ...{ date: '2025-07-05', summary: '付办公费' },
        lines: [
          { account: '513-办公', debit: '20' },
          { account: '102-基本户', credit: '20' },
        ],
      }
      await run(office, 'sun', ['PostVoucher', spent])
      expect([...state.books.vouchers.keys()]).toEqual(['2025-07-记-0', '2025-07-记-1'])
    }))

  test('says what the first bank statement must open with, and what to give it as outstanding', () =>
    within(async office => {
      const done = await given(office)
      if ('refusal' in done) throw new Error(done.refusal.message)
      const { opening, outstanding } = done.banks['102-基本户']!
      expect({ opening, outstanding }).toEqual({
        opening: '165800.00',
        outstanding: [{ voucher: '2025-07-记-0', amount: '-800.00' }],
      })
      const days = { from: '2025-07-01', to: '2025-07-31' }
      const statement = { statement: '七月', account: '102-基本户', ...days, opening, closing: '165800', lines: [] }
      await run(office, 'sun', ['ImportBankStatement', { ...statement, outstanding }])
    }))

  test('tried on a dry run shows what was understood and writes nothing; taken twice it is known', () =>
    within(async office => {
      const tried = await given(office, example, { dryRun: true })
      expect(tried).toMatchObject({ events: 1, understood: { nextNumber: [{ month: '2025-07', number: 1 }] } })
      expect((await office.ledger.state('sun')).books.vouchers.size).toBe(0)
      await given(office)
      expect(await given(office)).toMatchObject({ events: 0, importedAt: expect.any(String) })
      expect(await given(office, changed({ 资金: rows => rows.slice(0, 1) }))).toMatchObject({
        refusal: { code: 'BooksBegun' },
      })
    }))

  test('begins the books in January without movements', () =>
    within(async office => {
      const january: Changes = {
        科目: ([head, ...rows]) => [
          head!,
          ...rows.filter(row => !/^5/.test(String(row[0]))).map(row => [...row.slice(0, 5), null, null, row[4]!]),
        ],
        未付分红福利: set(2, 5, 2000),
        租户: set(2, 5, 0),
        银行未达: rows => rows.slice(0, 1),
        凭证起始号: rows => rows.slice(0, 1),
      }
      expect(await faults(office, january)).toEqual([])
      expect(balanceOf(office, '2025', '102')).toMatchObject({ opening: '125000.00', debit: '0.00' })
    }, '2025-01-01'))
})

describe('nothing is written, and each fault is named by sheet and cell', () => {
  let office: Office
  let own: ReturnType<typeof scratch>
  beforeAll(async () => {
    own = scratch()
    office = openOffice(own.path('data'), { now: () => '2025-07-31T02:00:00.000Z' })
    await prepared(office, '2025-07-01')
  })
  afterAll(async () => {
    expect((await office.ledger.state('sun')).books.vouchers.size).toBe(0)
    office.close()
    own.gone()
  })
  const fault = (title: string, changes: Changes, ...said: RegExp[]) =>
    test(title, async () => {
      const found = await faults(office, changes)
      for (const each of said) expect(found.join('\n')).toMatch(each)
      expect(found.length).toBeGreaterThan(0)
    })

  fault('when the year’s beginning does not balance', { 科目: set(2, 4, 3001) }, /^科目!E1：一般资金年初数借贷不平/m)
  fault('when a fund does not balance', { 科目: set(4, 4, 4000) }, /^科目!E1：资金“慈善金”年初数/m)
  fault('when the movements do not balance', { 科目: set(3, 5, 60001) }, /^科目!F1：一般资金本年累计借贷不平/m)
  fault('when a balance is not beginning and movements', { 科目: set(3, 7, 160001) }, /^科目!H3：.*160,000\.00/m)
  fault('when an account is unknown or not opened', { 科目: set(2, 0, '999') }, /^科目!A2：没有 999/m)
  fault(
    'when an account stands twice, or above its own sub-accounts',
    {
      科目: rows => [...rows, rows[1]!, ['102', '', '', '', 120000, 60000, 20000, 160000]],
    },
    /^科目!A18：科目 101 重复/m,
    /^科目!A19：102 等于它下面各明细之和/m,
  )
  fault('when an account of either side does not say which', { 科目: set(6, 3, '') }, /^科目!D6：.*可借可贷/m)
  fault('when income has a beginning', { 科目: set(15, 4, 5) }, /^科目!E15：.*不应有年初数/m)
  fault('when movements are negative', { 科目: set(2, 5, -1) }, /^科目!F2：.*不能是负数/m)
  fault(
    'when details and control account differ',
    { 往来明细: set(2, 5, 3999) },
    /^科目!H9：应付款余额 -4,000\.00.*差 -1\.00/m,
  )
  fault('when a counterparty is not registered', { 往来明细: set(2, 2, '张三') }, /^往来明细!C2：登记册里没有/m)
  fault('when a fund holds something else', { 资金: set(2, 1, 4999) }, /^资金!B2：.*5,000\.00/m)
  fault(
    'when an unpaid person is unknown',
    { 未付分红福利: set(2, 0, 'M00077') },
    /^未付分红福利!A2：本社登记册里没有 M00077/m,
  )
  fault('when a source is none that can be paid', { 未付分红福利: set(2, 3, '工资') }, /^未付分红福利!D2：来源只能是/m)
  fault('when a lease is not signed', { 租户: set(2, 0, '租9') }, /^租户!A2：没有编号为 租9/m)
  fault('when a bank item lies after the start', { 银行未达: set(2, 1, '2025-07-01') }, /^银行未达!B2：/m)
  fault('when a number is of a month before', { 凭证起始号: set(2, 0, '2025-06') }, /^凭证起始号!A2：/m)
  fault(
    'when a sheet or a heading is unknown',
    { 杂项: () => [['a']], 资金: set(1, 1, '余') },
    /^杂项!A1：不认识这张表/m,
    /^资金!B1：不认识的表头/m,
  )
})

test('an ID number finds the person; one that came as a number is refused with the reason', () =>
  within(async office => {
    const byNumber = (value: Value): Changes => ({ 未付分红福利: rows => set(2, 0, null)(set(2, 1, value)(rows)) })
    expect(await faults(office, byNumber(999101195003070000))).toMatchObject([expect.stringContaining('设为文本')])
    expect(await faults(office, byNumber(INVENTED))).toEqual([])
  }))

test('a sub-account of the co-op’s own is opened when that is asked for, a bank account never', () =>
  within(async office => {
    const own: Changes = { 科目: set(17, 0, '513-差旅费') }
    expect(await faults(office, own)).toMatchObject([expect.stringContaining('科目!A17')])
    const other = await faults(office, { 科目: set(3, 0, '102-另一户') }, { openAccounts: true })
    expect(other[0]).toContain('RegisterBankAccount')
    expect(await faults(office, own, { openAccounts: true })).toEqual([])
    expect((await office.ledger.state('sun')).books.subAccounts.has('513-差旅费')).toBe(true)
  }))

test('where the policy wants a second person the start waits for one, and says so', () =>
  within(async office => {
    const person = (code: string, role: string) =>
      ['AppointOfficer', { person: code, role, from: '2025-07-01' }] as const
    await run(
      office,
      'sun',
      ['RegisterPersons', { persons: [other] }],
      person('M00001', '会计'),
      person('M00002', '理事长'),
    )
    const rows = [{ of: 'RecordOpeningBalances', by: 'person' }]
    await run(
      office,
      'sun',
      ['SetReviewPolicy', { rows, reason: '办法' }],
      ['ApproveCommand', { id: 'S1', officer: 'M00002' }],
    )
    expect(await given(office)).toMatchObject({ waiting: true, events: 1 })
    await run(office, 'sun', ['ApproveCommand', { id: 'S2', officer: 'M00002' }])
    expect((await office.ledger.state('sun')).books.vouchers.has('2025-07-记-0')).toBe(true)
  }))
