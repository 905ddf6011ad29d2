import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { file, scratch } from '../cli/support.ts'
import { testWith } from '../support/programs.ts'
import { ORACLE } from './compare.ts'

const place = scratch()
afterAll(() => place.gone())

// Two years as somebody else might keep them: amounts left out, a posting of nothing, a refund within a bill.
const JOURNAL = `
2023-02-03 * Dues
    Assets:Bank          $1,100.00
    Income:Dues

2023-11-30 Hall
    Expenses:Hall          $300.10
    Expenses:Hall          $-20.05
    Expenses:Fees            $0.00
    Assets:Bank

2024/05/06 Dues
    Income:Dues           $-900.00
    Assets:Bank

2024/12/31 Fees
    Expenses:Fees            $1.01
    Assets:Bank
`
const MAP = `Assets:Bank,102-Bank
Income:Dues,504-Dues
Expenses:Hall,513-Hall
Expenses:Fees,513-Fees
`

/** The comparison of a journal with its import; `first`: a folder whose programs go before all others. */
function compared(journal: string, map: string, first = ''): { status: number | null; said: string } {
  const args = ['--journal', journal, '--map', map, '--commodity', '$']
  const env = { ...process.env, PATH: [first, process.env.PATH].join(delimiter) }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ORACLE, 'published.ts'), ...args], {
    encoding: 'utf8',
    env,
  })
  return { status, said: stdout + stderr }
}

describe('a published journal, compared by hand', () => {
  const journal = file(place.path('main.ledger'), JOURNAL)
  const map = file(place.path('map.csv'), MAP)

  testWith(['hledger', 'python3'], 'is the original at every month-end and after every close', () => {
    const { status, said } = compared(journal, map)
    expect([status, said]).toEqual([0, expect.stringContaining('"differences": []')])
    expect(JSON.parse(said)).toMatchObject({ rows: 10, vouchers: 4, monthEnds: 23, closedYears: 2 })
    const { figures } = JSON.parse(said) as { figures: number }
    console.log(`a journal compared by hand: ${figures} figures as hledger has them`)
    expect(figures).toBeGreaterThanOrEqual(100)
  })

  testWith(
    ['hledger', 'python3'],
    'is told from the original by a single changed entry, or an account that is not mapped',
    () => {
      const real = execFileSync('sh', ['-c', 'command -v hledger'], { encoding: 'utf8' }).trim()
      mkdirSync(place.path('bin'))
      const changed = `#!/bin/sh\n${real} "$@" | { case "$*" in *print*) sed s/900.00/900.01/g ;; *) cat ;; esac; }\n`
      chmodSync(file(place.path('bin', 'hledger'), changed), 0o755)
      const { status, said } = compared(journal, map, place.path('bin'))
      expect([status, said]).toEqual([1, expect.stringContaining('2024-05 Income:Dues: -2000.01, not -2000.00')])
      const less = file(place.path('less.csv'), MAP.replace(/Income.*\n/, ''))
      expect(compared(journal, less)).toMatchObject({
        status: 1,
        said: expect.stringContaining('where Income:Dues goes'),
      })
    },
  )
})
