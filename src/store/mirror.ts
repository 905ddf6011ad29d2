import { Unavailable, Unreadable } from './errors.ts'
import { pause } from './eventstoredb-follow.ts'
import { checkedGroup, type Group, groupsOf } from './mirror-check.ts'
import { Intake } from './mirror-intake.ts'
import { checkPlace, MirrorRefused } from './mirror-place.ts'
import type { MirrorPorts } from './mirror-ports.ts'
import { MirrorWaits } from './mirror-waits.ts'
import type { Head, NewEvent, RecordedEvent } from './port.ts'
import { isDatabaseFault } from './sql.ts'

/** Events taken from the subscription and not yet stored are at most about so many. */
const mostWaiting = 2_000

/**
 * Follows a log on a server into a local one: every event is checked against the chain and stored by the same append as if
 * it had been decided here. A stream that is not as it was written is followed no more, and the others go on.
 */
export class Mirror {
  readonly waits = new MirrorWaits()
  readonly #ports: MirrorPorts
  readonly #stopped: Map<string, string>
  readonly #ending = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #refused: MirrorRefused | undefined
  #caughtUp = false

  constructor(ports: MirrorPorts) {
    this.#ports = ports
    this.#stopped = ports.heads.stopped()
  }

  /** Whether everything that was on the server when following began is here. */
  get caughtUp(): boolean {
    return this.#caughtUp
  }

  /** Why nothing at all is followed. */
  get refused(): MirrorRefused | undefined {
    return this.#refused
  }

  /** Where a stream ends here. */
  headOf(stream: string): Head {
    return this.#ports.heads.of(stream)
  }

