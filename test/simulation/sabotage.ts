import type { Codec, Draft } from '../../src/store/codec.ts'
import type { EventStore, NewEvent } from '../../src/store/port.ts'
import { FaultyStore } from '../faults/faulty-store.ts'
import type { Sabotage } from './world.ts'

type Line = { debit?: string; credit?: string }
type Payload = { voucher?: { number: string; lines: Line[] }; fund?: string }

// Late enough that the co-ops have begun, early enough that every seed comes there.
const APPENDS = 90
const REVISION = 52

/** An append that says it is done and stored nothing. */
export function lostAcknowledgement(): Sabotage {
  let appends = 0
  class Liar extends FaultyStore {
    override append(...given: Parameters<EventStore['append']>) {
      appends += 1
      if (appends !== APPENDS) return super.append(...given)
      const [stream, expected, events] = given
      return Promise.resolve({ stream, first: expected + 1, revision: expected + events.length, position: 1 })
    }
  }
  return { store: store => new Liar(store) }
}

/** A store that forgets which commands it has seen. */
export function forgottenCommands(): Sabotage {
  class Forgetful extends FaultyStore {
    override findCommand = async () => []
  }
  return { store: store => new Forgetful(store) }
}

/** A voucher that gets the number of the one before it; the read models, which would notice, do not see it. */
export function numberUsedTwice(): Sabotage {
  const doctored = new Set<string>()
  const codec = doctor(({ voucher }) => {
    const [, month, number] = voucher?.number.match(/^(.+)-记-(\d+)$/) ?? []
    if (!voucher || Number(number) < 2) return undefined
    return { voucher: { ...voucher, number: `${month}-记-${Number(number) - 1}` } }
  }, doctored)
  return { codec, hooks: hooks => skipping(hooks, event => doctored.has(event.id)) }
}

/** An expense of a fund booked at a thousand times what was decided on. */
export function fundOverdrawn(): Sabotage {
  const thousandfold = (text: string) => `${Number(text.replace('.', '')) * 10}.00`
  return {
    codec: doctor(
      ({ voucher, fund }) => {
        if (!voucher || !fund || !voucher.lines.some(({ debit }) => debit && Number(debit) > 100)) return undefined
        const lines = voucher.lines.map(({ debit, credit, ...line }) => ({
          ...line,
          ...(debit ? { debit: thousandfold(debit) } : {}),
          ...(credit ? { credit: thousandfold(credit) } : {}),
        }))
        return { voucher: { ...voucher, lines } }
      },
      new Set(),
      'ExpensePaid',
    ),
  }
}

/** Read models to which one voucher never comes. */
export function forgottenEvent(): Sabotage {
  let vouchers = 0
  return {
    hooks: hooks =>
      skipping(hooks, ({ data }) => {
        if (data.includes('"voucher"')) vouchers += 1
        return vouchers === 25
      }),
  }
}

type Hooks = Parameters<NonNullable<Sabotage['hooks']>>[0]

function skipping(hooks: Hooks, skips: (event: { id: string; data: string }) => boolean): Hooks {
  return {
    ...hooks,
    inline: (tx, event, payload) => {
      if (!skips(event)) hooks.inline?.(tx, event, payload)
    },
  }
}

// Changes what is written of the first event that `change` has something for.
function doctor(change: (payload: Payload) => object | undefined, ids: Set<string>, type?: string) {
  return (codec: Codec): Codec => ({
    ...codec,
    seal(head, context, drafts) {
      const doctored = drafts.map((draft): Draft => {
        const changed = head.revision < REVISION || ids.size > 0 ? undefined : changedOf(draft)
        return changed ? { ...draft, payload: { ...(draft.payload as object), ...changed } } : draft
      })
      const events = codec.seal(head, context, doctored)
      events.forEach((event: NewEvent, index) => {
        if (doctored[index] !== drafts[index]) ids.add(event.id)
      })
      return events
    },
  })
  function changedOf(draft: Draft): object | undefined {
    return type === undefined || draft.type === type ? change(draft.payload as Payload) : undefined
  }
}
