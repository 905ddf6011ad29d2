import { fundAccount } from '../books/state.ts'
import { monthOf, yearOf } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { add, type Fen, fenOf, grouped, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { optional } from '../register/decide.ts'
import type { DraftLine } from '../voucher.ts'
import type { cardCommands } from './card-commands.ts'
import { checkTerms } from './cards.ts'

type Decided = Pick<Decisions<typeof cardCommands>, 'CompleteProject' | 'ReturnGrant'>

/** Decisions about what an earmarked grant (241) ends as: an asset of the co-op, or money that goes back. */
export const decideProjects: Decided = {
  // 151/153 and 241/311-政府补助形成. The fund gives up its claim and its work in progress, 一般资金 takes asset and reserve.
  CompleteProject(desk, { fund, date, amount, own, attachments, inService, asset, ...body }) {
    const holding = grantAccount(desk, fund)
    notInFuture(desk, date, '完工日期')
    const [granted, owned] = [fenOf(amount), fenOf(own)]
    const cost = yuan(add(granted, owned))
    const begun = inService ?? monthOf(date)
    if (begun < `${yearOf(date) - 1}-12`)
      refuse('ChargedToMissing', `工程在以前年度已经投入使用的，启用月份填 ${yearOf(date) - 1}-12，折旧从本年起计提。`)
    const opened = { ...body, ...optional({ asset }), cost, inService: begun, on: date }
    const terms = { ...opened, accumulated: '0.00', chargedTo: begun }
    checkTerms(desk, terms)
    const lines: DraftLine[] = [
      { account: body.account, debit: add(granted, owned) },
      { account: holding, debit: granted, fund },
      ...outOfWork(desk, fund, granted),
      ...outOfWork(desk, '', owned),
      { account: '311-政府补助形成', credit: granted },
    ]
    const voucher = desk.voucher({ date, summary: `${body.name}完工转入资产（${fund}）`, attachments, lines })
    desk.emit('ProjectCompleted', { fund, amount, own, opened: terms, voucher })
  },

  ReturnGrant(desk, { fund, amount, to, reason, date, from, attachments }) {
    notInFuture(desk, date, '退款日期')
    const fen = fenOf(amount)
    const lines = [
      { account: grantAccount(desk, fund), debit: fen, fund, counterparty: to },
      { account: from, credit: fen, fund },
    ]
    const voucher = desk.voucher({ date, summary: `退回专项补助（${fund}）`, attachments, lines })
    desk.emit('GrantReturned', { fund, amount, to, reason, from, voucher })
  },
}

function grantAccount(desk: Desk, fund: string): string {
  const definition = desk.state.funds.funds.get(fund)
  if (!definition) refuse('FundUnknown', `没有“${fund}”这个资金，请先设立。`)
  if (definition.kind !== 'grant')
    refuse('FundKind', `“${fund}”不是专项补助资金；捐款的退还用“退还捐款”，代管款的支付用“支付费用”。`)
  return fundAccount(definition.kind, fund)
}

// What was spent on the work lies on 153, perhaps on several sub-accounts, in the fund or in 一般资金 ('').
function outOfWork(desk: Desk, fund: string, fen: Fen): DraftLine[] {
  const lines: DraftLine[] = []
  let left = fen
  for (const [account, booked] of desk.state.books.balances.get(fund) ?? []) {
    const taken = Math.min(left, Math.max(0, booked))
    if (!/^153(-|$)/.test(account) || taken === 0) continue
    lines.push({ account, credit: taken, fund: fund || undefined })
    left -= taken
  }
  if (left > 0) {
    const whose = fund ? `资金“${fund}”` : '一般资金'
    refuse(
      'WorkShort',
      `${whose}的在建工程只有 ${grouped(yuan(fen - left))} 元，不够转 ${grouped(yuan(fen))} 元；请先用“支付费用”把工程款记入 153。`,
    )
  }
  return lines
}
