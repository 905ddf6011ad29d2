import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { carryFiles, missingFrom } from '../../src/cli/kept-files.ts'
import { reading } from '../../src/cli/offices.ts'
import { blobName } from '../../src/store/blobs.ts'
import { jpeg, pdf, png } from '../ledger/document-files.ts'
import type { Step } from '../support/coop.ts'
import { bank, established, opening } from '../support/stories.ts'
import { at, file, mz, run, scratch } from './support.ts'

const COOP = 'yangguang'
const ACCOUNT = '102-基本户'
let place: ReturnType<typeof scratch>
let data: string

const paid = (date: string, amount: string): Step => [
  'PostVoucher',
  {
    ...{ date, summary: '付办公费', attachments: 1 },
    lines: [
      { account: '513-办公', debit: amount },
      { account: ACCOUNT, credit: amount },
    ],
  },
]

beforeEach(async () => {
  place = scratch()
  data = place.path('data')
  const steps = [established, bank, opening, paid('2025-01-06', '100'), paid('2025-01-30', '40')]
  await at(data, '2025-03-01', office => run(office, COOP, ...steps.map(([name, body]) => [name, body] as const)))
})
afterEach(() => place.gone())

const asked = (...args: string[]) => mz([...args, '--data', data, '--coop', COOP])
const json = async (...args: string[]) => {
  const said = await asked(...args, '--json')
  expect(said.code, said.err).toBe(0)
  return JSON.parse(said.out)
}

const JANUARY = `账号：6222 0000 0000 8888
交易日期,收入金额,支出金额,账户余额,流水号,摘要,对方户名
2025-01-21,5.00,,994905.00,A2,利息,
2025-01-07,,100.00,994900.00,A1,付款,李四文具店
`
const january = () => file(place.path('一月.csv'), JANUARY)
const importJanuary = () => asked('import', 'bank', january(), '--account', ACCOUNT, '--month', '2025-01')
const filesIn = () => (existsSync(`${data}/attachments`) ? readdirSync(`${data}/attachments`) : [])

