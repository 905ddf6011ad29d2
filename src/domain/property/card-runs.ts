import { chineseDay, type Day, firstDay, type Month, monthOf } from '../calendar.ts'
import { codeOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { adopted } from '../governance/decide.ts'
import { type Fen, fenOf, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { optional } from '../register/decide.ts'
import type { DraftLine } from '../voucher.ts'
import { contraOf, expenseOf, gathered } from './card-accounts.ts'
import type { cardCommands } from './card-commands.ts'
import { accumulatedAfter, type Card, dueBy, useIn } from './card-state.ts'
import { cardOf, monthSkipped } from './cards.ts'

type Decided = Pick<Decisions<typeof cardCommands>, 'RunDepreciation' | 'DisposeAsset'>

/** Decisions that charge cards, month by month or when the asset goes. */
export const decideCardRuns: Decided = {
  RunDepreciation(desk, { month, date }) {
    const { cards, runs, byHand } = desk.state.property
    if (cards.size === 0) refuse('NoCards', '还没有资产卡片，请先建卡片（OpenAssetCard）。')
    if (date < firstDay(month)) refuse('DepreciationNotDue', `${month} 的折旧不能在该月之前计提。`)
    if (runs.has(month) || byHand.has(month)) refuse('AlreadyCharged', `${month} 的折旧已经计提，一个月只提一次。`)
    const later = [...runs].find(each => each > month)
    if (later) refuse('LaterMonthCharged', `${later} 的折旧已经计提，请先冲销它，再提 ${month}。`)
    const skipped = monthSkipped(desk, month)
    if (skipped) refuse('EarlierMonthDue', `${skipped} 的折旧还没有计提，请按月份先后计提。`)
    const due = [...cards].map(([id, card]) => ({ id, card, fen: dueBy(card, month) })).filter(({ fen }) => fen > 0)
    if (due.length === 0) refuse('NothingDue', `${month} 没有要计提折旧的资产。`)
    openExpenses(desk, due, month, date)
    const lines = gathered(due.flatMap(({ card, fen }) => chargeOf(card, month, fen)))
    const voucher = desk.voucher({ date, summary: `计提${month}折旧（${due.length}项资产）`, attachments: 1, lines })
    const charges = [...Map.groupBy(due, ({ card }) => useIn(card, month))].map(([use, own]) => ({
      use,
      amount: yuan(total(own, ({ fen }) => fen)),
      basis: `${own.length}项资产，直线法`,
    }))
    desk.emit('DepreciationCharged', { month, charges, cards: due.map(({ id, fen }) => [id, yuan(fen)]), voucher })
  },

  DisposeAsset(desk, { card: id, date, reason, attachments, proceeds = '0.00', into, resolution }) {
    const card = cardOf(desk, id)
    const month = monthOf(date)
    notInFuture(desk, date, '处置日期')
    if (date < card.on) refuse('DatesReversed', `处置日期不能早于卡片 ${id} 的建卡日期${chineseDay(card.on)}。`)
    if (resolution) adopted(desk, resolution)
    if (proceeds !== '0.00' && !into) refuse('AccountMissing', '处置有收入的，请写明收到哪个账户。')
    checkNotLet(desk, card, date)
    if (card.accumulated > accumulatedAfter(card, month))
      refuse('AlreadyCharged', `卡片 ${id} 在 ${month} 以后的折旧已经计提，请先冲销，或把处置日期改到最后计提的月份。`)
    const charged = dueBy(card, month)
    const gone = { accumulated: card.accumulated + charged, proceeds: fenOf(proceeds), into }
    const { lines, result } = removal(card, gone)
    if (charged > 0) openExpenses(desk, [{ card }], month, date)
    const all = [...chargeOf(card, month, charged), ...lines].filter(({ debit, credit }) => debit || credit)
    if (all.length === 0) refuse('NothingToDispose', `卡片 ${id} 已经摊完，账上没有余额，不用处置。`)
    const voucher = desk.voucher({ date, summary: `处置资产${card.name}（卡片${id}）`, attachments, lines: all })
    const amounts = { cost: yuan(card.cost), charged: yuan(charged), accumulated: yuan(gone.accumulated), proceeds }
    desk.emit('AssetDisposed', {
      ...{ card: id, reason, ...amounts, use: useIn(card, month), result: yuan(result), voucher },
      ...optional({ resolution, into }),
    })
  },
}

// The month's charge (当月减少，当月照提).
function chargeOf(card: Card, month: Month, fen: Fen): DraftLine[] {
  const { account } = card
  const fund = card.fund || undefined
  return [
    { account: expenseOf(account, useIn(card, month)), debit: fen, fund },
    { account: contraOf(account) ?? account, credit: fen, fund },
  ]
}

// 固定资产 go through 154 固定资产清理, which is empty again afterwards; the others straight to the result (财会〔2023〕14号).
function removal(
  card: Card,
  { accumulated, proceeds, into }: { accumulated: Fen; proceeds: Fen; into: string | undefined },
): { lines: DraftLine[]; result: Fen } {
  const contra = contraOf(card.account)
  const left = card.cost - accumulated
  const result = proceeds - left
  const clearing = (line: { debit: Fen } | { credit: Fen }): DraftLine[] =>
    codeOf(card.account) === '151' ? [{ account: '154', ...line }] : []
  const lines = [
    ...(contra ? [{ account: contra, debit: accumulated }] : []),
    ...clearing({ debit: left }),
    { account: card.account, credit: contra ? card.cost : left },
    ...(into ? [{ account: into, debit: proceeds }] : []),
    ...clearing({ credit: proceeds }),
    ...(result < 0 ? [{ account: '515', debit: -result }, ...clearing({ credit: -result })] : []),
    ...(result > 0 ? [...clearing({ debit: result }), { account: '504', credit: result }] : []),
  ]
  return { lines: lines.map(line => ({ ...line, fund: card.fund || undefined })), result }
}

function checkNotLet(desk: Desk, { asset }: Card, date: Day): void {
  for (const [id, lease] of desk.state.property.leases) {
    if (asset === undefined || lease.asset !== asset || lease.from > date || lease.to <= date) continue
    refuse('AssetLet', `资产 ${asset} 还由合同 ${id} 出租，请先终止合同再处置。`)
  }
}

// 摊销 has no standard sub-account: it is opened the first time it is needed.
function openExpenses(desk: Desk, due: readonly { card: Card }[], month: Month, on: Day): void {
  const needed = new Set(due.map(({ card }) => expenseOf(card.account, useIn(card, month))))
  for (const account of needed) if (!desk.state.books.subAccounts.has(account)) desk.openSubAccount(account, on)
}
