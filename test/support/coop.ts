import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { balance } from '../../src/domain/books/state.ts'
import { type CommandName, commands } from '../../src/domain/commands.ts'
import { type Decision, decide } from '../../src/domain/coop.ts'
import type { CoopEvent } from '../../src/domain/events.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import type { Refusal } from '../../src/domain/refusal.ts'
import { type CoopState, emptyCoop, evolve } from '../../src/domain/state.ts'
import type { Voucher } from '../../src/domain/voucher.ts'

/** A command as people write it (persons already sealed), and the day it is given on. */
export type Step = readonly [name: CommandName, body: unknown, today?: string]
export type Story = readonly (Step | CoopEvent | Story)[]
/** `reviewer`: the second person who has looked at it, the chairman unless said otherwise; '' for nobody yet. */
export type Asked = { today?: string; actor?: string; reviewer?: string }

export const TODAY = '2025-12-31'
export const ACTOR = 'M00001 via cli'
const CHAIRMAN = 'M00004'
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** One co-op on which commands are decided and folded, for stories longer than given/when. */
export class Coop {
  readonly state: CoopState = emptyCoop()
  readonly events: CoopEvent[] = []

  /** Decides without folding: what a command would do. */
  ask(name: CommandName, body: unknown, { today = TODAY, actor = ACTOR, reviewer = CHAIRMAN }: Asked = {}): Decision {
    const spec = commands[name]
    const parsed = (spec.sealed ?? spec.schema).safeParse(body)
    if (!parsed.success) return { refusal: { code: 'InvalidInput', message: parsed.error.message } }
    const context = { coop: 'yangguang', today, actor, revision: this.events.length - 1, sha256, reviewer }
    return decide(this.state, name, parsed.data, context)
  }

  /** Decides and folds; throws when refused, as a story is meant to go well. */
  run(name: CommandName, body: unknown, asked: Asked = {}): CoopEvent[] {
    const decision = this.ask(name, body, asked)
    if ('refusal' in decision) throw new Error(`${name}: ${decision.refusal.code} ${decision.refusal.message}`)
    for (const event of decision.events) this.fold(event)
    return decision.events
  }

  fold(event: CoopEvent): void {
    evolve(this.state, event)
    this.events.push(event)
  }

  play(story: Story): this {
    for (const step of story) {
      if (isStep(step)) this.run(step[0], step[1], step[2] ? { today: step[2] } : {})
      else if ('type' in step) this.fold(step)
      else this.play(step)
    }
    return this
  }

  /** "1234.56" of an account, debit positive; of all funds, or of one ('' is 一般资金). */
  balance(account: string, fund?: string): string {
    return yuan(balance(this.state.books, account, fund))
  }
}

/** A co-op in which all this has happened. */
export function given(...story: Story): { when(name: CommandName, body: unknown, asked?: Asked): Outcome } {
  const coop = new Coop().play(story)
  return {
    when(name, body, asked) {
      const before = structuredClone(coop.state)
      const decision = coop.ask(name, body, asked)
      expect(coop.state, 'a decision changes nothing by itself').toEqual(before)
      return new Outcome(coop, decision)
    },
  }
}

/** What a command did, and what is to be said of it. */
export class Outcome {
  readonly #coop: Coop
  readonly #decision: Decision

  constructor(coop: Coop, decision: Decision) {
    this.#coop = coop
    this.#decision = decision
  }

  get events(): CoopEvent[] {
    if ('refusal' in this.#decision) throw new Error(`refused: ${JSON.stringify(this.#decision.refusal)}`)
    return this.#decision.events
  }

  /** The one voucher that was booked. */
  get voucher(): Voucher {
    const vouchers = this.events.flatMap(({ data }) => ('voucher' in data ? [data.voucher] : []))
    expect(vouchers).toHaveLength(1)
    return vouchers[0]!
  }

  /** Exactly these events, in this order, to the last field. */
  yields(...expected: CoopEvent[]): this {
    expect(this.events).toStrictEqual(expected)
    return this
  }

  /** Exactly these types of events, in this order. */
  makes(...types: CoopEvent['type'][]): this {
    expect(this.events.map(({ type }) => type)).toEqual(types)
    return this
  }

  /** Refused by this code, in a Chinese sentence; the article is asked for where one is given. */
  refused(code: string, article?: string): Refusal {
    if (!('refusal' in this.#decision)) {
      throw new Error(`not refused: ${this.#decision.events.map(({ type }) => type).join(', ')}`)
    }
    const { refusal } = this.#decision
    expect(refusal.code).toBe(code)
    saysWhatToDo(refusal)
    if (article) expect(refusal.article).toContain(article)
    return refusal
  }

  /** Balances after the events: `{ '102-基本户': '100.00' }`, debit positive; `账户〔资金〕` for one fund. */
  books(expected: Record<string, string>): this {
    for (const event of this.events) this.#coop.fold(event)
    const found = Object.keys(expected).map(name => {
      const [account = '', fund] = name.replace('〕', '').split('〔')
      return [name, this.#coop.balance(account, fund)]
    })
    expect(Object.fromEntries(found)).toEqual(expected)
    return this
  }
}

/** A sentence an accountant can act on: Chinese, ended, and not a bare word. */
export function saysWhatToDo({ message }: Refusal): void {
  expect(message.match(/\p{Script=Han}/gu)?.length ?? 0).toBeGreaterThanOrEqual(6)
  expect(message).not.toMatch(/undefined|NaN|\[object|Invalid|expected/)
}

/** An entry as people read it: `借 102-基本户 100.00 〔助学金〕`, a line each. */
export function entryText({ lines }: Pick<Voucher, 'lines'>): string {
  return lines
    .map(({ account, debit, credit, fund }) => {
      const amount = debit ?? credit ?? ''
      return `${debit === undefined ? '贷' : '借'} ${account} ${amount}${fund ? ` 〔${fund}〕` : ''}`
    })
    .join('\n')
}

/** Fen of "1234.56", for sums in tests. */
export const fen = fenOf

function isStep(step: Step | CoopEvent | Story): step is Step {
  return Array.isArray(step) && typeof step[0] === 'string'
}