describe('a bank’s file', () => {
  test('is taken once, its content is kept, and its texts and names are in no table and no event', async () => {
    expect((await importJanuary()).out).toContain('102-基本户 2025-01-01 至 2025-01-31，2 条流水（UTF-8，收支分列）')
    expect((await importJanuary()).out).toContain('已导入过')
    const name = blobName(new TextEncoder().encode(JANUARY))
    expect(filesIn()).toEqual([name.slice(0, 2)])
    const log = await reading(data, ({ sql }) => sql.rows('SELECT data FROM events').join('\n'))
    expect(log).toContain(name)
    for (const secret of ['李四', '利息', '文具']) expect(log).not.toContain(secret)
  })

  test('is only looked at on a dry run', async () => {
    const said = await asked('import', 'bank', january(), '--account', ACCOUNT, '--month', '2025-01', '--dry-run')
    expect(said.out).toContain('检查通过')
    expect(filesIn()).toEqual([])
    expect((await importJanuary()).out).toContain('已导入：')
  })

  test('that the rules refuse is not kept', async () => {
    const wrong = file(place.path('错.csv'), JANUARY.replaceAll('994', '884'))
    const said = await asked('import', 'bank', wrong, '--account', ACCOUNT, '--month', '2025-01')
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('账面是')])
    expect(filesIn()).toEqual([])
  })

  test('of another account is refused by its number, and one without a known heading with what to do', async () => {
    const other = file(place.path('别户.csv'), JANUARY.replace('8888', '1111'))
    expect((await asked('import', 'bank', other, '--account', ACCOUNT)).err).toContain('末四位是 1111')
    const odd = file(place.path('怪.csv'), '甲,乙\n1,2\n')
    expect((await asked('import', 'bank', odd, '--account', ACCOUNT)).err).toContain('bank-profiles.json')
    expect((await asked('import', 'bank', january(), '--account', ACCOUNT, '--profile', '没有')).err).toContain(
      '收支分列',
    )
  })

  test('that does not say its days ends with its last line, and says so', async () => {
    const first = file(place.path('a.csv'), '日期,收入,支出\n2025-01-07,,100\n')
    expect((await asked('import', 'bank', first, '--account', ACCOUNT)).err).toContain('--opening')
    const done = await json(
      'import',
      'bank',
      first,
      '--account',
      ACCOUNT,
      '--opening',
      '995000',
      '--from',
      '2025-01-01',
    )
    expect(done).toMatchObject({ from: '2025-01-01', to: '2025-01-07', closing: '994900.00', events: 1 })
    expect(done.warnings).toHaveLength(2)
    const second = file(place.path('b.csv'), '日期,收入,支出\n2025-01-21,5,\n')
    const next = await json('import', 'bank', second, '--account', ACCOUNT, '--to', '2025-01-31')
    expect(next).toMatchObject({ from: '2025-01-08', to: '2025-01-31', opening: '994900.00', closing: '994905.00' })
    const again = file(place.path('c.csv'), '日期,收入,支出\n2025-01-21,5,\n2025-02-01,,40\n')
    const overlap = await json('import', 'bank', again, '--account', ACCOUNT, '--from', '2025-01-21')
    expect(overlap).toMatchObject({ known: 1, rows: 2, opening: '994900.00' })
  })

  test('is read by own headings from bank-profiles.json', async () => {
    const own = [{ name: '某行', columns: { date: ['过账日'], amount: ['数'], balance: ['存'] } }]
    writeFileSync(`${data}/bank-profiles.json`, JSON.stringify(own))
    const odd = file(place.path('怪.csv'), '过账日,数,存\n20250107,-100,994900\n')
    const done = await json('import', 'bank', odd, '--account', ACCOUNT, '--month', '2025-01', '--profile', '某行')
    expect(done).toMatchObject({ profile: '某行', closing: '994900.00' })
    writeFileSync(`${data}/bank-profiles.json`, '[{}]')
    expect((await asked('import', 'bank', odd, '--account', ACCOUNT)).err).toContain('bank-profiles.json 有误')
  })

  test('the first may begin later, with what the bank had not passed', async () => {
    const february = file(place.path('二月.csv'), '日期,收入,支出,余额\n2025-02-03,,40,994860\n')
    const options = ['import', 'bank', february, '--account', ACCOUNT, '--month', '2025-02']
    expect((await asked(...options)).err).toContain('未达账项')
    expect((await asked(...options, '--outstanding', '2025-01-记-3=-40')).out).toContain('已导入')
    expect((await asked('bank', 'match', '--account', ACCOUNT, '--accept')).out).toContain('T1 ← L1 2025-02-03 -40.00')
  })
})

describe('matching', () => {
  test('suggestions show what the bank wrote, change nothing, and are taken with --accept', async () => {
    expect((await asked('bank', 'match', '--account', ACCOUNT)).err).toContain('import bank')
    await importJanuary()
    const told = await asked('bank', 'match', '--account', ACCOUNT, '--suggest')
    expect(told.out).toBe(
      '102-基本户 到 2025-01-31：建议勾对 1 组，还有 1 条流水没有着落。\n' +
        '2025-01-记-2 ← L1 2025-01-07 -100.00 A1 付款 李四文具店\n？ L2 2025-01-21 5.00 A2 利息\n',
    )
    expect(await json('bank', 'match', '--account', ACCOUNT, '--accept')).toMatchObject({ accepted: true })
    expect(await json('bank', 'match', '--account', ACCOUNT)).toMatchObject({ suggestions: [], open: [{ line: 'L2' }] })
  })

  test('the reconciliation leads both sides to the same balance', async () => {
    await importJanuary()
    await asked('bank', 'match', '--account', ACCOUNT, '--accept')
    const [table] = await json('bank', 'reconcile', '--month', '2025-01')
    expect(table).toMatchObject({
      book: '994860.00',
      bank: '994905.00',
      adjustedBook: '994865.00',
      adjustedBank: '994865.00',
    })
    const text = (await asked('bank', 'reconcile', '--month', '2025-01', '--format', 'text')).out
    expect(text).toMatch(/加：银行已收、企业未收\n {4}2025-01-21 L2 A2 5\.00\n/)
    expect(text).toMatch(/减：企业已付、银行未付\n {4}2025-01-30 2025-01-记-3 付办公费 40\.00\n/)
    expect(text.match(/994,865\.00/g)).toHaveLength(2)
    expect((await asked('bank', 'reconcile', '--month', '2025-02')).err).toContain('只录到 2025-01-31')
  })
})

