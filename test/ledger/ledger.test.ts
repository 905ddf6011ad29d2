import { describe, expect, test } from 'vitest'
import { Unreadable } from '../../src/store/errors.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import type { RecordedEvent } from '../../src/store/port.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { ACTOR, type Step } from '../support/coop.ts'
import { all, ask, begin, COOP, INVENTED, invented, numbersOf, office, openLedger, tell } from '../support/ledger.ts'
import { bank, ESTABLISHED, established, opening } from '../support/stories.ts'

/** A memory store in which one byte of what is read has changed. */
class FlippedStore extends MemoryStore {
  flip: ((event: RecordedEvent) => RecordedEvent) | undefined

  override async *read(...args: Parameters<MemoryStore['read']>): AsyncGenerator<RecordedEvent> {
    for await (const event of super.read(...args)) yield this.flip ? this.flip(event) : event
  }
}

describe('the same command again', () => {
  test('gets the first answer, and nothing more is stored', async () => {
    const { ledger, store } = openLedger()
    await begin(ledger)
    const first = await ask(ledger, 'PostVoucher', office('100'), 'c1')
    const count = (await all(store)).length
    expect(await ask(ledger, 'PostVoucher', office('100'), 'c1')).toEqual({ ...first, repeated: true })
    expect(await all(store)).toHaveLength(count)
  })

  test('gets the first answer from a program started since', async () => {
    const { ledger, open } = openLedger()
    await begin(ledger)
    const first = await ask(ledger, 'PostVoucher', office('100'), 'c1')
    expect(await ask(open(true), 'PostVoucher', office('100'), 'c1')).toEqual({ ...first, repeated: true })
  })

  test('given twice at the same moment is done once', async () => {
    const { ledger, store } = openLedger()
    await begin(ledger)
    const twice = [1, 2].map(() => ask(ledger, 'PostVoucher', office('100'), 'c1'))
    const [one, other] = await Promise.all(twice)
    expect('events' in one! && 'events' in other! && one.events).toEqual('events' in other! && other.events)
    expect((await all(store)).filter(({ type }) => type === 'VoucherPosted')).toHaveLength(1)
  })

  test('with another body is refused, while it runs and ever after', async () => {
    const { ledger, store, open } = openLedger()
    await begin(ledger)
    const answers = await Promise.all([
      ask(ledger, 'PostVoucher', office('100'), 'c1'),
      ask(ledger, 'PostVoucher', office('200'), 'c1'),
    ])
    expect(answers.filter(answer => 'refusal' in answer)).toMatchObject([{ refusal: { code: 'CommandIdReused' } }])
    expect(await ask(open(true), 'PostVoucher', office('300'), 'c1')).toMatchObject({
      refusal: { code: 'CommandIdReused' },
    })
    expect((await all(store)).filter(({ type }) => type === 'VoucherPosted')).toHaveLength(1)
  })

  test('that was refused is decided anew: a refusal is not remembered', async () => {
    const { ledger } = openLedger()
    await begin(ledger)
    const dear = office('995000.01')
    expect(await ask(ledger, 'PostVoucher', dear, 'c1')).toMatchObject({ refusal: { code: 'CashShort' } })
    await tell(ledger, 'ReceiveIncome', income('10'), 'c2')
    expect(await ask(ledger, 'PostVoucher', dear, 'c1')).toMatchObject({ repeated: false })
  })
})

describe('many writers', () => {
  test('fifty commands at once get fifty numbers without a gap', async () => {
    const { ledger, store } = openLedger()
    await begin(ledger)
    const lots = Array.from({ length: 50 }, (_, index) => tell(ledger, 'PostVoucher', office('1'), `c${index}`))
    const numbers = numbersOf((await Promise.all(lots)).flat())
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => `2025-12-记-${index + 1}`))
    const stored = (await all(store)).map(({ revision }) => revision)
    expect(stored).toEqual(stored.map((_, index) => index))
  })

  test('two programs on one store decide again when the other was first', async () => {
    const { ledger, store, open } = openLedger()
    await begin(ledger)
    const other = open(true)
    await other.head(COOP)
    await tell(ledger, 'PostVoucher', office('1'), 'c1')
    const [event] = await tell(other, 'PostVoucher', office('1'), 'c2')
    expect(numbersOf([event!])).toEqual(['2025-12-记-2'])
    expect((await all(store)).map(({ commandId }) => commandId).slice(-2)).toEqual(['c1', 'c2'])
  })

  test('on the SQLite store fifty at once are gapless too', async () => {
    const { ledger, store } = openLedger(new SqliteStore(openNodeSql(':memory:')))
    await begin(ledger)
    await Promise.all(Array.from({ length: 50 }, (_, i) => tell(ledger, 'PostVoucher', office('1'), `c${i}`)))
    const revisions = (await all(store)).map(({ revision }) => revision)
    expect(revisions).toEqual(revisions.map((_, index) => index))
    expect((await ledger.state(COOP)).books.lastNumber.get('2025-12')).toBe(50)
  })
})

