import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendToEmmett, type EmmettStore } from '../../bench/emmett.ts'
import { type Row, reaches } from '../../bench/row.ts'
import { markdown } from '../../bench/table.ts'
import { realServer } from '../support/real-server.ts'

const ROOT = join(import.meta.dirname, '../..')
const IDS = [
  ...['append-single', 'append-single-emmett', 'append-concurrent', 'append-concurrent-emmett', 'append-eventstoredb'],
  ...['append-bulk', 'read-million', 'verify-million', 'rebuild-million', 'http-command', 'start-100k'],
  ...['balance-hledger', 'balance-ledger', 'balance-beancount'],
]
const KEYS = ['against', 'better', 'floor', 'id', 'ours', 'peer', 'ratio', 'unit', 'what']
// Rows whose peer is installed, or started, by whoever wants them.
const ABSENT = /: (not installed|EVENTSTORE_URL is not set|no answer within)/

let rows: Row[] = []
let printed = ''
const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))

beforeAll(() => {
  const file = join(folder, 'rows.json')
  const args = ['bench/run.ts', '--events', '500', '--only', IDS.join(), '--json', file]
  const env = { ...process.env, EVENTSTORE_URL: realServer }
  printed = execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8', timeout: 300_000, stdio: 'pipe' })
  rows = (JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] }).rows
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the benchmark’s output', () => {
  test('has a row of every measurement asked for, and no other', () => {
    expect(rows.map(({ id }) => id).sort()).toEqual([...IDS].sort())
  })

  test('has the fields other programs read, in every row', () => {
    for (const row of rows) expect(Object.keys(row).sort(), row.id).toEqual(KEYS)
  })

  test('has a positive figure of ours in every row, or says what it needs', () => {
    for (const { id, ours, peer, ratio, against } of rows) {
      expect(ratio !== null, id).toBe(peer !== null)
      if (ABSENT.test(against)) expect([ours, peer], id).toEqual([null, null])
      else expect(ours, id).toBeGreaterThan(0)
    }
    const measured = rows.filter(({ ours }) => ours !== null)
    console.log(`${measured.length} of ${rows.length} rows measured: ${measured.map(({ id }) => id).join(', ')}`)
    expect(measured.length).toBeGreaterThanOrEqual(8)
  })

  test('has a floor in every row but the one that has none', () => {
    expect(rows.filter(({ floor }) => floor === null).map(({ id }) => id)).toEqual(['append-eventstoredb'])
  })

  test('prints each row in the table, on one line', () => {
    for (const { id } of rows) expect(printed).toMatch(new RegExp(`^\\| \`${id}\` \\|.*\\|$`, 'm'))
  })
})

describe('a peer that hangs', () => {
  test('is given up, and said in its row', async () => {
    const hanging: EmmettStore = { appendToStream: () => new Promise(() => undefined) }
    const row = ['a', 0, 'VoucherPosted', '{}', '[]'] as const
    await expect(appendToEmmett(hanging, row, 20)).rejects.toThrow(/no answer within 0.02 s/)
  })

  test('that fails now and then is sent to again', async () => {
    let calls = 0
    const flaky: EmmettStore = { appendToStream: async () => void (++calls < 3 && (await Promise.reject(new Error()))) }
    expect(await appendToEmmett(flaky, ['a', 0, 'VoucherPosted', '{}', '[]'])).toBe(2)
  })
})

describe('a floor', () => {
  const row: Row = {
    id: 'x',
    what: '',
    ours: 9,
    peer: 10,
    against: '',
    unit: 's',
    ratio: 0.9,
    floor: 1,
    better: 'higher',
  }

  test('is missed by a ratio on its wrong side, and the table says so', () => {
    expect(reaches(row)).toBe(false)
    expect(markdown([row])).toContain('**missed**')
    expect(reaches({ ...row, better: 'lower' })).toBe(true)
  })

  test('is neither reached nor missed where the peer is absent', () => {
    expect(reaches({ ...row, ours: null, peer: null, ratio: null })).toBeUndefined()
    expect(reaches({ ...row, peer: null, ratio: null, better: 'lower', against: 'x: not installed' })).toBeUndefined()
  })

  test('that is a limit is held against our own figure, in its unit', () => {
    const limit: Row = { ...row, floor: 10, peer: null, ratio: null, better: 'lower', against: 'a limit', unit: 'ms' }
    expect(reaches(limit)).toBe(true)
    expect(reaches({ ...limit, ours: 11 })).toBe(false)
    expect(markdown([limit])).toContain('| ≤ 10 ms | reached |')
  })

  test('may be none: then the figure is only reported', () => {
    expect(reaches({ ...row, floor: null })).toBeUndefined()
    expect(markdown([{ ...row, floor: null }])).toContain('| none | reported |')
  })
})