describe('originals', () => {
  const paper = (name: string, bytes: Uint8Array) => file(place.path(name), bytes)

  test('are kept and attached together, and the same again changes nothing', async () => {
    const files = [paper('发票.pdf', pdf), paper('收据.bin', png)]
    const said = await asked('attach', ...files, '--voucher', '2025-01-记-2')
    expect(said.out).toMatch(/^已附在 2025-01-记-2 后面：\n[0-9a-f]{12} pdf .*发票\.pdf\n[0-9a-f]{12} png /)
    expect((await asked('attach', ...files, '--voucher', '2025-01-记-2')).out).toMatch(/^这些文件已经附在/)
    expect((await asked('attach', files[0]!, '--voucher', '2025-01-记-3')).err).toContain('附件见')
    const other = paper('另.jpg', jpeg)
    expect((await asked('attach', other, '--voucher', '2025-01-记-99')).err).toContain('没有')
    expect(filesIn(), 'nothing is kept of what is refused').not.toContain(blobName(jpeg).slice(0, 2))
    expect((await asked('attach', files[0]!, '--voucher', '2025-01-记-3', '--see', '2025-01-记-2')).code).toBe(0)
  })

  test('one wrong file, and none is kept', async () => {
    const said = await asked(
      'attach',
      paper('a.pdf', pdf),
      paper('b.pdf', Uint8Array.of(1, 2)),
      '--voucher',
      '2025-01-记-2',
    )
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('只收 PDF')])
    expect(filesIn()).toEqual([])
  })

  test('go along to another folder once, and come back from it', async () => {
    await importJanuary()
    await asked('attach', paper('a.pdf', pdf), '--voucher', '2025-01-记-2')
    const carry = (from: string, to: string) => reading(data, ({ sql }) => carryFiles(from, to, sql))
    const beside = place.path('backup')
    expect(await carry(data, beside)).toEqual([])
    rmSync(`${data}/attachments`, { recursive: true })
    expect((await mz(['verify', '--data', data])).err).toContain('找不到')
    expect(await carry(data, beside), 'what cannot be had is named').toHaveLength(2)
    expect(await carry(beside, data)).toEqual([])
    expect((await mz(['verify', '--data', data])).code).toBe(0)
  })

  test('that are gone or were touched are found, and so is a bank’s file', async () => {
    await importJanuary()
    await asked('attach', paper('a.pdf', pdf), paper('b.png', png), '--voucher', '2025-01-记-2')
    const faults = () => reading(data, ({ sql }) => missingFrom(data, sql))
    expect(await faults()).toEqual([])
    expect((await mz(['verify', '--data', data])).code).toBe(0)
    const pathOf = (bytes: Uint8Array) => `${data}/attachments/${blobName(bytes).slice(0, 2)}/${blobName(bytes)}`
    writeFileSync(pathOf(pdf), 'x')
    writeFileSync(pathOf(new TextEncoder().encode(JANUARY)), 'x')
    expect(await faults()).toMatchObject([
      { coop: COOP, hash: blobName(pdf), where: '2025-01-记-2', fault: 'damaged' },
      { coop: COOP, where: expect.stringContaining('对账单'), fault: 'damaged' },
    ])
    const verified = await mz(['verify', '--data', data])
    expect(verified).toMatchObject({
      code: 2,
      err: expect.stringContaining(`2025-01-记-2 的原始文件 ${blobName(pdf)} 已损坏`),
    })
    const told = await asked('bank', 'match', '--account', ACCOUNT)
    expect(told.out, 'a damaged file is not shown').not.toContain('李四')
  })
})
