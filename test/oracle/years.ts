import { projected } from '../../projections/projection.ts'
import { BEGINNING } from '../simulation/beginning.ts'
import { command } from '../simulation/moves.ts'
import { Random } from '../simulation/random.ts'
import { Coop, type Story } from '../support/coop.ts'
import { adopted, type Plan } from '../support/stories.ts'
import { ASSETS, furtherCommand } from './further.ts'
import { MemoryBooks } from './memory-books.ts'
import { loan, mended, pettyCashBack } from './mend.ts'
import { MID_YEAR } from './mid-year.ts'

const COOPS = ['yangguang', 'jufu', 'xincun']
/** The one that keeps asset cards from its first day on, and the one that starts on 1 July. */
const [WITH_CARDS, STARTS_LATE] = ['yangguang', 'xincun']
const YEARS = [2025, 2026] as const
const STEPS = 270

/** Three co-ops through two years of commands that a seed chooses, legal and illegal, each year closed at its end. */
export async function generate(seed: number): Promise<MemoryBooks> {
  const play = new Play(seed)
  for (const coop of COOPS) {
    const beginning = coop === STARTS_LATE ? steps(MID_YEAR) : BEGINNING
    for (const [name, body] of beginning) await play.must(coop, name, body)
  }
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
    if (year === YEARS[0]) await this.#register()
    for (const coop of COOPS) {
      if (year !== YEARS[0]) await this.#resolve(coop, { budget: '100000' })
      await this.#plan(coop)
      if (year === YEARS[0]) continue
      await this.#tell(coop, 'SetReserveAside', { year: year - 1, date: `${year}-02-05` })
    }
  }

  // A plan that binds nobody, and its change.
  async #plan(coop: string): Promise<void> {
    const office = { item: '办公', title: '办公费', direction: 'out', account: '513-办公' }
    const resolution = await this.#resolve(coop, { matter: 'budget', budget: '9000' })
    const plan = { year: this.#year, resolution, items: [{ ...office, amount: '8000' }] }
    await this.must(coop, 'AdoptBudget', plan)
    const again = await this.#resolve(coop, { matter: 'budget', budget: '9000' })
    const change = { ...plan, resolution: again, reason: '追加', items: [{ ...office, amount: '9000' }] }
    await this.must(coop, 'AmendBudget', change)
  }

  // Resolutions are numbered by year.
  async #resolve(coop: string, plan: Plan): Promise<string> {
    const numbers = [...this.#state(coop).governance.resolutions.keys()]
    const no = `${this.#year}-${numbers.filter(each => each.startsWith(`${this.#year}`)).length + 1}`
    for (const [name, body] of steps(adopted({ ...plan, no }))) await this.must(coop, name, this.#dated(body))
    return no
  }

  async #register(): Promise<void> {
    const card = { account: '151', life: 300, use: 'let', inService: '2019-03', on: '2025-02-01' }
    const shop = { ...card, card: 'K1', name: '一号店', cost: '400000', residual: '13333.33', accumulated: '90000' }
    const kiln = { ...card, card: 'K2', name: '旧空调', cost: '100000', accumulated: '10000', chargedTo: '2025-01' }
    for (const body of [shop, kiln]) await this.must(WITH_CARDS!, 'OpenAssetCard', body)
    for (const coop of COOPS) {
      const limit = { limit: '20000', pettyCash: '1000', from: '2025-01-01', reason: '核定' }
      await this.must(coop, 'SetCashLimit', limit)
      const tax = { tax: '房产税', rate: '0.12', basis: '租金', from: '2025-01-01', source: '税务局通知' }
      await this.must(coop, 'SetTax', tax)
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
      const first = coop === STARTS_LATE && this.#year === YEARS[0] ? 7 : 1
      for (const [name, body] of pettyCashBack(this.#state(coop), this.#year)) await this.must(coop, name, body)
      for (let month = first; month <= 11; month++) await this.#closeMonth(coop, month)
      // After the year's closing entry nothing of December can be made good, so its money and its charge come before it.
      await this.must(coop, ...loan(`${this.#year}-12`))
      await this.#tell(coop, 'RunDepreciation', { month: `${this.#year}-12`, date: `${this.#year}-12-28` })
      await this.#mended(coop, `${this.#year}-12`, 'CloseYear', { year: this.#year })
      await this.#closeMonth(coop, 12)
    }
  }

  // What could not be approved is sent back.
  async #closeMonth(coop: string, month: number): Promise<void> {
    for (const id of this.#state(coop).governance.waiting.keys())
      await this.must(coop, 'RejectCommand', { id, officer: 'M00004', reason: '不能入账' })
    const name = `${this.#year}-${String(month).padStart(2, '0')}`
    await this.#mended(coop, name, 'ClosePeriod', { month: name, unreconciled: '对账单未到', uncounted: '未盘点' })
  }

  async #mended(coop: string, month: string, name: string, body: unknown): Promise<void> {
    for (let tries = 0; tries < 9; tries++) {
      const refusal = await this.#tell(coop, name, body)
      if (refusal === undefined || refusal === 'PeriodClosed') return
      const steps = mended(this.#state(coop), month, refusal)
      if (steps.length === 0) throw new Error(`${coop} ${name} ${month}: ${refusal}`)
      for (const [told, what] of steps) await this.#tell(coop, told, what)
    }
    throw new Error(`${coop} ${name} ${month} cannot be mended`)
  }

  #state(coop: string) {
    return this.#mirrors.get(coop)!.state
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
