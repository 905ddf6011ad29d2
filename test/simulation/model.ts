import { createHash } from 'node:crypto'
import { Claims } from './claims.ts'
import { type Booked, type Facts, fenOf, must, type Row, sum } from './facts.ts'

// The independent model: what the log says, added up in plain arrays by rules written down a second time. It imports
// nothing of the program, so that one mistake cannot hide another.

type Entry = { number: string; month: string; account: string; fund: string; debit: number; credit: number }
type Fund = { fund: string; account: string; allows: string[] }

// 财会〔2023〕14号: assets, liabilities, equity, cost, income and expense.
const CHART = [
  [101, 102, 111, 112, 113, 121, 131, 132, 133, 134, 141, 151, 152, 153, 154, 161, 162, 171, 181],
  [201, 211, 212, 213, 214, 221, 231, 241, 301, 311, 321, 322, 401, 501, 502, 503, 504, 511, 512, 513, 514, 515, 521],
].flat()
const HOLDING = { restricted: '311-受赠(限定)', held: '211-代管款', grant: '241' }

// Names, ID numbers, bank accounts and reasons that the simulation gives.
const IN_THE_CLEAR = /虚构|999101|62288|隐情/

/** One co-op as the model knows it. */
export class CoopModel {
  readonly rows: Row[] = []
  readonly entries: Entry[] = []
  readonly funds: Fund[] = []
  readonly claims = new Claims()
  readonly #officers = new Set<string>()
  readonly #numbers: string[] = []
  readonly #reversed: string[] = []
  readonly #closed: string[] = []
  readonly #resolved: { no: string; budget: number }[] = []
  readonly #declared: { run: string; resolution: string; fen: number }[] = []
  readonly #issued: string[] = []
  readonly #published: { quarter: string; version: number }[] = []

  /** Takes the next event of the stream and checks every promise that it touches. */
  take(row: Row): void {
    this.#link(row)
    must(!IN_THE_CLEAR.test(row.data), `the log holds no personal data in the clear: ${row.type}`)
    const data = JSON.parse(row.data) as Facts
    if (data.voucher) this.#book(row.type, data.voucher)
    if (data.voucher) this.#seenByTwo(data.voucher)
    this.#learn(row.type, data)
    if (data.voucher) this.#solvent(data.voucher.number)
    this.rows.push(row)
  }

  /** Debit less credit in fen, of an account with its sub-accounts, of one fund if named. */
  balance(account: string, fund?: string): number {
    const ofAccount = this.entries.filter(each => each.account === account || each.account.startsWith(`${account}-`))
    return sum(ofAccount.filter(each => fund === undefined || each.fund === fund).map(each => each.debit - each.credit))
  }

