import { type Facts, fenOf, must, sum } from './facts.ts'

type Claim = { person: string; origin: string; fen: number; voucher: string; state: 'open' | 'paid' | 'gone' }

/** What the co-op owes to persons and has paid them, as the model knows it. */
export class Claims {
  readonly list: Claim[] = []
  readonly #granted: { what: string; voucher: string }[] = []

  /** Takes what an event says of grants and payments: nobody is granted or paid twice. */
  learn(type: string, data: Facts): void {
    const { run, award, request, form, items, item } = data
    if (type === 'RunApproved' || type === 'ScholarshipAwarded') this.#grantOnce(data)
    if (type === 'DividendDeclared' || type === 'RunApproved') this.#owe(run, data)
    if (type === 'ScholarshipAwarded') this.#owe(award, data)
    if (type === 'ReliefApproved' && form === 'money') this.#owe(request, data)
    if (type === 'DividendWithdrawn') this.#drop(claim => claim.origin === run)
    if (type === 'PaymentsSettled') this.#move(items, 'open', 'paid')
    if (type === 'CashPaid') this.#move([item], 'open', 'paid')
    if (type === 'PayableWrittenBack') this.#move(items, 'open', 'gone')
    if (type === 'PaymentsReturned') this.#move(items, 'paid', 'open')
    if (type === 'PaymentMisdirected') this.#move([item], 'paid', 'open')
  }

  /** What a voucher granted is taken back with it. */
  reverse(voucher: string): void {
    this.#drop(claim => claim.voucher === voucher)
    for (const grant of this.#granted) if (grant.voucher === voucher) grant.what = ''
  }

  /** Fen still owed. */
  open(): number {
    return sum(this.list.filter(({ state }) => state === 'open').map(({ fen }) => fen))
  }

  #grantOnce({ programme, period, members, outsiders, voucher }: Facts): void {
    for (const [person] of [...members, ...outsiders]) {
      const what = `${programme}|${period}|${person}`
      must(!this.#granted.some(each => each.what === what), `granted once: ${what}`)
      this.#granted.push({ what, voucher: voucher?.number ?? '' })
    }
  }

  #owe(origin: string, { members, outsiders, voucher, withheld = [] }: Facts): void {
    for (const line of [...members, ...outsiders]) {
      const tax = withheld.filter(each => each[0] === line[0]).map(each => fenOf(each[1]))
      const fen = fenOf(line.at(-1)) - sum(tax)
      const claim = { person: line[0] ?? '', origin, fen, voucher: voucher?.number ?? '' }
      this.list.push({ ...claim, state: 'open' })
    }
  }

  #move(items: string[][], from: Claim['state'], to: Claim['state']): void {
    for (const [person, origin, amount] of items) {
      const claim = this.list.find(each => each.person === person && each.origin === origin && each.state === from)
      must(claim?.fen === fenOf(amount), `paid once, and what is owed: ${person} ${origin} ${amount}`)
      claim.state = to
    }
  }

  #drop(isMeant: (claim: Claim) => boolean): void {
    for (const claim of this.list) if (isMeant(claim)) claim.state = 'gone'
  }
}
