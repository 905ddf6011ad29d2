import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Row, reaches } from '../../bench/row.ts'
import { markdown } from '../../bench/table.ts'

const ROOT = join(import.meta.dirname, '../..')
const IDS = 'append-single,append-concurrent,append-bulk,read-million,verify-million,rebuild-million,http-command'
const KEYS = ['against', 'better', 'floor', 'id', 'ours', 'peer', 'ratio', 'unit', 'what']

let rows: Row[] = []
let printed = ''
const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))

beforeAll(() => {
  const file = join(folder, 'rows.json')
  const args = ['bench/run.ts', '--events', '3000', '--only', IDS, '--json', file]
  printed = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 80_000, stdio: 'pipe' })
  rows = (JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] }).rows
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the benchmark’s output', () => {
  test('has a row of every measurement asked for, and no other', () => {
    expect(rows.map(({ id }) => id).sort()).toEqual(IDS.split(',').sort())
  })

  test('has the fields other programs read, in every row', () => {
    for (const row of rows) expect(Object.keys(row), row.id).toEqual(expect.arrayContaining(KEYS))
  })

  test('has a positive figure of ours in every row, and a ratio wherever there is a peer', () => {
    for (const { id, ours, peer, ratio } of rows) {
      expect(ours, id).toBeGreaterThan(0)
      expect(ratio !== null, id).toBe(peer !== null)
    }
  })

  test('prints each row in the table', () => {
    for (const { id } of rows) expect(printed).toContain(`| \`${id}\` |`)
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
  })
})