describe('commands given together', () => {
  const lot = (...parts: (Step | readonly [string, unknown])[]) =>
    parts.map(([name, body], index) => ({ coop: COOP, name, body, actor: ACTOR, commandId: `lot-${index}` }))

  test('are all done, each with its own answer', async () => {
    const { ledger } = openLedger()
    const answers = await ledger.executeTogether(lot(established, bank, opening))
    expect(answers.map(answer => 'events' in answer && answer.events.length)).toEqual([2, 1, 1])
  })

  test('are none of them done when one is refused, and the refusal is the only answer', async () => {
    const { ledger, store } = openLedger()
    await begin(ledger)
    const before = await all(store)
    const answers = await ledger.executeTogether(
      lot(['PostVoucher', office('100')], ['PostVoucher', office('995000')], ['PostVoucher', office('1')]),
    )
    expect(answers).toMatchObject([{ refusal: { code: 'CashShort' } }])
    expect(await all(store)).toEqual(before)
    expect(numbersOf(await tell(ledger, 'PostVoucher', office('1'), 'after'))).toEqual(['2025-12-记-1'])
  })

  test('are none of them done when one is too large to store', async () => {
    const { ledger, store } = openLedger()
    await begin(ledger)
    const before = await all(store)
    const vouchers = Array.from({ length: 1000 }, (_, index) => ({
      ...office('1'),
      summary: '很'.repeat(200),
      reference: `${index}`,
    }))
    const large = { source: '历史', vouchers }
    await expect(
      ledger.executeTogether(lot(['PostVoucher', office('1')], ['ImportVouchers', large])),
    ).rejects.toMatchObject({ code: 'TooLarge' })
    expect(await all(store)).toEqual(before)
  })

  test('get their first answers again, all or none', async () => {
    const { ledger } = openLedger()
    const first = await ledger.executeTogether(lot(established, bank))
    const again = await ledger.executeTogether(lot(established, bank))
    expect(again).toEqual(first.map(answer => ({ ...answer, repeated: true })))
    expect(await ledger.executeTogether(lot(established, bank, opening))).toMatchObject([
      { refusal: { code: 'CommandIdReused' } },
    ])
  })

  test('have ids of their own and are for one co-op', async () => {
    const { ledger } = openLedger()
    const [one, two] = lot(established, bank)
    expect(await ledger.executeTogether([one!, { ...two!, commandId: one!.commandId }])).toMatchObject([
      { refusal: { code: 'CommandIdReused' } },
    ])
    await expect(ledger.executeTogether([one!, { ...two!, coop: 'other' }])).rejects.toThrow(/one co-op/)
  })
})

describe('the log is the truth', () => {
  test('folding it cold gives the state that live commands had', async () => {
    const { ledger, open } = openLedger()
    await begin(ledger)
    await tell(ledger, 'AdmitMembers', invented())
    await tell(ledger, 'PostVoucher', office('100'), 'c1')
    await tell(ledger, 'ReverseVoucher', { number: '2025-12-记-1', date: '2025-12-06', reason: '记错' }, 'c2')
    const cold = open(true)
    expect(await cold.state(COOP)).toEqual(await ledger.state(COOP))
    expect(await cold.head(COOP)).toEqual(await ledger.head(COOP))
  })

  test('a co-op in whose log a byte has changed is not served, and the others are', async () => {
    const store = new FlippedStore()
    const { ledger, open } = openLedger(store)
    await begin(ledger)
    const elsewhere = { coop: 'jufu', name: established[0], body: established[1], actor: ACTOR, commandId: 'e' }
    await ledger.execute(elsewhere)
    store.flip = event =>
      event.type === 'OpeningBalancesRecorded'
        ? { ...event, data: event.data.replace('995000.00', '995000.01') }
        : event
    const cold = open(true)
    await expect(ask(cold, 'PostVoucher', office('1'))).rejects.toBeInstanceOf(Unreadable)
    expect(
      await cold.execute({ ...elsewhere, name: 'ClosePeriod', body: { month: '2025-01' }, commandId: 'f' }),
    ).toMatchObject({
      repeated: false,
    })
    store.flip = undefined
    expect(await ask(cold, 'PostVoucher', office('1'))).toMatchObject({ repeated: false })
  })

  test('time never runs backwards in it, whatever the clock says', async () => {
    const { ledger, store, clock } = openLedger()
    await begin(ledger)
    clock.now = '2025-12-01T00:00:00.000Z'
    await tell(ledger, 'PostVoucher', office('1'), 'c1')
    clock.now = '2025-12-31T16:00:00.000Z'
    await tell(ledger, 'PostVoucher', office('1', '2026-01-31'), 'c2')
    const times = (await all(store)).map(({ recordedAt }) => recordedAt)
    expect(times).toEqual([...times].sort())
    expect(times.at(-2)).toBe('2025-12-30T02:00:00.000Z')
  })

  test('holds no name and no citizen’s number in the clear', async () => {
    const { ledger, store } = openLedger()
    await begin(ledger)
    await tell(ledger, 'AdmitMembers', invented())
    const text = JSON.stringify(await all(store))
    expect(text).toContain('M00001')
    expect(text).not.toContain(INVENTED)
    expect(text).not.toContain('王某某')
  })
})

describe('a demonstration', () => {
  test('and a real ledger do not share a store', async () => {
    const { ledger } = openLedger()
    await begin(ledger)
    const real = {
      coop: 'jufu',
      name: 'EstablishCoop',
      body: { ...ESTABLISHED, demo: false },
      actor: ACTOR,
      commandId: 'r',
    }
    expect(await ledger.execute(real)).toMatchObject({ refusal: { code: 'DemoLedger' } })
    expect(await ask(ledger, 'AdmitMembers', invented(`110101${INVENTED.slice(6)}`))).toMatchObject({
      refusal: { code: 'DemoLedger' },
    })
  })
})

function income(amount: string) {
  const from = { organisation: '某公司' }
  return { id: '收1', date: '2025-12-03', item: '停车费', account: '501-停车', from, amount, into: '102-基本户' }
}
