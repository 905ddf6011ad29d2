import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readArchive } from '../../src/cli/archive-file.ts'
import { type Filed, sha256 } from '../../src/ledger/archive-files.ts'
import type { Step } from '../support/coop.ts'
import { INVENTED } from '../support/ledger.ts'
import { runProgram, testWith } from '../support/programs.ts'
import { bank, established, fund, opening } from '../support/stories.ts'
import { at, file, mz, run, type Said, scratch } from './support.ts'

const place = scratch()
const DATA = place.path('data')
const NAME = '欧阳若兰'
const asSteps = (...list: readonly Step[]) => list.map(([n, body]): [string, unknown] => [n, body])

const taken = (date: string, summary: string, amount: string) => ({
  ...{ date, summary },
  lines: [
    { account: '102-基本户', debit: amount },
    { account: '501-物业租赁', credit: amount },
  ],
})
const owed = {
  ...{ date: '2025-03-20', summary: '应收' },
  lines: [
    { account: '112', debit: '300', counterparty: 'M00001' },
    { account: '504', credit: '300', counterparty: 'M00001' },
  ],
}

beforeAll(async () => {
  await at(DATA, '2025-01-03', office => run(office, 'sun', ...asSteps(established, bank, opening)))
  await at(DATA, '2025-03-20', async office => {
    const person = { name: NAME, idNumber: INVENTED }
    const persons = [{ person, on: '2025-03-20', relation: '承租人' }]
    await run(office, 'sun', ['RegisterPersons', { persons }])
    await run(office, 'sun', ['PostVoucher', taken('2025-03-05', '收租金', '12000')], ['PostVoucher', owed])
  })
  // January's first voucher is recorded while December is still open: the archive's log is one piece all the same.
  await at(DATA, '2026-01-08', office => run(office, 'sun', ['PostVoucher', taken('2026-01-06', '次年的租金', '7')]))
})
afterAll(() => place.gone())

/** Unpacks, and counts the files whose sum is as listed. */
const ANOTHER = `
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as zip:
    listed = [line.split('  ') for line in zip.read('SHA256SUMS').decode().splitlines()]
    print(zip.testzip(), sum(hashlib.sha256(zip.read(path)).hexdigest() == sum_ for sum_, path in listed))
`

const archive = (...more: string[]): Promise<Said> =>
  mz(['archive', '--coop', 'sun', '--year', '2025', '--data', DATA, ...more])
const check = (path: string, ...more: string[]): Promise<Said> => mz(['archive', '--check', path, ...more])
const indexOf = (path: string): Filed[] => {
  const [head = '', ...rows] = readFileSync(join(path, '归档目录.csv'), 'utf8').trim().split('\n')
  const keys = head.split(',')
  return rows.map(row => Object.fromEntries(row.split(',').map((cell, i) => [keys[i], cell])) as unknown as Filed)
}
const closing = (month: string): [string, unknown] => [
  'ClosePeriod',
  { month, unreconciled: '对账单未到', uncounted: '出纳请假' },
]
const close = async () => {
  await at(DATA, '2026-01-10', async office => {
    for (const month of ['01', '03']) await run(office, 'sun', closing(`2025-${month}`))
    await run(office, 'sun', ['CloseYear', { year: 2025 }])
  })
}

