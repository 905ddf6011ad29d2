import { invariant, type Refusal, Refused } from '../domain/refusal.ts'
import type { CoopState } from '../domain/state.ts'
import type { PublishedHeads } from '../store/chain-check.ts'
import type { Codec } from '../store/codec.ts'
import { CommandIdReused, Conflict, Unavailable } from '../store/errors.ts'
import type { EventStore, Head, NewEvent } from '../store/port.ts'
import { isDatabaseFault } from '../store/sql.ts'
import { appendDecided } from './appending.ts'
import { begun, type Coop, Coops, remember } from './coops.ts'
import { type Decided, decideOne } from './decided.ts'
import { earlierAnswers, factOf, REUSED } from './earlier.ts'
import { foldStream } from './fold.ts'
import { parse } from './parse.ts'
import type { Answer, Request } from './request.ts'
import type { SharedLog } from './shared-log.ts'
import { TakeUp } from './take-up.ts'
import { type Vault, VaultError } from './vault.ts'

export type { Answer, Fact, Request } from './request.ts'

export type LedgerPorts = {
  store: EventStore
  codec: Codec
  vault: Vault
  /** The clock: a UTC instant, milliseconds. */
  now: () => string
  /** Whether the ledger is a demonstration; undefined while it has no co-op. */
  demo: boolean | undefined
  /** Heads published earlier: a co-op whose log says otherwise is not served. */
  published?: PublishedHeads
  /** Where other programs write the log too. */
  shared?: SharedLog
}

const RETRIES = 3

/** The application: takes commands from every face, decides them one after another a co-op, and appends what was decided. */
export class Ledger {
  readonly #ports: LedgerPorts
  readonly #coops: Coops
  readonly #takeUp: TakeUp
  #demo: boolean | undefined

  constructor(ports: LedgerPorts) {
    this.#ports = ports
    this.#coops = new Coops(code => this.#fold(streamOf(code)))
    this.#takeUp = new TakeUp(ports.vault, ports.store, ports.shared !== undefined)
    this.#demo = ports.demo
  }

  /** Decides and appends one command; the same id and input gets the first answer again, another input is refused. */
  async execute(request: Request): Promise<Answer> {
    const [answer] = await this.executeTogether([request])
    return answer!
  }

  /** Several commands to one co-op, all or none: the first refusal is the only answer. */
  async executeTogether(requests: readonly Request[]): Promise<Answer[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(requests)
      } catch (error) {
        // Another append failed or came first, or it was this same command's: decide again on what is stored.
        const again = error instanceof Conflict || error instanceof CommandIdReused
        if (!again || !(await this.#again(attempt))) throw error
      }
    }
  }

  /** Takes up events that are now recorded, whoever wrote them. */
  heard(events: readonly NewEvent[]): void {
    for (const event of events) {
      if (event.type === 'CoopEstablished') this.#demo ??= (event.payload as { demo: boolean }).demo
      this.#coops.heard(coopOf(event.stream), event)
    }
  }

  /** Forgets what is in memory of a stream: it is read again. */
  forget(stream: string): void {
    this.#coops.drop(coopOf(stream))
  }

