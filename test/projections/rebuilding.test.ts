import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountLedger } from '../../projections/account-ledger.ts'
import { type ProjectedEvent, undecodable, voucherOf } from '../../projections/projection.ts'
import { READ_MODELS } from '../../projections/read-models.ts'
import { createTables, takersOf } from '../../projections/rebuilding.ts'
import { applyAll, applyEach, caughtUpTo, dump, prepare, rebuild } from '../../projections/runner.ts'
import { Faults, setAside } from '../../projections/set-aside.ts'
import { trialBalance } from '../../projections/trial-balance.ts'
import { voucherByNumber, vouchers } from '../../projections/vouchers.ts'
import type { Sql } from '../../src/store/sql.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { type Line, live, Story } from './fixture.ts'

type Entry = { coop: string; month: number; accounts: [string, string]; fund: string | undefined; fen: number }

const entries = fc.array(
  fc.record({
    coop: fc.constantFrom('sun', 'moon', 'a-b'),
    month: fc.integer({ min: 1, max: 12 }),
    accounts: fc.tuple(
      fc.constantFrom('101', '102-基本户', '112-王家'),
      fc.constantFrom('501-铺面', '321', '201-李家'),
    ),
    fund: fc.constantFrom(undefined, '慈善金', '路灯'),
    fen: fc.integer({ min: 1, max: 10_000_000 }),
  }),
  { minLength: 1, maxLength: 60 },
)

function logOf(given: readonly Entry[]): ProjectedEvent[] {
  const story = new Story()
  for (const { coop, month, accounts, fund, fen } of given) {
    story.coop = coop
    const extra = fund === undefined ? {} : { fund }
    const amount = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
    const lines: Line[] = [
      [accounts[0], 'D', amount, extra],
      [accounts[1], 'C', amount, { ...extra, counterparty: '承租户' }],
    ]
    story.add('VoucherPosted', { voucher: story.voucher(`2025-${String(month).padStart(2, '0')}-15`, '收付', lines) })
  }
  return story.events
}

const rowsOf = (sql: Sql, table: string): unknown[] => sql.rows(`SELECT * FROM ${table}`)

describe('a rebuild that gathers rows in memory', () => {
  test('leaves the rows that live events leave, in the same order, whatever the log', () => {
    const property = fc.property(entries, given => {
      const events = logOf(given)
      const rebuilt = openNodeSql(':memory:')
      rebuild(rebuilt, READ_MODELS, events)
      const [now, then] = [live(events), rebuilt]
      expect(dump(then, READ_MODELS)).toEqual(dump(now, READ_MODELS))
      for (const table of ['balances', 'vouchers', 'voucher_lines'])
        expect(rowsOf(then, table)).toEqual(rowsOf(now, table))
    })
    fc.assert(property, { numRuns: 30 })
  })

  test('leaves the same rows if it has to write them in several lots', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 5 }), (given, mostHeld) => {
        const events = logOf(given)
        const sql = openNodeSql(':memory:')
        createTables(sql, trialBalance)
        const takers = takersOf(sql, [trialBalance], mostHeld)
        for (const event of events) takers.take(event)
        takers.finish()
        expect(rowsOf(sql, 'balances')).toEqual(rowsOf(live(events), 'balances'))
      }),
      { numRuns: 30 },
    )
  })

  test('is found out if it forgets one event', () => {
    const forgetful: typeof trialBalance = {
      ...trialBalance,
      filling: () => {
        const whole = trialBalance.filling!()
        let taken = 0
        return {
          held: 0,
          take: (tx, event) => (taken++ === 1 ? undefined : whole.take(tx, event)),
          write: tx => whole.write(tx),
        }
      },
    }
    const entry: Entry = { coop: 'sun', month: 3, accounts: ['101', '321'], fund: undefined, fen: 100 }
    const sql = openNodeSql(':memory:')
    rebuild(sql, [forgetful], logOf([entry, entry]))
    expect(rowsOf(sql, 'balances')).not.toEqual(rowsOf(live(logOf([entry, entry])), 'balances'))
    expect(rowsOf(sql, 'balances')).toEqual(rowsOf(live(logOf([entry])), 'balances'))
  })

  test('takes the place of what an older version kept in a table where there is now a view', () => {
    const events = logOf([{ coop: 'sun', month: 3, accounts: ['101', '321'], fund: undefined, fen: 100 }])
    const sql = openNodeSql(':memory:')
    prepare(sql, [vouchers])
    sql.run('DROP VIEW voucher_lines')
    sql.run('CREATE TABLE voucher_lines (coop TEXT, account TEXT)')
    rebuild(sql, [vouchers], events)
    expect(rowsOf(sql, 'voucher_lines')).toEqual(rowsOf(live(events), 'voucher_lines'))
  })
})

describe('an account ledger read from the vouchers', () => {
  const opening = new Story()
  opening.add('OpeningBalancesRecorded', {
    on: '2025-01-01',
    priorYearClosed: true,
    voucher: opening.voucher('2025-01-01', '期初', [
      ['101', 'D', '90.00', { counterparty: '柜员' }],
      ['301', 'C', '90.00'],
    ]),
  })
  opening.add('VoucherPosted', {
    voucher: opening.voucher('2025-02-03', '付', [
      ['321', 'D', '20.00'],
      ['101', 'C', '20.00', { counterparty: '柜员' }],
    ]),
  })
  const sql = live(opening.events)

  test('shows opening balances in the month before, and never as a movement', () => {
    expect(accountLedger(sql, 'sun', '101', '2024-12')).toMatchObject({
      opening: '0.00',
      entries: [{ debit: '90.00' }],
    })
    expect(accountLedger(sql, 'sun', '101', '2025')).toMatchObject({
      opening: '90.00',
      entries: [{ credit: '20.00', balance: '70.00' }],
      closing: '70.00',
    })
  })

  test('opens with the same balance whether or not it is narrowed to the counterparty of all its lines', () => {
    for (const period of ['2024-12', '2025-01', '2025-02', '2025Q1', '2026'])
      expect(accountLedger(sql, 'sun', '101', period, { counterparty: '柜员' })).toEqual(
        accountLedger(sql, 'sun', '101', period),
      )
  })
})

