import { Conflict, OutcomeUnknown, Unavailable } from '../../../src/store/errors.ts'
import { type EventStore, emptyHead, type Head, isCaughtUp, type RecordedEvent } from '../../../src/store/port.ts'
import { note, sealed } from '../sample.ts'

/** A command the store has answered for: one event, at this place. */
export interface Acknowledgement {
  readonly stream: string
  readonly commandId: string
  readonly revision: number
  readonly position: number
}

/** What the writers were told, and how often they had to ask again. */
export class Answers {
  readonly acknowledged: Acknowledgement[] = []
  unknown = 0
  unavailable = 0
  readonly #waiting = new Set<() => void>()

  acknowledge(acknowledgement: Acknowledgement): void {
    this.acknowledged.push(acknowledgement)
    for (const wake of this.#waiting) wake()
  }

  /** Returns when so many more commands have been acknowledged. */
  async more(count: number): Promise<void> {
    const goal = this.acknowledged.length + count
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = (): void => {
      if (this.acknowledged.length >= goal) resolve()
    }
    this.#waiting.add(look)
    await promise
    this.#waiting.delete(look)
  }
}

/** Sends one command after the other to a stream that others write too, each until it is acknowledged. */
export async function write(
  store: EventStore,
  stream: string,
  writer: string,
  answers: Answers,
  stop: AbortSignal,
): Promise<void> {
  let head: Head = emptyHead
  for (let number = 0; !stop.aborted; number++) {
    const commandId = `${writer}-${number}`
    head = await untilAcknowledged(store, stream, commandId, head, answers)
  }
}

// As the ledger does it: after a conflict it decides anew, after an unknown outcome it sends the same events again.
async function untilAcknowledged(
  store: EventStore,
  stream: string,
  commandId: string,
  before: Head,
  answers: Answers,
): Promise<Head> {
  let events = sealed(stream, commandId, [note(commandId)], { head: before })
  let expected = before.revision
  for (;;) {
    try {
      const { revision, position } = await store.append(stream, expected, events, { commandId })
      answers.acknowledge({ stream, commandId, revision, position })
      return events.at(-1) ?? before
    } catch (error) {
      if (error instanceof OutcomeUnknown) answers.unknown++
      else if (error instanceof Unavailable) answers.unavailable++
      else if (error instanceof Conflict) {
        const head = await headOf(store, stream, error.actual)
        events = sealed(stream, commandId, [note(commandId)], { head })
        expected = head.revision
      } else throw error
    }
  }
}

async function headOf(store: EventStore, stream: string, from: number): Promise<Head> {
  for (;;) {
    try {
      let head: Head = emptyHead
      for await (const event of store.read(stream, { from: Math.max(0, from) })) head = event
      return head
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
    }
  }
}

/** Gathers what a subscription gives until it has given the event at the position that `last` resolves to. */
export async function followTo(store: EventStore, last: Promise<number>): Promise<number[]> {
  const stop = new AbortController()
  const positions: number[] = []
  let goal = Number.POSITIVE_INFINITY
  const look = (): void => {
    if ((positions.at(-1) ?? 0) >= goal) stop.abort()
  }
  void last.then(position => {
    goal = position
    look()
  })
  for await (const item of store.subscribe({ signal: stop.signal })) {
    if (!isCaughtUp(item)) positions.push(item.position)
    look()
  }
  return positions
}

/** What is wrong with a log of one-event commands that the writers were told of and a follower was given. */
export function faultsOf(
  acknowledged: readonly Acknowledgement[],
  stored: readonly RecordedEvent[],
  followed: readonly number[],
): string[] {
  const key = (of: { stream: string; commandId: string }): string => `${of.stream}/${of.commandId}`
  const places = Map.groupBy(stored, key)
  const told = new Set(acknowledged.map(key))
  const faults: string[] = []
  for (const answer of acknowledged) {
    const events = places.get(key(answer)) ?? []
    if (events.length === 0) faults.push(`${key(answer)} was acknowledged and lost`)
    else if (events[0]?.revision !== answer.revision || events[0].position !== answer.position)
      faults.push(`${key(answer)} is not where it was said to be`)
  }
  for (const [command, events] of places) {
    if (events.length > 1) faults.push(`${command} is there ${events.length} times`)
    if (!told.has(command)) faults.push(`${command} is there and nobody was told`)
  }
  const positions = stored.map(({ position }) => position)
  if (positions.join() !== followed.join()) faults.push('the follower was given something else than what is there')
  return faults
}
