import { hash } from 'node:crypto'
import { shanghaiDay } from '../domain/calendar.ts'
import type { CommandName } from '../domain/commands.ts'
import { decide } from '../domain/coop.ts'
import type { CoopEvent } from '../domain/events.ts'
import { invariant, type Refusal, Refused } from '../domain/refusal.ts'
import { type CoopState, evolve } from '../domain/state.ts'
import { checkAppend } from '../store/append-check.ts'
import type { PublishedHeads } from '../store/chain-check.ts'
import { type Codec, headAfter } from '../store/codec.ts'
import { CommandIdReused, Conflict, OutcomeUnknown, Unavailable } from '../store/errors.ts'
import type { Appended, EventStore, Head, NewEvent } from '../store/port.ts'
import { isDatabaseFault } from '../store/sql.ts'
import { foldStream } from './fold.ts'
import { parse } from './parse.ts'
import { sealBody } from './seal.ts'
import { TakeUp } from './take-up.ts'
import { type Vault, VaultError } from './vault.ts'

export type Request = { coop: string; name: string; body: unknown; actor: string; commandId: string }
export type Fact = CoopEvent & { revision: number; hash: string; recordedAt: string }
export type Answer = { events: Fact[]; repeated: boolean } | { refusal: Refusal }

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
}

type Coop = { state: CoopState; head: Head; recent: Map<string, Running> }
type Running = { inputHash: string; answers: Promise<Answer[]> }
type Decided = { events: NewEvent[]; commandId: string; stream: string; expected: number }

const RESENDS = 3
const RETRIES = 3
const REMEMBERED = 2000
const REUSED: Answer = {
  refusal: { code: 'CommandIdReused', message: '这个命令编号已经用于另一项内容，请换一个编号再提交。' },
}

/** The application: takes commands from every face, decides them one after another a co-op, and appends what was decided. */
export class Ledger {
  readonly #ports: LedgerPorts
  readonly #coops = new Map<string, Promise<Coop>>()
  #demo: boolean | undefined
  readonly #takeUp: TakeUp

