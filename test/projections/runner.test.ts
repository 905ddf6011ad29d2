import { describe, expect, test } from 'vitest'
import { type ProjectedEvent, type Projection, projected, voucherOf } from '../../projections/projection.ts'
import { applyAll, caughtUpTo, dump, prepare, rebuild } from '../../projections/runner.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { live, Story } from './fixture.ts'

const counter = (version = 1): Projection => ({
  name: 'counter',
  version,
  tables: { counts: 'coop TEXT NOT NULL, type TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (coop, type)' },
  apply(tx, event) {
    tx.run(
      'INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n',
      ...[event.coop, event.type, version],
    )
  },
})
const summer: Projection = {
  name: 'summer',
  version: 1,
  tables: { sums: 'coop TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (coop)' },
  apply(tx, event) {
    tx.run('INSERT INTO sums VALUES (?, 1) ON CONFLICT DO UPDATE SET n = n + 1', event.coop)
  },
}

function twoCoops(): ProjectedEvent[] {
  const story = new Story('a')
  for (const coop of ['a', 'b', 'a']) {
    story.coop = coop
    story.add('SubAccountOpened', { account: `102-${coop}`, on: '2025-01-01' })
  }
  return story.events
}

describe('the runner', () => {
  test('a repeated event changes nothing', () => {
    const events = twoCoops()
    const sql = live(events, [counter()])
    const before = dump(sql, [counter()])
    for (const event of events) applyAll(sql, event, [counter()])
    expect(dump(sql, [counter()])).toEqual(before)
    expect(caughtUpTo(sql)).toBe(3)
  })

  test('a projection that was added later catches up without the others counting twice', () => {
    const events = twoCoops()
    const sql = live(events, [counter()])
    const both = [counter(), summer]
    expect(prepare(sql, both)).toEqual([])
    expect(caughtUpTo(sql)).toBe(0)
    for (const event of events) applyAll(sql, event, both)
    expect(dump(sql, both)).toEqual(dump(live(events, both), both))
  })

  test('a new version is stale until it is rebuilt, and its rows replace the old ones', () => {
    const events = twoCoops()
    const sql = live(events, [counter(1)])
    expect(prepare(sql, [counter(2)]).map(({ name }) => name)).toEqual(['counter'])
    rebuild(sql, [counter(2)], events)
    expect(prepare(sql, [counter(2)])).toEqual([])
    expect(dump(sql, [counter(2)])).toEqual({
      counts: '["a","SubAccountOpened",4]\n["b","SubAccountOpened",2]',
    })
  })

  test('rebuilding one co-op leaves the rows of the others alone', () => {
    const events = twoCoops()
    const sql = live(events, [counter()])
    sql.run('UPDATE counts SET n = 99')
    expect(rebuild(sql, [counter()], events, { coop: 'a' })).toBe(2)
    expect(dump(sql, [counter()], 'a')).toEqual({ counts: '["a","SubAccountOpened",2]' })
    expect(dump(sql, [counter()], 'b')).toEqual({ counts: '["b","SubAccountOpened",99]' })
  })

  test('a rebuild that fails leaves the old rows in place', () => {
    const events = twoCoops()
    const sql = live(events, [counter()])
    const before = dump(sql, [counter()])
    expect(() => rebuild(sql, [counter()], [...events, events[0]!])).toThrow('order of position')
    expect(dump(sql, [counter()])).toEqual(before)
    expect(caughtUpTo(sql)).toBe(3)
  })

  test('a rebuild tells how far it is', () => {
    const seen: number[] = []
    rebuild(openNodeSql(':memory:'), [counter()], twoCoops(), { onProgress: count => seen.push(count) })
    expect(seen).toEqual([3])
  })

  test('an unknown event type stops the fold', () => {
    const [event] = twoCoops()
    const unknown = { ...event, type: 'SurpriseHappened' } as unknown as ProjectedEvent
    expect(() => live([unknown], [counter()])).toThrow('unknown event type SurpriseHappened')
  })

  test('a voucher whose debits and credits differ stops the fold, and nothing of its event stays', () => {
    const story = new Story()
    story.add('VoucherPosted', {
      voucher: story.voucher('2025-01-05', '错账', [
        ['101', 'D', '1.00'],
        ['504', 'C', '1.00'],
      ]),
    })
    const voucher = voucherOf(story.events[0]!)!
    voucher.lines[1]!.credit = '1.01'
    const sql = openNodeSql(':memory:')
    prepare(sql, [counter()])
    expect(() => sql.transaction(() => applyAll(sql, story.events[0]!, [counter()]))).toThrow('out by')
    expect(caughtUpTo(sql)).toBe(0)
  })

  test('only the streams of co-ops are projected', () => {
    const recorded = {
      revision: 0,
      position: 1,
      type: 'SubAccountOpened',
      recordedAt: '',
      actor: '',
      commandId: '',
      hash: '',
    }
    expect(projected({ ...recorded, stream: 'coop-a-b' }, {})?.coop).toBe('a-b')
    expect(projected({ ...recorded, stream: 'ledger' }, {})).toBeUndefined()
  })
})