describe('a co-op whose events cannot be taken', () => {
  const given: Entry[] = ['sun', 'moon', 'sun', 'moon'].map((coop, index) => ({
    ...{ coop, month: index + 1, accounts: ['101', '321'], fund: undefined, fen: 100 + index },
  }))
  const sound = () => logOf(given)
  /** The log with its third event, one of sun's, changed. */
  const damaged = (change: (event: ProjectedEvent) => ProjectedEvent): ProjectedEvent[] =>
    sound().map((event, index) => (index === 2 ? change(event) : event))
  const DAMAGES: Record<string, (event: ProjectedEvent) => ProjectedEvent> = {
    'has a payload that is no JSON': event =>
      undecodable({ ...event, stream: `coop-${event.coop}` }, new Error('no JSON'))!,
    'has an amount changed on one side': event => {
      voucherOf(event)!.lines[0]!.debit = '9.99'
      return event
    },
    'has no amount where one should be': event => {
      voucherOf(event)!.lines[0]!.debit = 'x'
      return event
    },
    'is of an unknown type': event => ({ ...event, type: 'SurpriseHappened' }) as unknown as ProjectedEvent,
    'has its number twice': event => {
      voucherOf(event)!.number = '2025-01-记-1'
      return event
    },
  }
  const alone = (coop: string) => dump(live(sound()), READ_MODELS, coop)
  const nothing = Object.fromEntries(Object.keys(alone('sun')).map(table => [table, '']))

  test.each(
    Object.entries(DAMAGES),
  )('and whose event %s is set aside by a rebuild; the others are filled', (_, change) => {
    const sql = openNodeSql(':memory:')
    rebuild(sql, READ_MODELS, damaged(change), { faults: new Faults() })
    expect(setAside(sql)).toMatchObject([{ coop: 'sun' }])
    expect(dump(sql, READ_MODELS, 'sun')).toEqual(nothing)
    expect(dump(sql, READ_MODELS, 'moon')).toEqual(alone('moon'))
  })

  test.each(Object.entries(DAMAGES))('and whose event %s is set aside when the log is caught up with', (_, change) => {
    const sql = openNodeSql(':memory:')
    prepare(sql, READ_MODELS)
    applyEach(sql, READ_MODELS, damaged(change), new Faults())
    expect(setAside(sql)).toMatchObject([{ coop: 'sun', position: 3 }])
    expect(dump(sql, READ_MODELS, 'sun')).toEqual(nothing)
    expect(dump(sql, READ_MODELS, 'moon')).toEqual(alone('moon'))
  })

  test('stops a rebuild that is not told to set aside', () => {
    const events = damaged(DAMAGES['has an amount changed on one side']!)
    expect(() => rebuild(openNodeSql(':memory:'), READ_MODELS, events)).toThrow('out by')
  })

  test('takes no further event, and is filled again once its events can be taken', () => {
    const sql = openNodeSql(':memory:')
    rebuild(sql, READ_MODELS, damaged(DAMAGES['is of an unknown type']!), { faults: new Faults() })
    const more = logOf([...given, given[0]!]).at(-1)!
    expect(() => applyAll(sql, more, READ_MODELS)).toThrow('sun is set aside')
    expect(rebuild(sql, READ_MODELS, sound(), { coop: 'sun', faults: new Faults() })).toBe(2)
    expect(setAside(sql)).toEqual([])
    expect(dump(sql, READ_MODELS)).toEqual(dump(live(sound()), READ_MODELS))
    expect(caughtUpTo(sql)).toBe(4)
  })

  test('is not blamed for a failing disk: the rebuild stops and the old rows stay', () => {
    const sql = live(sound())
    const before = dump(sql, READ_MODELS)
    const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
    const events = damaged(event => undecodable({ ...event, stream: `coop-${event.coop}` }, full)!)
    expect(() => rebuild(sql, READ_MODELS, events, { faults: new Faults() })).toThrow('disk is full')
    expect(dump(sql, READ_MODELS)).toEqual(before)
  })
})

describe('a voucher', () => {
  test('shows which voucher reversed it, from the red one alone', () => {
    const story = new Story()
    const lines: Line[] = [
      ['101', 'D', '5.00'],
      ['321', 'C', '5.00'],
    ]
    story.add('VoucherPosted', { voucher: story.voucher('2025-01-05', '错', lines) })
    const red = lines.map(([account, side, amount]): Line => [account, side, `-${amount}`])
    story.add('VoucherReversed', {
      original: '2025-01-记-1',
      reason: '记错',
      voucher: story.voucher('2025-02-01', '冲', red, { reverses: '2025-01-记-1' }),
    })
    const sql = live(story.events)
    expect(voucherByNumber(sql, 'sun', '2025-01-记-1')).toMatchObject({ reversedBy: '2025-02-记-1' })
    expect(voucherByNumber(sql, 'sun', '2025-02-记-1')).toMatchObject({
      reverses: '2025-01-记-1',
      reversedBy: undefined,
    })
  })
})
