import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BadArchive, checkArchive } from '../../src/ledger/archive-check.ts'
import { yearLog, yearNdjson } from '../../src/ledger/archive-log.ts'
import { unzipped } from '../../src/ledger/archive-unzip.ts'
import { zipped } from '../../src/ledger/export-zip.ts'
import { streamOf } from '../../src/ledger/ledger.ts'
import type { Office } from '../../src/office.ts'
import type { RecordedEvent } from '../../src/store/port.ts'
import { at, run, scratch } from '../cli/support.ts'
import { established } from '../support/stories.ts'

const place = scratch()
const taken = (date: string): [string, unknown] => [
  'PostVoucher',
  {
    date,
    summary: '收款',
    lines: [
      { account: '101', debit: '5' },
      { account: '504', credit: '5' },
    ],
  },
]
const close = (month: string): [string, unknown] => ['ClosePeriod', { month, uncounted: '出纳请假' }]
const on = (today: string, ...steps: [string, unknown][]) =>
  at(place.path('data'), today, office => run(office, 'sun', ...steps))

// December 2025 is closed late: January's first voucher is recorded before it.
beforeAll(async () => {
  await on('2025-01-02', [established[0], established[1]], taken('2025-01-02'))
  await on('2025-12-20', close('2025-01'), taken('2025-12-20'))
  await on('2026-01-09', taken('2026-01-08'), ['CloseYear', { year: 2025 }], close('2025-12'))
  await on('2026-12-31', close('2026-01'), taken('2026-12-30'), ['CloseYear', { year: 2026 }], close('2026-12'))
  await on('2027-01-04', taken('2027-01-04'))
})
afterAll(() => place.gone())

const read = <T>(work: (office: Office) => Promise<T>): Promise<T> => at(place.path('data'), '2027-01-05', work)
const logOf = (year: number) =>
  read(async office => {
    const log = await yearLog(office.store.read(streamOf('sun')), office.codec, year)
    if (!log) return undefined
    const text = await yearNdjson(office.store.read(streamOf('sun'), { from: log.before.revision + 1 }), log)
    return {
      log,
      events: text
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    }
  })

describe('the log of a year', () => {
  test('ends with the close of its December, and begins with what was first recorded in it or for it', async () => {
    const [first, second] = [await logOf(2025), await logOf(2026)]
    expect(first?.log.before).toMatchObject({ revision: -1, hash: '0'.repeat(64) })
    const ends = [first, second].map(each => each?.events.at(-1))
    expect(ends.map(({ type, data }) => [type, data.month])).toEqual([
      ['PeriodClosed', '2025-12'],
      ['PeriodClosed', '2026-12'],
    ])
    expect(second?.events[0].data.voucher.date).toBe('2026-01-08')
  })

  test('overlaps the year before where its first events were recorded before that was closed, in the same chain', async () => {
    const [first, second] = [await logOf(2025), await logOf(2026)]
    expect(second!.log.before.revision).toBeLessThan(first!.log.last.revision)
    const shared = first!.events.find(({ revision }) => revision === second!.log.before.revision)
    expect(shared.hash).toBe(second!.log.before.hash)
  })

  test('is none while December is open, of a year the books do not reach, and once December is opened again', async () => {
    expect([await logOf(2024), await logOf(2027), await logOf(2028)]).toEqual([undefined, undefined, undefined])
    const reopened = await read(async office => {
      const events: RecordedEvent[] = []
      for await (const event of office.store.read(streamOf('sun'))) events.push(event)
      const last = events.findLast(({ type }) => type === 'PeriodClosed')!
      const data = JSON.stringify({ month: '2026-12', reason: '补记', secondPerson: 'M00002' })
      const more = { ...last, revision: events.length, type: 'PeriodReopened', version: 1, data }
      const all = async function* () {
        yield* [...events, more]
      }
      return yearLog(all(), office.codec, 2026)
    })
    expect(reopened).toBe(undefined)
  })
})

describe('an archive as a file', () => {
  const files = new Map<string, string | Uint8Array>([
    ['甲/乙.txt', '一二三'],
    ['空.bin', new Uint8Array()],
  ])
  const zip = Buffer.from(zipped(files))
  const refusal = (bytes: Uint8Array): string => {
    try {
      unzipped(bytes, 'a.zip')
    } catch (error) {
      if (error instanceof BadArchive) return `${error.code} ${error.detail.reason}`
      throw error
    }
    return ''
  }

  test('unpacks to what was packed', () => {
    expect([...unzipped(zip, 'a.zip')].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['甲/乙.txt', '一二三'],
      ['空.bin', ''],
    ])
  })

  test('is refused when it is cut anywhere or any byte of its contents or directory is another', () => {
    let [cuts, flips] = [0, 0]
    for (let length = 0; length < zip.length; length++) {
      expect(refusal(zip.subarray(0, length))).toContain('ArchiveUnreadable')
      cuts += 1
    }
    const content = 30 + Buffer.byteLength('甲/乙.txt')
    for (let at = content; at < content + zip.readUInt32LE(18); at++) {
      const other = Buffer.from(zip)
      other[at] = other[at]! ^ 0x55
      expect(refusal(other)).toContain('ArchiveUnreadable')
      flips += 1
    }
    expect([cuts, flips > 5]).toEqual([zip.length, true])
  })

  test('is refused when it would unpack to more than a year can be, before it is unpacked', () => {
    const bomb = Buffer.from(zip)
    const entry = bomb.readUInt32LE(bomb.length - 6)
    bomb.writeUInt32LE(0xfffffff0, entry + 24)
    expect(refusal(bomb)).toBe('ArchiveUnreadable 解开后太大')
  })

  test('that holds no archive is refused by name', () => {
    expect(() => checkArchive(new Map())).toThrow('SHA256SUMS')
  })
})