describe('archive', () => {
  test('a year is refused until its December is closed, and nothing is written', async () => {
    const out = place.path('early')
    for (const before of [async () => {}, close]) {
      await before()
      const said = await archive('--out', out, '--json')
      expect([said.code, said.out]).toEqual([1, ''])
      expect(JSON.parse(said.err)).toMatchObject({
        code: 'YearNotClosed',
        message: expect.stringContaining('ClosePeriod'),
      })
    }
    expect(readdirSync(place.path()).filter(name => name.startsWith('early'))).toEqual([])
    await at(DATA, '2026-01-11', office => run(office, 'sun', closing('2025-12')))
    expect(await archive('--out', place.path('sun'))).toMatchObject({ code: 0, err: '' })
  })

  test('holds the vouchers of each month, books, statements and the log, each in the index with pages, keeping and sum', () => {
    const filed = indexOf(place.path('sun'))
    expect(filed.map(({ number }) => Number(number))).toEqual(filed.map((_, index) => index + 1))
    const titled = (kind: string) => filed.filter(each => each.class === kind).map(({ path }) => path.split('/').at(-1))
    expect(titled('会计凭证')).toEqual(['2025-01', '2025-03', '2025-12'].map(month => `${month}-记账凭证.pdf`))
    const both = (...titles: string[]) => titles.flatMap(title => [`${title}.pdf`, `${title}.csv`])
    expect(titled('会计账簿')).toEqual(both('总账', '明细账', '现金日记账', '银行存款日记账', '科目余额表'))
    expect(titled('财务会计报告')).toEqual(both('资产负债表', '收益及收益分配表', '资金收支表', '往来账龄表'))
    expect(titled('其他会计资料')).toEqual(['2025.ndjson', '档案说明.json'])
    const kept = new Set(filed.map(each => `${each.class} ${each.keep} ${each.keepFrom} ${each.keepUntil}`))
    expect(kept).toEqual(
      new Set([
        ...['会计凭证 30年 2026-01-01 2055-12-31', '会计账簿 30年 2026-01-01 2055-12-31'],
        ...['财务会计报告 永久 2026-01-01 ', '其他会计资料 永久 2026-01-01 '],
      ]),
    )
    for (const { path, pages } of filed) expect([path, Number(pages) > 0]).toEqual([path, path.endsWith('.pdf')])
  })

  testWith(['pdfinfo'], 'counts the pages as another program counts them', () => {
    for (const { path, pages } of indexOf(place.path('sun')).filter(each => each.path.endsWith('.pdf'))) {
      const told = runProgram('pdfinfo', [place.path('sun', path)]).toString()
      expect([path, /^Pages: +(\d+)$/m.exec(told)?.[1]]).toEqual([path, pages])
    }
  })

  test('has the log from the first event of the year to the close of its December, and its figures as they were then', () => {
    const log = readFileSync(place.path('sun', '4-账本日志', '2025.ndjson'), 'utf8')
      .trim()
      .split('\n')
    const types = log.map(line => JSON.parse(line).type as string)
    expect([types[0], types.at(-1)]).toEqual(['CoopEstablished', 'PeriodClosed'])
    expect(log.some(line => line.includes('次年的租金'))).toBe(true)
    const bookOf = (name: string) => readFileSync(place.path('sun', '2-会计账簿', name), 'utf8')
    expect(bookOf('明细账.csv')).not.toContain('次年的租金')
    expect(bookOf('科目余额表.csv')).toContain('322-未分配收益,')
  })

  test('names nobody unless it is asked to, and then its files are for their owner alone', async () => {
    const texts = (path: string) => [...readArchive(place.path(path))].map(([, bytes]) => Buffer.from(bytes).toString())
    expect(texts('sun').some(text => text.includes(NAME))).toBe(false)
    expect(await archive('--out', place.path('named'), '--names')).toMatchObject({ code: 0 })
    expect(await archive('--out', place.path('named.zip'), '--names')).toMatchObject({ code: 0 })
    expect(texts('named').some(text => text.includes(NAME))).toBe(true)
    expect([place.path('named'), place.path('named.zip')].map(path => statSync(path).mode & 0o077)).toEqual([0, 0])
  })

  test('is the same to the byte when it is made again after more has been recorded, as a directory or a ZIP file', async () => {
    await archive('--out', place.path('first.zip'))
    // A fund that is opened later would stand in the year's fund report, with nothing in it.
    await at(DATA, '2026-02-08', office =>
      run(
        office,
        'sun',
        ['PostVoucher', taken('2026-02-06', '收租金', '8')],
        ...asSteps(fund('助学', 'restricted', ['scholarship'])),
      ),
    )
    await archive('--out', place.path('second.zip'))
    expect(readFileSync(place.path('second.zip')).equals(readFileSync(place.path('first.zip')))).toBe(true)
    const [zip, directory] = ['second.zip', 'sun'].map(path => readArchive(place.path(path)))
    expect([...zip!.keys()].sort()).toEqual([...directory!.keys()].sort())
    for (const [path, bytes] of zip!) expect([path, Buffer.compare(bytes, directory!.get(path)!)]).toEqual([path, 0])
  })

  testWith(
    ['python3'],
    'is checked by another program: its ZIP unpacks, and the sums of its files are as it reads them',
    () => {
      const said = runProgram('python3', ['-B', '-c', ANOTHER, place.path('first.zip')]).toString()
      expect(said.trim()).toBe(`None ${readArchive(place.path('sun')).size - 1}`)
    },
  )

  test('is never mixed with what is in a directory already', async () => {
    mkdirSync(place.path('taken'))
    file(place.path('taken', '别的.txt'), '别的')
    const { err } = await archive('--out', place.path('taken'), '--json')
    expect(JSON.parse(err).code).toBe('OutTaken')
    expect(readdirSync(place.path('taken'))).toEqual(['别的.txt'])
    mkdirSync(place.path('empty'))
    expect(await archive('--out', place.path('empty'))).toMatchObject({ code: 0 })
    expect(JSON.parse((await mz(['archive', '--coop', 'sun', '--json'])).err).code).toBe('BadUsage')
  })
})

