import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type TrialBalanceRow, trialBalanceOf } from '../../projections/trial-balance.ts'
import { mz } from '../cli/support.ts'
import { type Played, played } from '../demo/play.ts'
import { testWith } from '../support/programs.ts'
import { checkSeed } from './check.ts'
import { differences, exported, ORACLE, oracle, type Tally } from './compare.ts'
import type { MemoryBooks } from './memory-books.ts'
import { WRONG_FACTS, WRONG_RULES } from './mutations.ts'
import { WRONG_BOOK_FACTS, WRONG_BOOK_RULES } from './mutations-books.ts'
import { statementDifferences } from './statements.ts'
import { generate } from './years.ts'

const LEAST_SEEDS = 30
const folder = mkdtempSync(join(tmpdir(), 'mingzhang-oracle-'))
const file = join(folder, 'ledger.ndjson')
const none = (): Tally => ({ figures: 0, vouchers: 0, events: 0 })
afterAll(() => rmSync(folder, { recursive: true }))

describe('the second implementation, which rebuilds every entry from the business facts', () => {
  let demo: Played
  beforeAll(async () => {
    demo = await played()
  })
  afterAll(() => demo.close())

  testWith(['python3'], 'agrees with the demonstration to the fen, per account, fund and month', async () => {
    const tally = none()
    const found = oracle(await exported(demo.office.store.readAll()), file)
    for (const [coop, each] of Object.entries(found)) {
      expect(differences(demo.office.sql, coop, each, tally)).toEqual([])
      expect(statementDifferences(demo.office.sql, coop, each, true)).toEqual([])
      expect(
        Object.values(each.sheets).every(({ assets, liabilities, equity }) => assets === liabilities + equity),
      ).toBe(true)
    }
    console.log(`oracle on the demonstration: ${JSON.stringify(tally)}`)
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(5)
    expect(tally.figures).toBeGreaterThan(10_000)
  })

  testWith(['python3'], 'is compared with the very figures that the command line prints', async () => {
    const found = oracle(await exported(demo.office.store.readAll()), file)
    for (const coop of Object.keys(found)) {
      const asked = ['--data', demo.directory, '--coop', coop, '--period', '2025-12', '--format', 'json']
      const { code, out } = await mz(['report', 'trial-balance', ...asked])
      expect(code).toBe(0)
      const rows = JSON.parse(out) as TrialBalanceRow[]
      expect(rows).toEqual(trialBalanceOf(demo.office.sql, coop, '2025-12'))
    }
  })

  testWith(['python3'], `agrees with ${LEAST_SEEDS} ledgers of two years that chance made`, async () => {
    const tally = none()
    for (let seed = 1; seed <= LEAST_SEEDS; seed++) {
      expect([seed, await checkSeed(seed, file, tally)]).toEqual([seed, []])
    }
    console.log(`oracle: ${LEAST_SEEDS} seeds, ${JSON.stringify(tally)}`)
    expect(tally.vouchers).toBeGreaterThan(LEAST_SEEDS * 100)
    expect(tally.figures).toBeGreaterThan(LEAST_SEEDS * 10_000)
  })
})

describe('the comparison can fail', () => {
  const ledgers: { books: MemoryBooks; text: string }[] = []
  beforeAll(async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const books = await generate(seed)
      ledgers.push({ books, text: await exported(books.store.readAll()) })
    }
  })
  afterAll(() => {
    for (const { books } of ledgers) books.close()
  })

  // The chain would tell that a fact was changed; here the figures have to. The first ledger that shows it is enough.
  function disagreement(change: (text: string) => string, rules?: string): string | undefined {
    for (const { books, text } of ledgers) {
      for (const [coop, found] of Object.entries(oracle(change(text), file, rules))) {
        const said = differences(books.sql, coop, found, none()).find(each => !each.includes('is not chained'))
        if (said) return said
      }
    }
    return undefined
  }

  testWith(
    ['python3'],
    'and does not rest on the stored vouchers: without their lines the oracle finds the same',
    () => {
      const bare = (text: string): string =>
        text.replace(/^.*"voucher":.*$/gm, line => {
          const event = JSON.parse(line)
          if (ENTERED.has(event.type)) return line
          const { number, date } = event.data.voucher
          event.data.voucher = { number, date, lines: [] }
          return JSON.stringify(event)
        })
      for (const { text } of ledgers.slice(0, 3)) {
        const chained = oracle(text, file)
        for (const [coop, found] of Object.entries(oracle(bare(text), file))) {
          const complaints = found.complaints.filter(each => !each.includes('is not chained'))
          expect({ ...found, complaints }).toEqual(chained[coop])
        }
      }
    },
  )

  for (const { what, type, change } of [...WRONG_FACTS, ...WRONG_BOOK_FACTS]) {
    testWith(['python3'], `when ${what}`, () => {
      let changed = 0
      const said = disagreement(text =>
        text.replace(new RegExp(`^.*"type":"${type}".*$`, 'gm'), line => {
          const event = JSON.parse(line)
          const before = JSON.stringify(event.data)
          change(event.data)
          if (JSON.stringify(event.data) !== before) changed += 1
          return JSON.stringify(event)
        }),
      )
      expect(changed).toBeGreaterThan(0)
      expect(said).toBeDefined()
    })
  }

  for (const { what, module, from, to } of [...WRONG_RULES, ...WRONG_BOOK_RULES]) {
    testWith(['python3'], `when a copy of the oracle ${what}`, () => {
      const copy = join(folder, 'copy')
      cpSync(ORACLE, copy, { recursive: true })
      const text = readFileSync(join(copy, module), 'utf8')
      expect(text).toContain(from)
      writeFileSync(join(copy, module), text.replaceAll(from, to))
      expect(disagreement(each => each, copy)).toBeDefined()
    })
  }
})

/** Events whose lines are the fact itself. */
const ENTERED = new Set(['OpeningBalancesRecorded', 'VoucherPosted'])
