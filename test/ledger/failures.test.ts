import { describe, expect, test } from 'vitest'
import { Conflict, OutcomeUnknown, Unavailable } from '../../src/store/errors.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import type { Appended, EventStore, NewEvent } from '../../src/store/port.ts'
import { all, ask, begin, COOP, invented, numbersOf, office, openLedger, tell } from '../support/ledger.ts'
import { ESTABLISHED, established } from '../support/stories.ts'

type Append = EventStore['append']

/** A memory store whose next appends can be made to fail, before or after they are stored. */
class FaultyStore extends MemoryStore {
  fail: ((store: () => Promise<Appended>) => Promise<Appended>) | undefined

  override append(...args: Parameters<Append>): Promise<Appended> {
    const { fail } = this
    this.fail = undefined
    return fail ? fail(() => super.append(...args)) : super.append(...args)
  }
}

describe('a store that fails', () => {
  test('before it stored anything: the state goes back, and the same command succeeds later', async () => {
    const store = new FaultyStore()
    const { ledger } = openLedger(store)
    await begin(ledger)
    store.fail = () => Promise.reject(new Unavailable(new Error('disk full')))
    await expect(tell(ledger, 'PostVoucher', office('100'), 'c1')).rejects.toBeInstanceOf(Unavailable)
    expect((await ledger.state(COOP)).books.lastNumber.get('2025-12')).toBeUndefined()
    expect(numbersOf(await tell(ledger, 'PostVoucher', office('100'), 'c1'))).toEqual(['2025-12-记-1'])
  })

  test('takes what was decided on top of it along, which is decided again on what is stored', async () => {
    const store = new FaultyStore()
    const { ledger } = openLedger(store)
    await begin(ledger)
    store.fail = () => Promise.reject(new Unavailable(new Error('disk full')))
    const [lost, kept] = await Promise.allSettled([
      tell(ledger, 'PostVoucher', office('100'), 'c1'),
      tell(ledger, 'PostVoucher', office('200'), 'c2'),
    ])
    expect(lost.status).toBe('rejected')
    expect(kept.status === 'fulfilled' && numbersOf(kept.value)).toEqual(['2025-12-记-1'])
  })

  test('without saying whether it stored: the same events go again, and one answer comes', async () => {
    const store = new FaultyStore()
    const { ledger } = openLedger(store)
    await begin(ledger)
    store.fail = async append => {
      await append()
      throw new OutcomeUnknown(new Error('connection lost'))
    }
    expect(numbersOf(await tell(ledger, 'PostVoucher', office('100'), 'c1'))).toEqual(['2025-12-记-1'])
    expect((await all(store)).filter(({ commandId }) => commandId === 'c1')).toHaveLength(1)
  })

  test('while a demonstration is begun: the ledger is none yet', async () => {
    const store = new FaultyStore()
    const { ledger } = openLedger(store)
    store.fail = () => Promise.reject(new Unavailable(new Error('disk full')))
    await expect(tell(ledger, established[0], established[1])).rejects.toBeInstanceOf(Unavailable)
    await tell(ledger, 'EstablishCoop', { ...ESTABLISHED, demo: false }, 'real')
    expect(await ask(ledger, 'AdmitMembers', invented())).toMatchObject({
      refusal: { code: 'InventedPerson' },
    })
  })

  test('with a conflict every time ends in the conflict, not in a loop', async () => {
    class Contended extends MemoryStore {
      override async append(stream: string, expected: number, _events: readonly NewEvent[]): Promise<Appended> {
        throw new Conflict(stream, expected, expected + 1)
      }
    }
    const { ledger } = openLedger(new Contended())
    await expect(tell(ledger, established[0], established[1])).rejects.toBeInstanceOf(Conflict)
  })
})
