import { projected } from '../../projections/projection.ts'
import { BEGINNING } from '../simulation/beginning.ts'
import { command } from '../simulation/moves.ts'
import { Random } from '../simulation/random.ts'
import { Coop, type Story } from '../support/coop.ts'
import { adopted } from '../support/stories.ts'
import { ASSETS, furtherCommand } from './further.ts'
import { MemoryBooks } from './memory-books.ts'

const COOPS = ['yangguang', 'jufu']
const YEARS = [2025, 2026] as const
const STEPS = 160

/** Two co-ops through two years of commands that a seed chooses, legal and illegal, each year closed at its end. */
export async function generate(seed: number): Promise<MemoryBooks> {
  const play = new Play(seed)
  for (const coop of COOPS) for (const [name, body] of BEGINNING) await play.must(coop, name, body)
  for (const year of YEARS) {
    await play.begin(year)
    for (let step = 0; step < STEPS; step++) await play.step(step)
    await play.close()
  }
  return play.books
}

class Play {
  readonly books: MemoryBooks
  readonly #random: Random
  readonly #mirrors = new Map(COOPS.map(coop => [coop, new Coop()]))
  #position = 0
  #year: number = YEARS[0]

  constructor(seed: number) {
    this.#random = new Random(seed)
    this.books = new MemoryBooks(count => this.#random.bytes(count))
    this.books.clock = '2025-12-31'
  }

  async must(coop: string, name: string, body: unknown): Promise<void> {
    const refusal = await this.#tell(coop, name, body)
    if (refusal) throw new Error(`${coop} ${name}: ${refusal}`)
  }

  /** The later year has a plan of its own, and the reserve of the year before. */
  async begin(year: number): Promise<void> {
    this.#year = year
    this.books.clock = `${year}-12-31`
    if (year === YEARS[0]) return this.#register()
    for (const coop of COOPS) {
      for (const [name, body] of steps(adopted({ budget: '100000' }))) {
        const ofYear = JSON.stringify(body).replaceAll('"2025-1"', `"${year}-1"`)
        await this.must(coop, name, this.#dated(JSON.parse(ofYear)))
      }
      await this.#tell(coop, 'SetReserveAside', { year: year - 1, date: `${year}-02-05` })
    }
  }

  async #register(): Promise<void> {
    for (const coop of COOPS) {
      for (const asset of ASSETS) {
        const body = { asset, name: asset, kind: '店面', use: 'let', on: '2025-01-01' }
        await this.must(coop, 'RegisterAsset', body)
      }
    }
  }

  async step(index: number): Promise<void> {
    const coop = this.#random.pick(COOPS)
    const mirror = this.#mirrors.get(coop)!
    const id = this.#year * 1000 + index
    const { name, body } = this.#random.chance(0.35)
      ? furtherCommand(this.#random, mirror, `另${id}`, this.#year)
      : command(this.#random, coop, mirror, '', id)
    // Months are closed at the end, in their order.
    if (name !== 'ClosePeriod') await this.#tell(coop, name, this.#dated(body))
  }

  async close(): Promise<void> {
    this.books.clock = `${this.#year + 1}-01-02`
    for (const coop of COOPS) {
      for (let month = 1; month <= 11; month++) await this.#closeMonth(coop, month)
      await this.must(coop, 'CloseYear', { year: this.#year })
      await this.#closeMonth(coop, 12)
    }
  }

  // What could not be approved is sent back; a day on which chance had spent too early is made good by a loan before it.
  async #closeMonth(coop: string, month: number): Promise<void> {
    for (const id of this.#mirrors.get(coop)!.state.governance.waiting.keys())
      await this.must(coop, 'RejectCommand', { id, officer: 'M00004', reason: '不能入账' })
    const name = `${this.#year}-${String(month).padStart(2, '0')}`
    const body = { month: name, unreconciled: '对账单未到' }
    const refusal = await this.#tell(coop, 'ClosePeriod', body)
    if (refusal === undefined || refusal === 'PeriodClosed') return
    if (refusal !== 'CashNegative') throw new Error(`${coop} ClosePeriod ${name}: ${refusal}`)
    const lines = [
      { account: '101', debit: '5000000' },
      { account: '102-基本户', debit: '50000000' },
      { account: '201', credit: '55000000' },
    ]
    await this.must(coop, 'PostVoucher', { date: `${name}-01`, summary: '借入周转款', lines })
    await this.must(coop, 'ClosePeriod', body)
  }

  async #tell(coop: string, name: string, body: unknown): Promise<string | undefined> {
    const answer = await this.books.tell(coop, name, body)
    for (const row of this.books.store.page(this.#position, 1000)) {
      this.#position = row.position
      const fact = projected(row, this.books.codec.decode(row))
      if (fact) this.#mirrors.get(fact.coop)?.fold(fact)
    }
    return 'refusal' in answer ? answer.refusal.code : undefined
  }

  // Days and months of the first year moved into this one.
  #dated(body: unknown): unknown {
    return JSON.parse(JSON.stringify(body ?? null).replace(/2025-(\d\d(?:-\d\d)?)"/g, `${this.#year}-$1"`))
  }
}

const steps = (story: Story): [string, unknown][] =>
  story.flatMap(part => {
    if ('type' in part) return []
    return typeof part[0] === 'string' ? [[part[0], part[1]] as [string, unknown]] : steps(part as Story)
  })
