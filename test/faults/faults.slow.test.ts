import { afterAll, describe, expect, test } from 'vitest'
import type { CommandName } from '../../src/domain/commands.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import type { Appended, EventStore } from '../../src/store/port.ts'
import { FAILURES, nthCall } from './faulty-store.ts'
import { CORE, STORIES } from './stories.ts'
import { type Client, type Ground, memoryGround, prepared, sqliteGround, trial } from './trial.ts'

const LEAST_FAULTS = 9000
const WHENS = ['before', 'after'] as const
const MODES = [false, true]
// More store calls than any one command makes, its resends and retries included.
const MOST_CALLS = 40

let runs = 0
let fired = 0

async function sweep(name: CommandName, ground: () => Ground, failures: readonly string[]): Promise<void> {
  const story = await prepared(STORIES.get(name)!)
  for (const failure of failures) {
    for (const when of WHENS) {
      for (const forever of MODES) await untilNoneFires(story, ground, { failure, when, forever })
    }
  }
}

type Way = { failure: string; when: 'before' | 'after'; forever: boolean }

async function untilNoneFires(story: Awaited<ReturnType<typeof prepared>>, ground: () => Ground, way: Way) {
  for (let n = 1; ; n++) {
    const at = ground()
    const strike = { when: way.when, error: FAILURES[way.failure]!() }
    const hits = await trial(at, story, nthCall(n, strike, way.forever)).catch(error => {
      throw new Error(`${story.request.name}, call ${n}, ${JSON.stringify(way)}: ${error}`, { cause: error })
    })
    at.close()
    runs += 1
    fired += hits
    if (hits === 0) return
    expect(n).toBeLessThan(MOST_CALLS)
  }
}

describe('a command whose store fails at the n-th call happens once, as if nothing had failed', () => {
  test.each(CORE)('%s, with every failure', name => sweep(name, memoryGround, Object.keys(FAILURES)))
  test.each(CORE)('%s, on the embedded store with its read models', name =>
    sweep(name, sqliteGround, ['Unavailable', 'OutcomeUnknown']))

  afterAll(() => {
    console.log(`fault-injecting store: ${CORE.length} commands, ${runs} runs, ${fired} faults`)
    expect(fired).toBeGreaterThanOrEqual(LEAST_FAULTS)
  })
})

describe('the sweep finds', () => {
  const voucher = () => prepared(STORIES.get('PostVoucher')!)
  const ground = (store: EventStore): Ground => ({ store, readModels: () => {}, close: () => {} })
  const lost = { when: 'after', error: FAILURES.OutcomeUnknown!() } as const

  test('a store that acknowledges what it did not store', async () => {
    class Forgetful extends MemoryStore {
      override async append(...given: Parameters<EventStore['append']>): Promise<Appended> {
        const [stream, expected, events, { commandId }] = given
        if (commandId !== 'c1') return super.append(...given)
        return { stream, first: expected + 1, revision: expected + events.length, position: 99 }
      }
    }
    await expect(trial(ground(new Forgetful()), await voucher(), () => undefined)).rejects.toThrow()
  })

  test('a store that does not know a resent command again', async () => {
    class Amnesic extends MemoryStore {
      override findCommand = async () => []
    }
    await expect(trial(ground(new Amnesic()), await voucher(), () => undefined)).rejects.toThrow()
  })

  test('a caller that answers a lost acknowledgement with a new command', async () => {
    let asked = 0
    const renaming: Client = (ledger, request) => {
      asked += 1
      return ledger.execute(request.commandId === 'c1' ? { ...request, commandId: `c1-${asked}` } : request)
    }
    await expect(trial(memoryGround(), await voucher(), nthCall(2, lost, true), renaming)).rejects.toThrow()
  })
})