  /** Throws Unreadable for a stream that is followed no more, and Unavailable where none is. */
  check(stream: string): void {
    const reason = this.#stopped.get(stream)
    if (reason !== undefined) throw new Unreadable(stream, reason)
    if (this.#refused) throw new Unavailable(this.#refused)
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Checks again whether the server still has what was mirrored: to be called when it came back. */
  async recheck(): Promise<void> {
    const last = this.#ports.heads.last()
    try {
      if (last) await checkPlace(this.#ports.remote, last)
    } catch (error) {
      if (error instanceof MirrorRefused) this.#refuse(error)
      else this.#ports.onTrouble(error)
    }
  }

  /** Follows a stream no more. */
  stop(stream: string, reason: string): void {
    if (this.#stopped.has(stream)) return
    this.#ports.heads.stop(stream, reason)
    this.#stopped.set(stream, reason)
    this.#ports.onStopped(stream)
    this.waits.wake()
  }

  /** Ends following; returns when nothing is being stored any more. */
  async close(): Promise<void> {
    this.#ending.abort()
    this.waits.close()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#ending.signal.aborted && !this.#refused) {
      try {
        const last = this.#ports.heads.last()
        if (last) await checkPlace(this.#ports.remote, last)
        for (const stream of [...this.#stopped.keys()]) await this.#resume(stream, last?.position ?? 0)
        await this.#follow(last?.position ?? 0)
      } catch (error) {
        if (error instanceof MirrorRefused) this.#refuse(error)
        else {
          this.#ports.onTrouble(error)
          await pause(this.#ports.pause, this.#ending.signal)
        }
      }
    }
  }

  #refuse(refused: MirrorRefused): void {
    this.#refused = refused
    this.#ports.onTrouble(refused)
    this.#ending.abort()
    this.waits.wake()
  }

  async #follow(after: number): Promise<void> {
    const over = new AbortController()
    const signal = AbortSignal.any([this.#ending.signal, over.signal])
    const intake = new Intake(mostWaiting)
    signal.addEventListener('abort', () => intake.end())
    const filling = intake.fill(this.#ports.remote.subscribe({ after, signal }))
    const results = await Promise.allSettled([filling, this.#store(intake).finally(() => over.abort())])
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }

  async #store(intake: Intake): Promise<void> {
    let begun: RecordedEvent[] = []
    let caughtUp = false
    for (;;) {
      const taken = await intake.next()
      if (!taken) return
      const groups = groupsOf([...begun, ...taken.events])
      caughtUp ||= taken.caughtUp
      const last = groups.at(-1)
      const whole = !last || (await this.#isWhole(last))
      begun = whole ? [] : [...(groups.pop() ?? [])]
      await this.#storeAll(groups)
      if (!caughtUp || begun.length > 0 || this.#caughtUp) continue
      this.#caughtUp = true
      this.#ports.onCaughtUp()
      this.waits.wake()
    }
  }

  // An append is stored whole, so what the server has after the event tells whether the command goes on.
  async #isWhole(group: Group): Promise<boolean> {
    const { stream, revision, commandId } = group.at(-1) as RecordedEvent
    if (this.waits.isEnd(stream, revision)) return true
    for await (const next of this.#ports.remote.read(stream, { from: revision + 1, limit: 1 })) {
      return next.commandId !== commandId
    }
    return true
  }

  async #storeAll(groups: readonly Group[]): Promise<void> {
    const followed = groups.filter(([{ stream }]) => !this.#stopped.has(stream))
    if (followed.length === 0) return
    await this.#ports.before(followed.flat())
    this.#ports.heads.expect(followed.flat())
    const checked = this.#checked(followed)
    if (checked.length === 0) return
    try {
      await this.#append(checked)
    } catch (error) {
      if (isOurs(error)) throw error
      // What one event does to the read models must not keep out the others.
      for (const each of checked) await this.#append([each]).catch(cause => this.#stopFor(each, cause))
    }
    this.#ports.heads.settle()
  }

  #stopFor([event]: readonly NewEvent[], cause: unknown): void {
    if (isOurs(cause) || !event) throw cause
    this.stop(event.stream, cause instanceof Error ? cause.message : String(cause))
  }

  #checked(groups: readonly Group[]): NewEvent[][] {
    const heads = new Map<string, Head>()
    const checked: NewEvent[][] = []
    for (const group of groups) {
      const { stream } = group[0]
      if (this.#stopped.has(stream)) continue
      try {
        const events = checkedGroup(this.#ports.codec, heads.get(stream) ?? this.headOf(stream), group)
        heads.set(stream, group.at(-1) as RecordedEvent)
        checked.push(events)
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        this.stop(stream, error.message)
      }
    }
    return checked
  }

  async #append(groups: readonly NewEvent[][]): Promise<void> {
    const appends = groups.map(events => {
      const { stream, revision, commandId } = events[0] as NewEvent
      return this.#ports.local.append(stream, revision - 1, events, { commandId })
    })
    const results = await Promise.allSettled(appends)
    const failed = results.find(result => result.status === 'rejected')
    if (failed) throw failed.reason
    this.#ports.after(groups.flat())
    this.waits.wake()
  }

  /** Reads on in a stream that was followed no more: it may have been set right, or this program made newer. */
  async #resume(stream: string, upTo: number): Promise<void> {
    const events: RecordedEvent[] = []
    try {
      const from = this.headOf(stream).revision + 1
      for await (const event of this.#ports.remote.read(stream, { from })) {
        // What comes later comes with what the others wrote then.
        if (event.position > upTo) break
        events.push(event)
      }
      let head = this.headOf(stream)
      for (const group of groupsOf(events)) {
        checkedGroup(this.#ports.codec, head, group)
        head = group.at(-1) as RecordedEvent
      }
    } catch (error) {
      if (error instanceof Unreadable) return
      throw error
    }
    this.#stopped.delete(stream)
    await this.#storeAll(groupsOf(events))
    if (!this.#stopped.has(stream)) this.#ports.heads.resume(stream)
  }
}

/** A failure of this machine's disk, which has nothing to do with the event. */
function isOurs(error: unknown): boolean {
  return error instanceof Unavailable && isDatabaseFault(error.cause)
}
