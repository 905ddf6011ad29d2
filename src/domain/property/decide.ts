import { Decimal } from 'decimal.js'
import { firstDay, type Month } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { type Party, partyName } from '../fields.ts'
import { type Fen, fenOf, times, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { find, optional } from '../register/decide.ts'
import { isMember } from '../register/state.ts'
import type { DraftLine } from '../voucher.ts'
import type { propertyCommands } from './commands.ts'
import { type Lease, rentIn } from './state.ts'

/** Decisions about assets and leases. Rent is income month by month; what is paid ahead is a liability until earned. */
export const decideProperty: Decisions<typeof propertyCommands> = {
  RegisterAsset(desk, body) {
    if (desk.state.property.assets.has(body.asset)) refuse('IdTaken', `资产编号 ${body.asset} 已经用过，请换一个。`)
    desk.emit('AssetRegistered', body)
  },

  SignLease(desk, { resolution, ...terms }) {
    const { assets, leases } = desk.state.property
    if (leases.has(terms.lease)) refuse('IdTaken', `合同编号 ${terms.lease} 已经用过，请换一个。`)
    if (!assets.has(terms.asset)) refuse('AssetUnknown', `没有编号为 ${terms.asset} 的资产，请先登记。`)
    if (terms.from > terms.to) refuse('DatesReversed', '租期的结束不能早于开始。')
    if ('person' in terms.tenant) find(desk, terms.tenant.person)
    for (const [id, lease] of leases) {
      if (lease.asset === terms.asset && lease.from <= terms.to && terms.from <= lease.to) {
        refuse('AssetLet', `资产 ${terms.asset} 在这段时间已由合同 ${id} 出租。`)
      }
    }
    desk.emit('LeaseSigned', { ...terms, ...optional({ resolution }), tenantIsMember: isTenantMember(desk, terms) })
  },

  AmendLease(desk, { monthlyRent, to, ...body }) {
    const lease = leaseOf(desk, body.lease)
    if ([...lease.accrued].some(month => month >= body.from))
      refuse('AlreadyAccrued', `${body.from} 起的租金已经计提，请先冲销再变更。`)
    desk.emit('LeaseAmended', { ...body, ...optional({ monthlyRent, to }) })
  },

  EndLease(desk, body) {
    if (leaseOf(desk, body.lease).ended) refuse('LeaseEnded', `合同 ${body.lease} 已经终止。`)
    desk.emit('LeaseEnded', body)
  },

  AccrueRent(desk, { month, date, leases }) {
    if (date < firstDay(month)) refuse('RentNotDue', `${month} 的租金不能在该月之前计提。`)
    const due = leasesDue(desk, month, leases)
    if (due.length === 0) refuse('NothingDue', `${month} 没有待计提的租金。`)
    const parts = due.map(([id, lease]) => earn(id, lease, month))
    const lines = summed(parts.flatMap(({ lines }) => lines))
    const voucher = desk.voucher({
      date,
      summary: `计提${month}租金收入（${due.length}份合同）`,
      attachments: 1,
      lines,
    })
    desk.emit('RentAccrued', { month, leases: parts.map(({ tuple }) => tuple), voucher })
  },

  ReceiveRent(desk, { date, into, receipts, summary }) {
    notInFuture(desk, date, '收款日期')
    const seen = new Set<string>()
    const parts = receipts.map(({ lease: id, amount }) => {
      if (seen.has(id)) refuse('ListedTwice', `合同 ${id} 在同一笔收款里出现了两次，请合并或删去一行。`)
      seen.add(id)
      return settle(desk, id, fenOf(amount))
    })
    const received = parts.reduce((sum, { received }) => sum + received, 0)
    const lines = [{ account: into, debit: received }, ...summed(parts.flatMap(({ lines }) => lines))]
    const voucher = desk.voucher({
      date,
      summary: summary ?? `收租金（${receipts.length}份合同）`,
      attachments: 1,
      lines,
    })
    desk.emit('RentReceived', { into, receipts: parts.map(({ tuple }) => tuple), voucher })
  },

  ReceiveDeposit(desk, { lease: id, amount, date, into }) {
    const lease = leaseOf(desk, id)
    const fen = fenOf(amount)
    if (lease.deposit + fen > lease.agreedDeposit)
      refuse('DepositAboveLease', `合同 ${id} 约定押金 ${yuan(lease.agreedDeposit)} 元，不能多收。`)
    const lines = [
      { account: into, debit: fen },
      { account: creditAccount(lease, '押金'), credit: fen, counterparty: partyName(lease.tenant) },
    ]
    desk.emit('DepositReceived', {
      lease: id,
      amount,
      into,
      voucher: desk.voucher({ date, summary: `收${id}押金`, attachments: 1, lines }),
    })
  },

  ReturnDeposit(desk, { lease: id, amount, date, from }) {
    const lease = leaseOf(desk, id)
    const fen = fenOf(amount)
    if (fen > lease.deposit) refuse('DepositShort', `合同 ${id} 现存押金 ${yuan(lease.deposit)} 元，不能多退。`)
    const lines = [
      { account: creditAccount(lease, '押金'), debit: fen, counterparty: partyName(lease.tenant) },
      { account: from, credit: fen },
    ]
    desk.emit('DepositReturned', {
      lease: id,
      amount,
      from,
      voucher: desk.voucher({ date, summary: `退${id}押金`, attachments: 1, lines }),
    })
  },

  KeepObligation(desk, body) {
    needPromise(desk, body.lease, body.obligation)
    desk.emit('LeaseObligationKept', body)
  },

  MissObligation(desk, body) {
    needPromise(desk, body.lease, body.obligation)
    desk.emit('LeaseObligationMissed', body)
  },
}

function isTenantMember(desk: Desk, { tenant, from }: { tenant: Party; from: string }): boolean {
  return 'person' in tenant && isMember(desk.state.register.persons.get(tenant.person), from)
}

function leasesDue(desk: Desk, month: Month, only: string[] | undefined): [string, Lease][] {
  const { leases } = desk.state.property
  for (const id of only ?? [])
    if (leaseOf(desk, id).accrued.has(month)) refuse('AlreadyAccrued', `合同 ${id} 的 ${month} 租金已经计提。`)
  return [...leases].filter(
    ([id, lease]) => (!only || only.includes(id)) && !lease.accrued.has(month) && rentIn(lease, month) > 0,
  )
}

// The month's rent: net into income, its VAT into 214; taken from what was paid ahead, the rest becomes arrears.
function earn(id: string, lease: Lease, month: Month) {
  const gross = rentIn(lease, month)
  const net = times(gross, new Decimal(1).div(new Decimal(1).plus(lease.vatRate)))
  const short = Math.min(lease.prepaid, gross)
  const later = Math.min(lease.later, gross - short)
  const owes = gross - short - later
  const lines: DraftLine[] = [
    { account: creditAccount(lease, '预收租金'), debit: short },
    { account: '221-预收租金', debit: later },
    { account: arrearsAccount(lease), debit: owes },
    { account: lease.income, credit: net },
    { account: '214-增值税', credit: gross - net },
  ]
  const tuple: [string, string, string, string, string, string] = [
    id,
    yuan(gross),
    yuan(net),
    yuan(gross - net),
    yuan(short + later),
    yuan(owes),
  ]
  return { lines, tuple }
}

// Arrears first, oldest first; then prepaid rent of at most a year; what lies beyond a year is a long-term liability.
function settle(desk: Desk, id: string, received: Fen) {
  const lease = leaseOf(desk, id)
  const arrears = Math.min(lease.arrears, received)
  const month = lastRent(lease)
  const room = Math.max(0, month * 12 - lease.prepaid)
  const prepaid = Math.min(received - arrears, room)
  const later = received - arrears - prepaid
  const lines: DraftLine[] = [
    { account: arrearsAccount(lease), credit: arrears },
    { account: creditAccount(lease, '预收租金'), credit: prepaid },
    { account: '221-预收租金', credit: later },
  ]
  const tuple: [string, string, string, string, string] = [
    id,
    yuan(received),
    yuan(arrears),
    yuan(prepaid),
    yuan(later),
  ]
  return { lines, tuple, received }
}

const lastRent = (lease: Lease): Fen => lease.rents.at(-1)?.gross ?? 0

// Members' dealings go through 113, everybody else's through 112 and 211 (财会〔2023〕14号).
const creditAccount = (lease: Lease, what: '预收租金' | '押金'): string =>
  `${lease.tenantIsMember ? '113' : '211'}-${what}`
const arrearsAccount = (lease: Lease): string => (lease.tenantIsMember ? '113-租金' : '112-租金')

function summed(lines: DraftLine[]): DraftLine[] {
  const sums = new Map<string, DraftLine>()
  for (const line of lines) {
    if (!line.debit && !line.credit) continue
    const id = `${line.account}|${line.debit ? 'debit' : 'credit'}`
    const sum = sums.get(id)
    if (!sum)
      sums.set(
        id,
        line.debit ? { account: line.account, debit: line.debit } : { account: line.account, credit: line.credit ?? 0 },
      )
    else if (line.debit) sum.debit = (sum.debit ?? 0) + line.debit
    else sum.credit = (sum.credit ?? 0) + (line.credit ?? 0)
  }
  return [...sums.values()].sort((a, b) => Number(a.debit === undefined) - Number(b.debit === undefined))
}

function leaseOf(desk: Desk, id: string): Lease {
  const lease = desk.state.property.leases.get(id)
  if (!lease) refuse('LeaseUnknown', `没有编号为 ${id} 的合同，请核对编号。`)
  return lease
}

function needPromise(desk: Desk, id: string, obligation: string): void {
  if (!leaseOf(desk, id).promises.has(obligation))
    refuse('ObligationUnknown', `合同 ${id} 没有“${obligation}”这项承诺。`)
}
