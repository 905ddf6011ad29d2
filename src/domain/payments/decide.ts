import { chineseDay } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { adopted } from '../governance/decide.ts'
import { type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { find } from '../register/decide.ts'
import { isMember } from '../register/state.ts'
import type { DraftLine } from '../voucher.ts'
import { BATCH_LIMIT, type paymentCommands } from './commands.ts'
import type { PaymentItem } from './events.ts'
import { type Batch, type Claim, claimKey } from './state.ts'

type Who = { person: string; origin: string }

/** Decisions about paying what is owed: each claim once, and money that came back is owed again. */
export const decidePayments: Decisions<typeof paymentCommands> = {
  PreparePayments(desk, { batch, from, on, origins, persons, except }) {
    if (desk.state.payments.batches.has(batch)) refuse('IdTaken', `付款批次 ${batch} 已经用过，请换一个。`)
    notInFuture(desk, on, '编制日期')
    const claims = chosen(desk, origins, persons, except)
    if (claims.length === 0) refuse('NothingOwed', '这些名册里没有待付的款项，可能已经付过。')
    if (claims.length > BATCH_LIMIT) refuse('BatchTooLarge', `一批最多 ${BATCH_LIMIT} 笔，请分批。`)
    for (const claim of claims) checkObjectionDays(desk, claim, on)
    desk.emit('PaymentBatchPrepared', {
      batch,
      from,
      on,
      items: claims.map(itemOf),
      total: yuan(total(claims, ({ amount }) => amount)),
    })
  },

  ApprovePayments(desk, { batch: id, on, by, count, total: stated }) {
    const batch = batchOf(desk, id)
    notInFuture(desk, on, '批准日期')
    if (batch.approvedBy) refuse('AlreadyApproved', `付款批次 ${id} 已经批准。`)
    const sum = total(batch.items, ([, , amount]) => fenOf(amount))
    if (count !== batch.items.length || fenOf(stated) !== sum) {
      refuse('ControlTotals', `笔数或总额对不上：批次是 ${batch.items.length} 笔 ${grouped(yuan(sum))} 元。`)
    }
    desk.emit('PaymentBatchApproved', { batch: id, on, by: desk.context.reviewer ?? by, count, total: stated })
  },

  SettlePayments(desk, { batch: id, date, failed }) {
    const batch = batchOf(desk, id)
    if (!batch.approvedBy) refuse('BatchNotApproved', `付款批次 ${id} 还没有批准，不能付款。`)
    if (batch.settled) refuse('AlreadyPaid', `付款批次 ${id} 已经付过，不能重复付款。`)
    notInFuture(desk, date, '付款日期')
    const back = pick(batch, failed)
    const items = batch.items.filter(item => !back.includes(item))
    if (items.length === 0)
      refuse('NothingPaid', '整批都失败了：请先登记整批付款，再用“登记退票”全部退回，款项就可以重新编制批次。')
    const lines = [...debits(desk, items), ...credits(desk, items, batch.from)]
    const voucher = desk.voucher({ date, summary: `代发${id}（${items.length}笔）`, attachments: 1, lines })
    desk.emit('PaymentsSettled', { batch: id, failed: back, items, voucher })
  },

  ReturnPayments(desk, { batch: id, date, items: who, reason }) {
    const batch = batchOf(desk, id)
    notInFuture(desk, date, '退票日期')
    const items = pick(batch, who)
    for (const item of items) needPaid(desk, id, item)
    const lines = [...credits(desk, items, batch.from).map(flip), ...debits(desk, items).map(flip)]
    const voucher = desk.voucher({ date, summary: `退票${id}（${items.length}笔）：${reason}`, attachments: 1, lines })
    desk.emit('PaymentsReturned', { batch: id, items, reason, voucher })
  },

  RecordMisdirected(desk, { batch: id, date, person, origin, paidTo, reason }) {
    notInFuture(desk, date, '登记日期')
    const [item] = pick(batchOf(desk, id), [{ person, origin }])
    const claim = needPaid(desk, id, item!)
    const member = 'person' in paidTo && isMember(find(desk, paidTo.person), date)
    const to = 'person' in paidTo ? paidTo.person : paidTo.organisation
    const fund = claim.fund || undefined
    const lines: DraftLine[] = [
      { account: member ? '113-误付待收回' : '112-误付待收回', debit: claim.amount, fund, counterparty: to },
      { account: claim.account, credit: claim.amount, fund, breakdown: [[person, yuan(claim.amount)]] },
    ]
    const voucher = desk.voucher(
      { date, summary: `误付${id}更正：应付${person}`, attachments: 1, lines },
      { noLoan: true },
    )
    desk.emit('PaymentMisdirected', { batch: id, item: item!, paidTo, reason, voucher })
  },

  PayCash(desk, { id, person, origin, date, from, handlers, signedBy }) {
    once(desk, id)
    notInFuture(desk, date, '付款日期')
    if (new Set(handlers).size < 2) refuse('TwoHandlers', '现金支付要两个不同的人经手，请写明两人。')
    const claim = open(desk, { person, origin })
    checkObjectionDays(desk, claim, date)
    const item = itemOf(claim)
    const lines = [...debits(desk, [item]), ...credits(desk, [item], from)]
    desk.emit('CashPaid', {
      id,
      item,
      from,
      handlers,
      signedBy,
      voucher: desk.voucher({ date, summary: `现金支付${person}`, attachments: 1, lines }),
    })
  },

  WriteBackPayables(desk, { id, items: who, resolution, reason, date }) {
    once(desk, id)
    if (adopted(desk, resolution).matter !== 'write-back')
      refuse('ResolutionMatter', `决议 ${resolution} 不是核销往来的决议。`)
    const items = who.map(each => itemOf(open(desk, each)))
    const lines = debits(desk, items)
    const fund = lines.find(line => line.fund)?.fund
    if (fund) refuse('FundPurpose', `资金“${fund}”的款项不能核销成收入，请退回原资金。`, '慈善法 art. 54')
    lines.push({ account: '504', credit: total(items, ([, , amount]) => fenOf(amount)) })
    const voucher = desk.voucher({ date, summary: `核销无法支付款项（${items.length}笔）`, attachments: 1, lines })
    desk.emit('PayableWrittenBack', { id, items, resolution, reason, voucher })
  },
}

const itemOf = ({ person, origin, amount }: Claim): PaymentItem => [person, origin, yuan(amount)]

function chosen(desk: Desk, origins: string[], persons: string[] | undefined, except: string[] | undefined): Claim[] {
  const only = persons && new Set(persons)
  const without = new Set(except)
  const list = [...desk.state.payments.claims.values()].filter(
    claim => origins.includes(claim.origin) && (!only || only.has(claim.person)) && !without.has(claim.person),
  )
  for (const code of only ?? []) {
    const paid = list.filter(claim => claim.person === code)
    if (paid.length > 0 && paid.every(({ state }) => state !== 'open'))
      refuse('AlreadyPaid', `${code} 的这笔款已经付过或正在付款。`)
  }
  return list.filter(({ state, amount }) => state === 'open' && amount > 0)
}

function open(desk: Desk, { person, origin }: Who): Claim {
  const claim = desk.state.payments.claims.get(claimKey(person, origin))
  if (!claim) refuse('NothingOwed', `${origin} 里没有应付给 ${person} 的款项。`)
  if (claim.state !== 'open') refuse('AlreadyPaid', `${person} 的这笔款已经付过或正在付款。`)
  return claim
}

// Payment of a dividend waits until the objection days after the notice have run out.
function checkObjectionDays(desk: Desk, { resolution }: Claim, on: string): void {
  const until = resolution && desk.state.governance.resolutions.get(resolution)?.posted?.objectionTo
  if (until && on <= until)
    refuse('ObjectionRunning', `决议公示期到${chineseDay(until)}，期满才能付款。`, '农村集体经济组织法 art. 45')
}

function batchOf(desk: Desk, id: string): Batch {
  const batch = desk.state.payments.batches.get(id)
  if (!batch) refuse('BatchUnknown', `没有编号为 ${id} 的付款批次，请核对编号。`)
  return batch
}

function pick(batch: Batch, who: readonly Who[]): PaymentItem[] {
  return who.map(({ person, origin }) => {
    const item = batch.items.find(([code, from]) => code === person && from === origin)
    if (!item) refuse('NotInBatch', `这一批里没有 ${person} 的 ${origin}。`)
    return item
  })
}

function needPaid(desk: Desk, batch: string, [person, origin]: PaymentItem): Claim {
  const claim = desk.state.payments.claims.get(claimKey(person, origin))
  if (claim?.state !== 'paid' || claim.paidIn !== batch)
    refuse('NotPaid', `${person} 的这笔款没有由批次 ${batch} 付出，不能在这一批退票或更正。`)
  return claim
}

function once(desk: Desk, id: string): void {
  if (desk.state.payments.cash.has(id)) refuse('IdTaken', `编号 ${id} 已经用过，请换一个。`)
}

// One control line an account and fund, split over the persons; the money leaves the bank fund by fund.
function debits(desk: Desk, items: readonly PaymentItem[]): DraftLine[] {
  const groups = new Map<string, DraftLine & { debit: Fen; breakdown: [string, string][] }>()
  for (const [person, origin, amount] of items) {
    const claim = desk.state.payments.claims.get(claimKey(person, origin))!
    const id = `${claim.account}|${claim.fund}`
    const group = groups.get(id) ?? { account: claim.account, debit: 0, fund: claim.fund || undefined, breakdown: [] }
    groups.set(id, group)
    group.debit += fenOf(amount)
    group.breakdown.push([person, amount])
  }
  return [...groups.values()]
}

function credits(desk: Desk, items: readonly PaymentItem[], from: string): DraftLine[] {
  const sums = new Map<string, Fen>()
  for (const { debit = 0, fund = '' } of debits(desk, items)) sums.set(fund, (sums.get(fund) ?? 0) + debit)
  return [...sums].map(([fund, credit]) => ({ account: from, credit, fund: fund || undefined }))
}

const flip = ({ debit, credit, ...line }: DraftLine): DraftLine =>
  debit === undefined ? { ...line, debit: credit ?? 0 } : { ...line, credit: debit }