describe('checking an archive', () => {
  const LOG = join('4-账本日志', '2025.ndjson')
  const spoilt = async (change: (directory: string) => void) => {
    const copy = place.path('copy')
    rmSync(copy, { recursive: true, force: true })
    cpSync(place.path('sun'), copy, { recursive: true })
    change(copy)
    const { code, out } = await check(copy, '--json')
    return [code, JSON.parse(out)]
  }
  const replace = (path: string, from: string | RegExp, to: string) => {
    const text = readFileSync(path, 'utf8')
    expect(text.replace(from, to)).not.toBe(text)
    writeFileSync(path, text.replace(from, to))
  }
  /** Writes the sums anew, in the list and in the index, as whoever altered the files would. */
  const resum = (directory: string) => {
    const summed = (path: string) => sha256(readFileSync(join(directory, path)))
    for (const filed of indexOf(directory))
      if (existsSync(join(directory, filed.path)) && summed(filed.path) !== filed.sha256)
        replace(join(directory, '归档目录.csv'), filed.sha256, summed(filed.path))
    const sums = readFileSync(join(directory, 'SHA256SUMS'), 'utf8').trim().split('\n')
    const again = sums.map(line => `${summed(line.slice(66))}  ${line.slice(66)}\n`)
    writeFileSync(join(directory, 'SHA256SUMS'), again.join(''))
  }

  test('finds it whole as a directory and as a ZIP file, without the ledger, and says where its log ends', async () => {
    const { hash } = JSON.parse(readFileSync(place.path('sun', LOG), 'utf8').trim().split('\n').at(-1)!)
    for (const path of ['sun', 'first.zip', 'named.zip'])
      expect(await check(place.path(path))).toMatchObject({ code: 0, err: '', out: expect.stringContaining(hash) })
    expect(JSON.parse((await check(place.path('sun'), '--json')).out)).toMatchObject({
      ok: true,
      coop: 'sun',
      year: 2025,
    })
  })

  test.each([
    [
      'a changed file',
      (at: string) => replace(join(at, '2-会计账簿', '总账.csv'), '12000', '12001'),
      'ArchiveAltered',
      '总账.csv',
    ],
    [
      'a file that is gone',
      (at: string) => rmSync(join(at, '2-会计账簿', '总账.pdf')),
      'ArchiveIncomplete',
      '总账.pdf',
    ],
    ['a file too many', (at: string) => file(join(at, '多.txt'), ''), 'ArchiveAltered', '多.txt'],
    ['no sums', (at: string) => rmSync(join(at, 'SHA256SUMS')), 'ArchiveIncomplete', 'SHA256SUMS'],
    ['sums that are none', (at: string) => file(join(at, 'SHA256SUMS'), '乱\n'), 'ArchiveUnreadable', 'SHA256SUMS'],
  ])('finds %s', async (_, change, code, path) => {
    expect(await spoilt(at => void change(at))).toEqual([
      2,
      expect.objectContaining({ ok: false, code, path: expect.stringContaining(path) }),
    ])
  })

  test('finds what was altered and summed again: by the index, and in the log by its chain', async () => {
    const said = async (change: (at: string) => void) => {
      const [, told] = await spoilt(at => {
        change(at)
        resum(at)
      })
      return told
    }
    const csv = (at: string) => join(at, '归档目录.csv')
    const gone = await said(at => replace(csv(at), /.*总账\.csv.*\n/, ''))
    expect(gone).toMatchObject({ code: 'ArchiveAltered', path: '2-会计账簿/总账.csv' })
    const extra = await said(at => replace(csv(at), /(.*)总账\.csv(.*\n)/, '$&$1无.csv$2'))
    expect(extra).toMatchObject({ code: 'ArchiveIncomplete', path: '2-会计账簿/无.csv' })
    const event = await said(at => replace(join(at, LOG), '收租金', '收粗金'))
    expect(event).toMatchObject({ code: 'ArchiveLogBroken', message: expect.stringContaining('与哈希不符') })
    const dropped = await said(at => replace(join(at, LOG), /^.*\n/, ''))
    expect(dropped).toMatchObject({ code: 'ArchiveLogBroken', message: expect.stringContaining('第 1 行应是') })
    const cut = await said(at => replace(join(at, LOG), /[^\n]*\n$/, ''))
    expect(cut).toMatchObject({ code: 'ArchiveLogBroken', message: expect.stringContaining('末尾') })
    const half = await said(at => replace(join(at, LOG), /.{9}\n$/, '\n'))
    expect(half).toMatchObject({ code: 'ArchiveLogBroken', message: expect.stringContaining('不完整') })
    const strange = await said(at => replace(join(at, '档案说明.json'), 'mingzhang-archive/v1', 'x'))
    expect(strange).toMatchObject({ code: 'ArchiveUnreadable', path: '档案说明.json' })
  })

  test('finds a ZIP file cut short or damaged, and a path that is not there', async () => {
    const whole = readFileSync(place.path('first.zip'))
    const flipped = Buffer.from(whole)
    flipped[Math.floor(whole.length / 2)]! ^= 0xff
    for (const bytes of [whole.subarray(0, -9), whole.subarray(0, 10), flipped]) {
      const { code, out } = await check(file(place.path('bad.zip'), bytes), '--json')
      expect([code, JSON.parse(out).code]).toEqual([2, 'ArchiveUnreadable'])
    }
    expect(await check(place.path('nowhere'))).toMatchObject({ code: 1, err: expect.stringContaining('找不到') })
  })
})