  #link(row: Row): void {
    const last = this.rows.at(-1)
    must(row.revision === this.rows.length, `revisions have no gap: ${row.revision} after ${last?.revision}`)
    must(row.recordedAt >= (last?.recordedAt ?? ''), 'time in a stream never goes back')
    const { id, stream, revision, type, version, recordedAt, actor, commandId, inputHash } = row
    const { correlationId, causationId } = row
    const fields = [id, stream, revision, type, version, recordedAt, actor, commandId, inputHash]
    const text = JSON.stringify([...fields, correlationId, causationId])
    const hashed = `mingzhang/event/v1\n${last?.hash ?? '0'.repeat(64)}\n${text}\n${row.data}`
    must(createHash('sha256').update(hashed).digest('hex') === row.hash, 'each event is chained to the one before')
  }

  #book(type: string, { number, date, lines, reverses }: Booked): void {
    const month = date.slice(0, 7)
    const before = this.#numbers.filter(each => each.startsWith(`${month}-`)).length
    must(number === `${month}-记-${before + 1}`, `voucher numbers have no gap and no double: ${number} after ${before}`)
    must(!this.#closed.some(closed => closed >= month), `nothing is booked in a closed month: ${number}`)
    must(lines.length >= 2, `a voucher has two lines at least: ${number}`)
    const booked = lines.map(line => {
      must((line.debit === undefined) !== (line.credit === undefined), `a line has one side: ${number}`)
      must(CHART.includes(Number(line.account.slice(0, 3))), `only accounts of the chart are used: ${line.account}`)
      const [debit, credit] = [fenOf(line.debit), fenOf(line.credit)]
      must(debit !== 0 || credit !== 0, `no line is zero: ${number}`)
      return { number, month, account: line.account, fund: line.fund ?? '', debit, credit }
    })
    for (const fund of new Set(booked.map(each => each.fund))) {
      const ofFund = booked.filter(each => each.fund === fund)
      must(sum(ofFund.map(each => each.debit - each.credit)) === 0, `every voucher balances: ${number} ${fund}`)
    }
    if (reverses !== undefined && type === 'VoucherReversed') this.#reverse(reverses, booked)
    this.#numbers.push(number)
    this.entries.push(...booked)
  }

  // In a co-op of several officers no money leaves, and nothing is taken back, on the word of one.
  #seenByTwo({ number, lines, review: { person, preparer = '' }, reverses }: Booked): void {
    const money = lines.filter(({ account }) => account.startsWith('101') || account.startsWith('102'))
    const out = sum(money.map(line => fenOf(line.credit) - fenOf(line.debit)))
    if (this.#officers.size < 2 || (out <= 0 && reverses === undefined)) return
    must(person !== undefined && this.#officers.has(person), `an officer reviewed ${number}`)
    must(!preparer.startsWith(`${person} `), `nobody reviews what he prepared: ${number}`)
  }

  #reverse(original: string, red: Entry[]): void {
    must(!this.#reversed.includes(original), `a voucher is reversed once: ${original}`)
    this.#reversed.push(original)
    const key = (each: Entry, sign: number) => `${each.account}|${each.fund}|${sign * each.debit}|${sign * each.credit}`
    const was = this.entries.filter(each => each.number === original).map(each => key(each, -1))
    const is = red.map(each => key(each, 1))
    must(was.sort().join() === is.sort().join(), `a reversal is the opposite of ${original}`)
    this.claims.reverse(original)
  }

  // No cash box, no bank account and no fund is ever below zero.
  #solvent(number: string): void {
    for (const { fund, account } of this.funds) {
      const money = this.balance('101', fund) + this.balance('102', fund)
      must(money >= 0 && this.balance(account, fund) <= 0, `fund ${fund} is not overdrawn: ${number}`)
    }
    const boxes = new Set(this.entries.map(each => each.account).filter(path => /^10[12]/.test(path)))
    for (const path of boxes) must(this.balance(path) >= 0, `${path} is not overdrawn: ${number}`)
  }

  #learn(type: string, data: Facts): void {
    const { fund, kind, allows, month, purpose, run } = data
    if (type === 'OfficerAppointed') this.#officers.add(data.person)
    if (type === 'FundOpened') this.funds.push({ fund, allows, account: `${HOLDING[kind]}-${fund}` })
    if (type === 'ResolutionProposed') this.#resolved.push({ no: data.no, budget: fenOf(data.budget) })
    if (type === 'SharesIssued') this.#issued.push(...data.holdings.map(([, shares = '']) => shares))
    if (type === 'PeriodClosed') this.#closed.push(month)
    if (type === 'PeriodReopened') this.#reopen(month)
    if (type === 'DisclosurePublished') this.#publish(data)
    if (type === 'ExpensePaid' || type === 'GoodsGiven') this.#spend(fund, purpose)
    if (type === 'DividendDeclared') this.#declare(data)
    if (type === 'DividendWithdrawn') for (const each of this.#declared) if (each.run === run) each.fen = 0
    this.claims.learn(type, data)
  }

  #reopen(month: string): void {
    const quarter = `${month.slice(0, 4)}Q${Math.ceil(Number(month.slice(5)) / 3)}`
    must(!this.#published.some(each => each.quarter === quarter), `what is published is not reopened: ${month}`)
    this.#closed.splice(this.#closed.indexOf(month), 1)
  }

  #publish({ quarter, version }: Facts): void {
    const before = this.#published.filter(each => each.quarter === quarter).length
    must(version === before + 1, `a published quarter gets a new version, never another content: ${quarter} ${version}`)
    const last = `${quarter.slice(0, 4)}-${String(Number(quarter.slice(5)) * 3).padStart(2, '0')}`
    must(
      this.#closed.some(closed => closed >= last),
      `a quarter is published when its months are closed: ${quarter}`,
    )
    this.#published.push({ quarter, version })
  }

  #spend(fund: string | undefined, purpose: string): void {
    const restricted = this.funds.find(each => each.fund === fund)
    must(!restricted || restricted.allows.includes(purpose), `${fund} is spent on what it is for, not on ${purpose}`)
  }

  #declare({ members, outsiders, declared, run, resolution, registerShares }: Facts): void {
    const lines = [...members, ...outsiders]
    must(
      sum(lines.map(line => fenOf(line.at(-1)))) === fenOf(declared),
      `the shares of ${run} are its total to the fen`,
    )
    must(sum(lines.map(line => Number(line[1]))) === Number(registerShares), `${run} counts each share of its list`)
    must(sum(this.#issued.map(Number)) === Number(registerShares), `${run} counts each share of the register`)
    must(this.balance('322', '') <= 0, `no more is distributed than there is: ${run}`)
    this.#declared.push({ run, resolution, fen: fenOf(declared) })
    const budget = this.#resolved.find(each => each.no === resolution)?.budget ?? 0
    const cost = sum(this.#declared.filter(each => each.resolution === resolution).map(each => each.fen))
    must(cost <= budget, `resolution ${resolution} costs no more than it allows`)
  }
}