  constructor(ports: LedgerPorts) {
    this.#ports = ports
    this.#takeUp = new TakeUp(ports.vault, ports.store)
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
        if (!again || attempt === RETRIES) throw error
      }
    }
  }

  async #attempt(requests: readonly Request[]): Promise<Answer[]> {
    const first = requests[0]
    if (!first) return []
    invariant(
      requests.every(({ coop }) => coop === first.coop),
      'commands given together are for one co-op',
    )
    if (new Set(requests.map(({ commandId }) => commandId)).size < requests.length) return [REUSED]
    const earlier = await this.#earlier(streamOf(first.coop), requests)
    if (earlier) return earlier
    const changing = requests.some(({ name }) => name === 'ChangeMemberDetails')
    const coop = await this.#load(first.coop)
    if (changing && this.#takeUp.changing) {
      await this.#takeUp.changing
      return this.#attempt(requests)
    }
    const running = coop.recent.get(first.commandId)
    if (running) return running.inputHash === this.#inputHash(first) ? running.answers : [REUSED]
    const demo = this.#demo
    const decided = this.#decideAll(coop, requests)
    if ('refusal' in decided) {
      this.#demo = demo
      return [decided]
    }
    const answers = this.#appendAll(first.coop, decided, demo)
    if (changing) this.#takeUp.begin(answers)
    remember(coop, first.commandId, { inputHash: this.#inputHash(first), answers })
    return answers
  }

  // Synchronous from the first decision to the last, so that no other command of this co-op comes between.
  #decideAll(coop: Coop, requests: readonly Request[]): Decided[] | { refusal: Refusal } {
    const decided: Decided[] = []
    try {
      for (const request of requests) decided.push(this.#decide(coop, request))
      return decided
    } catch (error) {
      // What the earlier ones of this lot did to the state in memory goes with it.
      if (decided.length > 0 || !isRefusal(error)) this.#coops.delete(requests[0]!.coop)
      if (error instanceof Refused) return { refusal: error.refusal }
      if (error instanceof VaultError) return { refusal: { code: error.code, message: error.message } }
      // The vault could not be written, and nothing has been appended yet.
      throw isDatabaseFault(error) ? new Unavailable(error) : error
    }
  }

  async #appendAll(coop: string, decided: readonly Decided[], demo: boolean | undefined): Promise<Answer[]> {
    try {
      // All are checked before one is handed over, so that none of a lot is stored when another is too large.
      for (const { stream, expected, events, commandId } of decided) checkAppend(stream, expected, events, commandId)
      await Promise.all(decided.map(each => this.#append(each)))
    } catch (error) {
      this.#coops.delete(coop)
      this.#demo = demo
      this.#takeUp.doubt(decided.flatMap(({ events }) => events))
      throw error
    }
    this.#takeUp.take(decided.flatMap(({ events }) => events))
    return decided.map(({ events }) => ({ events: events.map(factOf), repeated: false }))
  }

  /** The state of a co-op as decisions see it, for reading only. */
  async state(coop: string): Promise<CoopState> {
    return (await this.#load(coop)).state
  }

  /** The head of a co-op's stream, the not yet durable included. */
  async head(coop: string): Promise<Head> {
    return (await this.#load(coop)).head
  }

  #decide(coop: Coop, request: Request): Decided {
    const { codec, vault } = this.#ports
    const name = request.name as CommandName
    const body = parse(name, request.body)
    if (name === 'EstablishCoop') this.#checkDemo(body)
    const stream = streamOf(request.coop)
    const inputHash = this.#inputHash(request)
    const sealed = sealBody(vault, name, body as Record<string, unknown>, this.#demo ?? false)
    const now = this.#ports.now()
    const today = shanghaiDay(now < coop.head.recordedAt ? coop.head.recordedAt : now)
    const context = { coop: request.coop, today, actor: request.actor, revision: coop.head.revision, sha256 }
    const decision = decide(coop.state, name, sealed, context)
    if ('refusal' in decision) throw new Refused(decision.refusal)
    const drafts = decision.events.map(({ type, data }) => ({ type, payload: data }))
    const events = codec.seal(
      coop.head,
      { stream, now, actor: request.actor, commandId: request.commandId, inputHash },
      drafts,
    )
    const expected = coop.head.revision
    for (const event of decision.events) evolve(coop.state, event)
    coop.head = headAfter(events.at(-1)!)
    if (name === 'EstablishCoop') this.#demo = (body as { demo: boolean }).demo
    return { events, commandId: request.commandId, stream, expected }
  }

  async #append({ events, commandId, stream, expected }: Decided): Promise<Appended> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#ports.store.append(stream, expected, events, { commandId })
      } catch (error) {
        // The same events again: a re-decision on what may have been stored would turn a success into a refusal.
        if (!(error instanceof OutcomeUnknown) || attempt === RESENDS) throw error
      }
    }
  }

  // The first answer to a command that was given before, from the log.
  async #earlier(stream: string, requests: readonly Request[]): Promise<Answer[] | undefined> {
    const answers: Answer[] = []
    const found = await Promise.all(requests.map(({ commandId }) => this.#ports.store.findCommand(stream, commandId)))
    if (found.every(events => events.length === 0)) return undefined
    for (const [index, request] of requests.entries()) {
      const events = found[index]!
      if (events.length === 0 || events[0]!.inputHash !== this.#inputHash(request)) {
        return [REUSED]
      }
      const facts = events.map(event => factOf({ ...event, payload: this.#ports.codec.decode(event) }))
      answers.push({ events: facts, repeated: true })
    }
    await this.#takeUp.settle(stream)
    return answers
  }

  #load(code: string): Promise<Coop> {
    const known = this.#coops.get(code)
    if (known) return known
    const { store, codec, published = {} } = this.#ports
    const loading = foldStream(store, codec, streamOf(code), published[streamOf(code)]).then(async folded => {
      await this.#takeUp.settle(streamOf(code))
      return { ...folded, recent: new Map<string, Running>() }
    })
    this.#coops.set(code, loading)
    loading.catch(() => this.#coops.delete(code))
    return loading
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

const isRefusal = (error: unknown): boolean => error instanceof Refused || error instanceof VaultError

/** The stream of a co-op's code. */
export const streamOf = (coop: string): string => `coop-${coop}`

const sha256 = (text: string): string => hash('sha256', text, 'hex')

function factOf({
  type,
  payload,
  revision,
  hash,
  recordedAt,
}: Pick<NewEvent, 'type' | 'payload' | 'revision' | 'hash' | 'recordedAt'>): Fact {
  return { type, data: payload, revision, hash, recordedAt } as Fact
}

function remember(coop: Coop, commandId: string, running: Running): void {
  coop.recent.set(commandId, running)
  if (coop.recent.size > REMEMBERED) coop.recent.delete(coop.recent.keys().next().value!)
}
