import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import {
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js'
import { type HeldEvent, type ProposedEvent, StandInLog } from './stand-in-log.ts'
import {
  appendAnswer,
  type CallError,
  callErrors,
  eventAnswer,
  expectedIn,
  nameIn,
  positionIn,
  prefixesIn,
  proposedIn,
  readAnswers,
} from './stand-in-messages.ts'

type AppendReq = InstanceType<typeof streams.AppendReq>
type AppendResp = InstanceType<typeof streams.AppendResp>
type ReadReq = InstanceType<typeof streams.ReadReq>
type ReadOptions = NonNullable<ReturnType<ReadReq['getOptions']>>
type ReadResp = InstanceType<typeof streams.ReadResp>
type TombstoneReq = InstanceType<typeof streams.TombstoneReq>
type TombstoneResp = InstanceType<typeof streams.TombstoneResp>
type Reading = ServerWritableStream<ReadReq, ReadResp>

/** What goes wrong with a call: an answer that never comes, an early end, a death, or an error; `late` answers after so many ms. */
export type Fault = 'silent' | 'end' | 'die' | CallError | { readonly late: number }
/** For an append: whether it goes wrong before or after the events are stored. */
export type AppendFault = { readonly when: 'before' | 'after'; readonly fault: Fault }
/** For a read or a subscription: after how many of its events. */
export type ReadFault = { readonly after: number; readonly fault: Fault }

const filteredPerCheckpoint = 32
/** Only from the end: the store never reads backwards, and the questions in answers.test.ts do no more. */
const backwards = 1

/** A server in this process that speaks the client's own protocol, over TCP, and fails as it is told. Faults are used up in order. */
export class StandIn {
  readonly log = new StandInLog()
  readonly appendFaults: AppendFault[] = []
  readonly readFaults: ReadFault[] = []
  readonly subscriptionFaults: ReadFault[] = []
  /** Calls that reached the server, by kind. */
  readonly calls = { append: 0, read: 0, subscription: 0 }
  /** From which positions subscriptions were asked for. */
  readonly subscribedFrom: number[] = []
  /** While true, subscriptions are given nothing more: they lag behind what is stored. */
  #held = false
  /** Reads and subscriptions that nobody has ended. */
  open = 0
  #server: Server | undefined
  #port = 0

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false&keepAliveInterval=-1`
  }

  get port(): number {
    return this.#port
  }

  /** Listens, on the same port as before if it was listening before. */
  async start(): Promise<this> {
    const server = new Server()
    server.addService(streamsService.StreamsService as never, {
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) =>
        this.#append(call, answer),
      read: (call: Reading) => this.#read(call),
      tombstone: (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>) => {
        const options = call.request.getOptions()
        if (options) this.log.tombstone(nameIn(options))
        answer(null, new streams.TombstoneResp())
      },
    })
    this.#port = await new Promise((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.#port}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    )
    this.#server = server
    return this
  }

  /** From now on subscriptions lag behind what is stored. */
  hold(): void {
    this.#held = true
  }

  /** Lets subscriptions catch up. */
  release(): void {
    this.#held = false
    this.log.announce()
  }

  /** Dies, and is there again a moment later. */
  dieAndReturn(): void {
    this.die()
    setTimeout(() => void this.start(), 30)
  }

  /** Dies as on kill -9: every connection is cut, and what was stored stays. */
  die(): void {
    this.#server?.forceShutdown()
    this.#server = undefined
    this.open = 0
  }

  #append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
    this.calls.append++
    const fault = this.appendFaults.shift()
    const requests: AppendReq[] = []
    call.on('error', () => undefined)
    call.on('data', request => requests.push(request as AppendReq))
    call.on('end', () => {
      if (fault?.when === 'before' && !this.#survives(fault.fault, answer)) return
      const result = this.#store(requests)
      if (fault?.when === 'after' && !this.#survives(fault.fault, answer)) return
      const give = (): void => ('code' in result ? answer(result) : answer(null, result))
      if (typeof fault?.fault === 'object' && 'late' in fault.fault) setTimeout(give, fault.fault.late)
      else give()
    })
  }

  #store([header, ...rest]: AppendReq[]): AppendResp | CallError {
    const options = header?.getOptions()
    if (!options) return callErrors.unknown()
    const proposed: ProposedEvent[] = []
    for (const request of rest) {
      const event = proposedIn(request)
      if ('code' in event) return event
      proposed.push(event)
    }
    const [name, expected] = [nameIn(options), expectedIn(options)]
    return appendAnswer(name, expected, this.log.append(name, expected, proposed))
  }

  /** Whether the call goes on: it does for a late answer, and for an early end, which an append does not know. */
  #survives(fault: Fault, answer: sendUnaryData<AppendResp>): boolean {
    if (fault === 'silent') return false
    if (fault === 'die') {
      this.dieAndReturn()
      return false
    }
    if (typeof fault === 'object' && 'code' in fault) {
      answer(fault)
      return false
    }
    return true
  }

  #read(call: Reading): void {
    const options = call.request.getOptions()
    this.open++
    call.on('close', () => this.open--)
    call.on('error', () => undefined)
    if (!options) call.emit('error', callErrors.unknown())
    else if (options.hasSubscription()) this.#subscription(call, options)
    else if (!this.log.isPlace(positionIn(options))) call.emit('error', callErrors.nowhere())
    else this.#readOnce(call, options)
  }

  #readOnce(call: Reading, options: ReadOptions): void {
    this.calls.read++
    const out = new Outlet(call, this.readFaults.shift(), () => this.dieAndReturn())
    const count = Number(options.getCount())
    const stream = options.getStream()
    if (!stream) {
      const from = positionIn(options)
      out.all(this.log.events.filter(({ position }) => position >= from).slice(0, count))
      return
    }
    const name = nameIn(stream)
    const held = this.log.readable(name)
    const from = stream.hasRevision() ? Number(stream.getRevision()) : 0
    if (held === 'deleted') call.emit('error', callErrors.deleted(name))
    else if (held && options.getReadDirection() === backwards) out.all(held.toReversed().slice(0, count))
    else if (held) out.all(held.filter(({ revision }) => revision >= from).slice(0, count))
    else out.last(readAnswers.notFound(name))
  }

  #subscription(call: Reading, options: ReadOptions): void {
    this.calls.subscription++
    this.subscribedFrom.push(positionIn(options))
    if (!this.log.isPlace(positionIn(options))) {
      call.emit('error', callErrors.thrown())
      return
    }
    const out = new Outlet(call, this.subscriptionFaults.shift(), () => this.dieAndReturn())
    const prefixes = prefixesIn(options) ?? ['']
    let position = positionIn(options)
    let passedOver = 0
    const pump = (): void => {
      if (this.#held) return
      for (const event of this.log.events) {
        if (event.position <= position) continue
        position = event.position
        if (prefixes.some(prefix => event.stream.startsWith(prefix))) out.event(event)
        else if (++passedOver % filteredPerCheckpoint === 0) out.say(readAnswers.checkpoint(position))
      }
    }
    out.say(readAnswers.confirmation())
    pump()
    out.say(readAnswers.caughtUp())
    call.on('close', this.log.listen(pump))
  }
}

/** Writes to a reader until the fault's turn has come. */
class Outlet {
  readonly #call: Reading
  readonly #fault: ReadFault | undefined
  readonly #die: () => void
  #given = 0
  #stopped = false

  constructor(call: Reading, fault: ReadFault | undefined, die: () => void) {
    this.#call = call
    this.#fault = fault
    this.#die = die
    this.#meetFault()
  }

  say(answer: ReadResp): void {
    if (!this.#stopped) this.#call.write(answer)
  }

  event(event: HeldEvent): void {
    this.say(eventAnswer(event))
    this.#given++
    this.#meetFault()
  }

  all(events: readonly HeldEvent[]): void {
    for (const event of events) this.event(event)
    if (!this.#stopped) this.#call.end()
  }

  last(answer: ReadResp): void {
    this.say(answer)
    if (!this.#stopped) this.#call.end()
  }

  #meetFault(): void {
    if (this.#stopped || this.#fault?.after !== this.#given) return
    const { fault } = this.#fault
    this.#stopped = true
    if (fault === 'end') this.#call.end()
    // What was written before goes out first, as it would have from another process.
    else if (fault === 'die') setTimeout(this.#die, 20)
    else if (typeof fault === 'object' && 'code' in fault) this.#call.emit('error', fault)
  }
}
