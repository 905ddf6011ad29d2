import { add, type Fen } from '../src/domain/money.ts'

/** The sum of one account in one fund and month. */
export type BalanceSum = [coop: string, account: string, fund: string, month: string, debit: Fen, credit: Fen]

/** More months than there will ever be in a book: an account's number times this, plus a month's, is a key. */
const MONTHS = 10_000

/** One co-op's sums side by side, each at the place its key has. */
type Sums = { readonly places: Map<number, number>; readonly debits: Fen[]; readonly credits: Fen[] }

/** Debits and credits added up in memory by co-op, account, fund and month; names are numbered, which hashes faster. */
export class BalanceSums {
  readonly #accounts = new Names()
  readonly #months = new Names()
  readonly #coops = new Map<string, Sums>()
  #size = 0

  /** How many sums there are. */
  get size(): number {
    return this.#size
  }

  /** What adds one line after another, in fen, to the sums of a co-op and month. */
  within(coop: string, month: string): (account: string, fund: string, debit: Fen, credit: Fen) => void {
    const { places, debits, credits } = this.#sumsOf(coop)
    const number = this.#months.numberOf(month)
    return (account, fund, debit, credit) => {
      const name = fund === '' ? account : `${account}${BETWEEN}${fund}`
      const key = this.#accounts.numberOf(name) * MONTHS + number
      const place = places.get(key)
      if (place === undefined) {
        places.set(key, debits.push(debit) - 1)
        credits.push(credit)
        this.#size += 1
      } else {
        debits[place] = add(debits[place]!, debit)
        credits[place] = add(credits[place]!, credit)
      }
    }
  }

  /** Every sum in the order of its key, leaving none. */
  *drain(): Generator<BalanceSum> {
    const [accounts, months] = [this.#accounts.ranks(), this.#months.ranks()]
    const rank = (key: number) => accounts[Math.floor(key / MONTHS)]! * MONTHS + months[key % MONTHS]!
    for (const [coop, { places, debits, credits }] of [...this.#coops].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const [key, place] of [...places].sort(([a], [b]) => rank(a) - rank(b))) {
        const [account = '', fund = ''] = this.#accounts.nameOf(Math.floor(key / MONTHS)).split(BETWEEN)
        yield [coop, account, fund, this.#months.nameOf(key % MONTHS), debits[place]!, credits[place]!]
      }
    }
    this.#coops.clear()
    this.#size = 0
  }

  #sumsOf(coop: string): Sums {
    const known = this.#coops.get(coop)
    if (known) return known
    const sums = { places: new Map<number, number>(), debits: [], credits: [] }
    this.#coops.set(coop, sums)
    return sums
  }
}

/** Stands between account and fund: in the name of neither, and before every character of one. */
const BETWEEN = '\u0000'

/** Numbers for names, in the order they come. */
class Names {
  readonly #names: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#names.length)
    return this.#names.push(name) - 1
  }

  nameOf(number: number): string {
    return this.#names[number] ?? ''
  }

  /** The place of each number's name among the names in order. */
  ranks(): number[] {
    const ranks: number[] = []
    for (const [rank, name] of [...this.#names].sort().entries()) ranks[this.numberOf(name)] = rank
    return ranks
  }
}