  /** The state of a co-op as decisions see it, for reading only. */
  async state(coop: string): Promise<CoopState> {
    return (await this.#coops.load(coop)).state
  }

  /** The head of a co-op's stream, the not yet durable included. */
  async head(coop: string): Promise<Head> {
    return (await this.#coops.load(coop)).head
  }

  async #again(attempt: number): Promise<boolean> {
    return this.#ports.shared ? this.#ports.shared.again(attempt) : attempt < RETRIES
  }

  async #attempt(requests: readonly Request[]): Promise<Answer[]> {
    const first = requests[0]
    if (!first) return []
    invariant(
      requests.every(({ coop }) => coop === first.coop),
      'commands given together are for one co-op',
    )
    if (new Set(requests.map(({ commandId }) => commandId)).size < requests.length) return [REUSED]
    const { store, codec, shared } = this.#ports
    const asked = { store, codec, inputHash: (each: Request) => this.#inputHash(each), inParts: shared !== undefined }
    const { answers, left } = await earlierAnswers(asked, streamOf(first.coop), requests)
    if (left.length === 0) {
      await this.#takeUp.settle(streamOf(first.coop))
      return answers
    }
    const prepared = await shared?.prepare(left)
    try {
      const more = await this.#given(first.coop, left, prepared)
      return more.some(isRefused) ? more : [...answers, ...more]
    } finally {
      prepared?.()
    }
  }

  async #given(code: string, requests: readonly Request[], prepared: (() => void) | undefined): Promise<Answer[]> {
    const first = requests[0]!
    const changing = requests.some(({ name }) => name === 'ChangeMemberDetails')
    const coop = await this.#coops.load(code)
    if (changing && this.#takeUp.changing) {
      await this.#takeUp.changing
      return this.#attempt(requests)
    }
    const running = coop.recent.get(first.commandId)
    if (running) return running.inputHash === this.#inputHash(first) ? running.answers : [REUSED]
    const [demo, head] = [this.#demo, coop.head]
    const decided = this.#decideAll(coop, requests)
    prepared?.()
    if ('refusal' in decided) {
      this.#demo = demo
      await this.#checkStands(coop, streamOf(code), head)
      return [decided]
    }
    const answers = this.#appendAll(coop, decided, demo)
    begun(coop, answers)
    if (changing) this.#takeUp.begin(answers)
    remember(coop, first.commandId, { inputHash: this.#inputHash(first), answers })
    return answers
  }

  // A refusal is an answer only if what it was decided on is what is recorded; otherwise it is a conflict like any other.
  async #checkStands(coop: Coop, stream: string, head: Head): Promise<void> {
    if (!this.#ports.shared) return
    await coop.pending
    if ((await this.#ports.shared.isLast(stream, head)) && !coop.failed) return
    throw new Conflict(stream, head.revision, (await this.#coops.load(coopOf(stream))).head.revision)
  }

  // Synchronous from the first decision to the last, so that no other command of this co-op comes between.
  #decideAll(coop: Coop, requests: readonly Request[]): Decided[] | { refusal: Refusal } {
    const decided: Decided[] = []
    try {
      for (const request of requests) decided.push(this.#decide(coop, request))
      return decided
    } catch (error) {
      // What the earlier ones of this lot did to the state in memory goes with it.
      if (decided.length > 0 || !isRefusal(error)) this.#coops.drop(requests[0]!.coop)
      if (error instanceof Refused) return { refusal: error.refusal }
      if (error instanceof VaultError) return { refusal: { code: error.code, message: error.message } }
      // The vault could not be written, and nothing has been appended yet.
      throw isDatabaseFault(error) ? new Unavailable(error) : error
    }
  }

  async #appendAll(coop: Coop, decided: readonly Decided[], demo: boolean | undefined): Promise<Answer[]> {
    const { store, shared } = this.#ports
    try {
      await appendDecided(store, shared, decided)
    } catch (error) {
      coop.failed = true
      this.#coops.drop(coopOf(decided[0]!.stream))
      this.#demo = demo
      this.#takeUp.doubt(decided.flatMap(({ events }) => events))
      throw error
    }
    this.#takeUp.take(decided.flatMap(({ events }) => events))
    return decided.map(({ events }) => ({ events: events.map(factOf), repeated: false }))
  }

  #decide(coop: Coop, request: Request): Decided {
    const { name } = request
    const body = parse(name, request.body)
    if (name === 'EstablishCoop') this.#checkDemo(body)
    const stream = streamOf(request.coop)
    const deciding = {
      ports: this.#ports,
      coop,
      stream,
      inputHash: this.#inputHash(request),
      demo: this.#demo ?? false,
    }
    const decided = decideOne(deciding, request, body)
    if (name === 'EstablishCoop') this.#demo = (body as { demo: boolean }).demo
    return decided
  }

  async #fold(stream: string): Promise<Pick<Coop, 'state' | 'head'>> {
    const { store, codec, published = {} } = this.#ports
    const folded = await foldStream(store, codec, stream, published[stream])
    await this.#takeUp.settle(stream)
    return folded
  }

  #checkDemo(body: unknown): void {
    const demo = (body as { demo: boolean }).demo
    if (this.#demo !== undefined && this.#demo !== demo) {
      throw new Refused({ code: 'DemoLedger', message: '演示账本和正式账本不能放在一起，请换一个数据目录。' })
    }
  }

  #inputHash({ coop, name, body }: Request): string {
    return this.#ports.vault.inputHash(JSON.stringify([coop, name, body]))
  }
}

const isRefused = (answer: Answer): boolean => 'refusal' in answer
const isRefusal = (error: unknown): boolean => error instanceof Refused || error instanceof VaultError

/** The stream of a co-op's code. */
export const streamOf = (coop: string): string => `coop-${coop}`

const coopOf = (stream: string): string => stream.slice('coop-'.length)
