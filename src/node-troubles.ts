import type { Mirror } from './store/mirror.ts'

/** A wait this long, in milliseconds, says that the mirror does not follow. */
const LATE = 2_000

/** What keeps one node from following the log on its server, as it stands. */
export class Troubles {
  readonly #now: () => string
  readonly #told: (cause: unknown) => void
  #since: string | undefined
  #cause: unknown

  /** `told` hears of each as it comes. */
  constructor(now: () => string, told: (cause: unknown) => void) {
    this.#now = now
    this.#told = told
  }

  /** Whether there is one. */
  get any(): boolean {
    return this.#since !== undefined
  }

  begin(cause: unknown): void {
    this.#since ??= this.#now()
    this.#cause = cause
    this.#told(cause)
  }

  end(): void {
    this.#since = undefined
  }

  /** Sentences for people on why the node is not ready. */
  of(mirror: Mirror): string[] {
    if (mirror.refused) return [mirror.refused.message]
    const faults: string[] = []
    if (this.#since) {
      const cause = this.#cause instanceof Error ? this.#cause.message : String(this.#cause)
      faults.push(`集群服务器从 ${this.#since} 起没有正常应答：${cause}。已有的账可以查看，暂时不能记账。`)
    }
    if (!mirror.caughtUp) faults.push('本机还没有跟上集群的账本，页面上可能缺少最近的内容。')
    const late = mirror.waits.late(LATE)
    if (late > 0) faults.push(`有 ${late} 项操作在等本机跟上集群的账本。`)
    return faults
  }
}
