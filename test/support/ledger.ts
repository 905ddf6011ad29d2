import { createHash } from 'node:crypto'
import { catalogue } from '../../src/domain/events.ts'
import { checkDigitOf } from '../../src/ledger/id-number.ts'
import { type Answer, type Fact, Ledger } from '../../src/ledger/ledger.ts'
import { openVault } from '../../src/ledger/vault-sqlite.ts'
import { createCodec } from '../../src/store/codec.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import type { EventStore, RecordedEvent } from '../../src/store/port.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { ACTOR } from './coop.ts'
import { bank, established, opening } from './stories.ts'

export const COOP = 'yangguang'
export const START = '2025-12-30T02:00:00.000Z'

/** A ledger on a store (memory unless given) with the real vault in memory, and a clock that tests can set. */
export function openLedger(store: EventStore = new MemoryStore()) {
  const clock = { now: START }
  const now = () => clock.now
  const codec = createCodec(catalogue)
  const vault = openVault(openNodeSql(':memory:'), { random: steadyBytes(), now })
  const open = (demo?: boolean, on: EventStore = store) => new Ledger({ store: on, codec, vault, now, demo })
  return { ledger: open(), store, codec, vault, clock, open }
}

/** Gives commands one after another; throws at the first refusal. */
export async function tell(ledger: Ledger, name: string, body: unknown, commandId = name): Promise<Fact[]> {
  const answer = await ledger.execute({ coop: COOP, name, body, actor: ACTOR, commandId })
  if ('refusal' in answer) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`)
  return answer.events
}

/** Gives one command and hands back whatever the answer is. */
export const ask = (ledger: Ledger, name: string, body: unknown, commandId = 'ask'): Promise<Answer> =>
  ledger.execute({ coop: COOP, name, body, actor: ACTOR, commandId })

/** Establishes 阳光社区 with its bank account and opening balances, in three commands of five events. */
export async function begin(ledger: Ledger): Promise<void> {
  for (const [name, body] of [established, bank, opening]) await tell(ledger, name, body)
}

/** ¥`amount` of office costs from the bank. */
export const office = (amount: string, date = '2025-12-05') => ({
  date,
  summary: '付办公费',
  lines: [
    { account: '513-办公', debit: amount },
    { account: '102-基本户', credit: amount },
  ],
})

/** A citizen's number of the region 999, which does not exist. */
export const INVENTED = `99910119500307001${checkDigitOf('99910119500307001')}`

/** The admission of one invented member. */
export const invented = (idNumber = INVENTED) => ({
  members: [{ person: { name: '王某某', idNumber }, on: '2025-01-01', basis: '成员大会确认' }],
})

/** The numbers of the vouchers that events carry. */
export const numbersOf = (events: readonly { data: object }[]): string[] =>
  events.flatMap(({ data }) => ('voucher' in data ? [(data.voucher as { number: string }).number] : []))

/** Everything in a store, in order. */
export async function all(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const event of store.readAll()) events.push(event)
  return events
}

// The same bytes in every run, and never the same twice in one.
function steadyBytes(): (bytes: number) => Uint8Array {
  let calls = 0
  return bytes => {
    calls += 1
    return Uint8Array.from(createHash('sha512').update(`${calls}`).digest().subarray(0, bytes))
  }
}
