import { isDeepStrictEqual } from 'node:util'
import { projected } from '../../projections/projection.ts'
import { Coop } from '../support/coop.ts'
import { BEGINNING } from './beginning.ts'
import { must, type Row } from './facts.ts'
import { History } from './history.ts'
import { CoopModel } from './model.ts'
import { approval, command, illness } from './moves.ts'
import { Random } from './random.ts'
import { checkViews } from './views.ts'
import { type Answered, type Sabotage, type Said, World } from './world.ts'

export type Tally = { commands: number; acknowledged: number; faults: number; restarts: number; events: number }
export type Options = { steps?: number; sabotage?: Sabotage }

const COOPS = ['yangguang', 'jufu']
const VIEWS_EVERY = 8
const DAY = 86_400_000
/** What a client hears of a program that ends before it answers. */
const NO_ANSWER: Answered = { status: 599, code: 'NoAnswer' }

/** A promise was broken: the seed that shows it, and the commands up to there. */
export class SimulationFailed extends Error {
  readonly seed: number
  constructor(seed: number, told: History['told'], cause: unknown) {
    const list = told.slice(COOPS.length * BEGINNING.length).map(({ key, coop, name, body, answers }) => {
      const outcomes = answers.map(({ status, code }) => code ?? status).join(', ')
      return `${key} ${coop} ${name} ${JSON.stringify(body)} -> ${outcomes}`
    })
    super(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}\n${list.join('\n')}`, { cause })
    this.name = 'SimulationFailed'
    this.seed = seed
  }
}

/** Plays one seed to its end, and gives its counts and the last hash of each co-op; throws SimulationFailed when a promise is broken. */
export async function simulate(
  seed: number,
  { steps = 60, sabotage }: Options = {},
): Promise<Tally & { heads: string[] }> {
  const play = new Play(seed, sabotage)
  try {
    await play.begin()
    for (let step = 0; step < steps; step++) await play.step(step)
    await play.end()
    return { ...play.tally, heads: play.heads() }
  } catch (cause) {
    throw new SimulationFailed(seed, play.history.told, cause)
  } finally {
    play.world.close()
  }
}

class Play {
  readonly tally: Tally = { commands: 0, acknowledged: 0, faults: 0, restarts: 0, events: 0 }
  readonly history = new History()
  readonly world: World
  readonly #random: Random
  readonly #models = new Map(COOPS.map(coop => [coop, new CoopModel()]))
  // What the choice of the next command looks at; no check does.
  readonly #mirrors = new Map(COOPS.map(coop => [coop, new Coop()]))
  #position = 0

  constructor(seed: number, sabotage?: Sabotage) {
    this.#random = new Random(seed)
    this.world = new World(this.#random, sabotage)
  }

  async begin(): Promise<void> {
    for (const coop of COOPS) {
      for (const [index, [name, body]] of BEGINNING.entries()) {
        await this.#start({ coop, name, body, key: `${coop}-${index}` })
        for (const id of this.#mirrors.get(coop)!.state.governance.waiting.keys())
          await this.#start({ coop, ...approval(id, 'M00004'), key: `${coop}-${index}-review` })
      }
    }
  }

  async step(index: number): Promise<void> {
    const random = this.#random
    if (random.chance(0.05)) this.#restart()
    if (random.chance(0.05)) this.world.clock += random.pick([-DAY, 3_600_000, DAY / 2])
    this.world.clock += random.below(60_000)
    const ill = random.chance(0.25)
    if (ill) this.world.faulty.arm(illness(random))
    const together = random.chance(0.15) ? 3 : 1
    const said = Array.from({ length: together }, (_, nth) => this.#next(index * 3 + nth))
    const answers = await Promise.all(said.map(each => this.world.tell(each)))
    const crashed = random.chance(0.05)
    const faults = this.world.faulty.heal() + (crashed ? 1 : 0)
    if (crashed) this.#restart()
    await this.#heard(said, crashed ? answers.map(() => NO_ANSWER) : answers, faults)
    this.#takeLog()
    if (index % VIEWS_EVERY === 0) await this.#views()
  }

  /** Asks again until every outcome is known, then compares all there is. */
  async end(): Promise<void> {
    for (const said of this.history.unknown()) await this.#tell(said)
    this.#takeLog()
    this.history.checkAll(this.#rows())
    await this.#views()
    for (const [person, account] of this.history.bankAccounts(this.#rows())) {
      must(this.world.bankAccount(person) === account, `the vault shows what the log last said of ${person}`)
    }
    for (const coop of COOPS) {
      const [live, folded] = await this.world.states(coop)
      must(isDeepStrictEqual(live, folded), `the state of ${coop} is what its stream says`)
    }
    const [live, rebuilt] = this.world.readModels()
    must(isDeepStrictEqual(live, rebuilt), 'the read models are what a rebuild gives')
  }

  heads(): string[] {
    return [...this.#models.values()].map(({ rows }) => rows.at(-1)?.hash ?? '')
  }

  #next(index: number): Said {
    const random = this.#random
    const done = this.history.done()
    const unknown = this.history.unknown()
    if (unknown.length > 0 && random.chance(0.3)) return random.pick(unknown)
    if (random.chance(0.08)) return random.pick(done)
    if (random.chance(0.03)) return { ...random.pick(done), name: 'PostVoucher', body: { another: index } }
    const coop = random.pick(COOPS)
    return command(random, coop, this.#mirrors.get(coop)!, `step-${index}`, index)
  }

  async #start(said: Said): Promise<void> {
    const answer = await this.#tell(said)
    must(answer.status === 201, `${said.coop} begins with ${said.name}: ${JSON.stringify(answer)}`)
    this.#takeLog()
  }

  async #tell(said: Said): Promise<Answered> {
    const answer = await this.world.tell(said)
    await this.#heard([said], [answer], 0)
    return answer
  }

  async #heard(said: readonly Said[], answers: readonly Answered[], faults: number): Promise<void> {
    this.tally.commands += said.length
    this.tally.faults += faults
    // Of several that were under way at once each may take itself for the first.
    const done = new Set(this.history.done().map(({ key }) => key))
    for (const [index, answer] of answers.entries()) {
      const { key } = said[index]!
      must(answer.status !== 201 || !done.has(key), `a repeated command says that it is one: ${key}`)
      this.history.note(said[index]!, answer, faults > 0)
      if (answer.status < 300) this.tally.acknowledged += 1
    }
  }

  #takeLog(): void {
    for (let rows = this.world.logAfter(this.#position); rows.length > 0; rows = this.world.logAfter(this.#position)) {
      for (const row of rows) {
        must(row.position === this.#position + 1, 'the total order has no gap')
        this.#position = row.position
        const coop = row.stream.replace('coop-', '')
        this.#models.get(coop)?.take(row)
        const fact = projected(row, this.world.codec.decode(row))
        if (fact) this.#mirrors.get(coop)?.fold(fact)
        this.tally.events += 1
      }
    }
    this.history.checkAcknowledged(coop => this.#models.get(coop)!.rows)
  }

  async #views(): Promise<void> {
    for (const [coop, model] of this.#models) await checkViews(this.world, coop, model)
  }

  #rows(): Row[] {
    return [...this.#models.values()].flatMap(({ rows }) => rows).sort((a, b) => a.position - b.position)
  }

  #restart(): void {
    this.world.restart()
    this.tally.restarts += 1
  }
}
