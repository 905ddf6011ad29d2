import { balance } from '../books/state.ts'
import { type Month, monthOf, plusMonths, yearOf } from '../calendar.ts'
import { accountName, codeOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import type { EventData } from '../events.ts'
import { type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { optional } from '../register/decide.ts'
import { contraOf, shownOn } from './card-accounts.ts'
import type { cardCommands } from './card-commands.ts'
import { accumulatedAfter, type Card, dueBy, standing, useIn } from './card-state.ts'

type Decided = Pick<Decisions<typeof cardCommands>, 'OpenAssetCard' | 'WithdrawAssetCard' | 'ChangeAssetUse'>
type Terms = EventData<'AssetCardOpened'>

/** Decisions about asset cards themselves: they book nothing, but may never hold more than the books. */
export const decideCards: Decided = {
  OpenAssetCard(desk, { asset, fund, chargedTo, ...body }) {
    notInFuture(desk, body.on, '建卡日期')
    const terms = { ...body, ...optional({ asset, fund }), chargedTo: chargedUpTo(desk, body, chargedTo) }
    checkTerms(desk, terms)
    checkBooks(desk, terms)
    desk.emit('AssetCardOpened', terms)
  },

  WithdrawAssetCard(desk, { card: id, reason }) {
    const card = cardOf(desk, id)
    if (isUsed(card) || card.fromProject)
      refuse('CardUsed', `卡片 ${id} 已有折旧、变更或来自完工工程，不能撤销；请先冲销有关凭证，或办理处置。`)
    desk.emit('AssetCardWithdrawn', { card: id, reason })
  },

  ChangeAssetUse(desk, { card: id, use, from, reason }) {
    const card = cardOf(desk, id)
    const last = card.uses.at(-1)!
    if (useIn(card, from) === use) refuse('UseUnchanged', `卡片 ${id} 从 ${from} 起本来就是这个用途，不用变更。`)
    if (from < last.from) refuse('DatesReversed', `卡片 ${id} 从 ${last.from} 起已经变更过，请从那以后的月份变更。`)
    if (card.accumulated > accumulatedAfter(card, plusMonths(from, -1)))
      refuse('AlreadyCharged', `卡片 ${id} 的 ${from} 折旧已经计提，请从下一个月起变更，或先冲销那个月的计提。`)
    desk.emit('AssetUseChanged', { card: id, use, from, reason })
  },
}

/** The card of an asset that is still there; refuses one that is unknown or disposed of. */
export function cardOf(desk: Desk, id: string): Card {
  const card = desk.state.property.cards.get(id)
  if (!card) refuse('CardUnknown', `没有编号为 ${id} 的资产卡片，请核对编号。`)
  if (card.disposed) refuse('CardDisposed', `卡片 ${id} 的资产已经处置，请核对编号。`)
  return card
}

/** Whether anything has happened to a card since it was opened. */
export const isUsed = (card: Card): boolean =>
  card.accumulated !== card.begun || card.uses.length > 1 || card.disposed !== undefined

/** Refuses a card that could not be kept: id taken, account or asset unknown, a life that does not fit. */
export function checkTerms(desk: Desk, terms: Terms): void {
  const { books, property, funds } = desk.state
  if (property.cards.has(terms.card)) refuse('IdTaken', `卡片编号 ${terms.card} 已经用过，请换一个。`)
  if (terms.asset && !property.assets.has(terms.asset))
    refuse('AssetUnknown', `没有编号为 ${terms.asset} 的资产，请先登记。`)
  if (terms.account.includes('-') && !books.subAccounts.has(terms.account))
    refuse('AccountUnknown', `科目 ${accountName(terms.account)}（${terms.account}）还没有开设，请先开设明细科目。`)
  if (terms.fund && !funds.funds.has(terms.fund)) refuse('FundUnknown', `没有“${terms.fund}”这个资金，请先设立。`)
  const rest = fenOf(terms.cost) - fenOf(terms.residual) - fenOf(terms.accumulated)
  if (rest < 0) refuse('ResidualTooHigh', '净残值加上已提折旧不能超过原值，请核对金额。')
  checkLife(terms, rest)
}

// 134 公益性生物资产 keeps its cost; everything else has a life, and what is left of it takes what is left to charge.
function checkLife({ account, life, inService, chargedTo, accumulated }: Terms, rest: Fen): void {
  if (codeOf(account) === '134') {
    if (life !== 0 || fenOf(accumulated) !== 0)
      refuse('NotDepreciated', '公益性生物资产不计提折旧，使用年限和已提折旧都填 0。', '财会〔2023〕14号')
    return
  }
  if (life === 0) refuse('LifeMissing', '请写明使用年限（月数），例如房屋 30 年填 360。')
  if (rest > 0 && plusMonths(inService, life) <= chargedTo)
    refuse(
      'LifeOver',
      `按 ${life} 个月计，到 ${chargedTo} 已经提完，却还有未提的金额；请核对年限、启用月份和已提折旧。`,
    )
}

// `inService` when nothing was charged so far, otherwise up to the month before the card begins, unless told; what earlier
// years left out is spread over the rest of the life and never made good in one month.
function chargedUpTo(
  desk: Desk,
  { on, inService, accumulated, account }: Pick<Terms, 'on' | 'inService' | 'accumulated' | 'account'>,
  told: Month | undefined,
): Month {
  const begun = fenOf(accumulated) > 0 ? plusMonths(monthOf(on), -1) : inService
  const month = told ?? begun
  if (month > monthOf(desk.context.today) && month > inService)
    refuse('DateInFuture', `折旧不可能已经提到 ${month}，请核对月份。`)
  const yearBefore = `${yearOf(on) - 1}-12`
  if (month < yearBefore && codeOf(account) !== '134') {
    refuse(
      'ChargedToMissing',
      `折旧只提到 ${month}，以前年度没有提过的不能补在本年：请填已提折旧；确实没有提的，在 chargedTo 写上年 12 月（${yearBefore}），没有提的在剩余年限里提。`,
    )
  }
  return month > inService ? month : inService
}

// Cards of an account, and of the sub-account they name, hold no more than it has, fund by fund.
function checkBooks(desk: Desk, terms: Terms): void {
  const { books, property } = desk.state
  const fund = terms.fund ?? ''
  const own = { cost: fenOf(terms.cost), accumulated: fenOf(terms.accumulated) }
  for (const account of new Set([codeOf(terms.account), terms.account])) {
    const cards = [...standing(property, account, fund), { account, ...own } as Card]
    beyond(account, shownOn(account, cards), balance(books, account, fund))
  }
  const contra = contraOf(terms.account)
  if (!contra) return
  const before = total(standing(property, codeOf(terms.account), fund), ({ accumulated }) => accumulated)
  beyond(contra, before + own.accumulated, -balance(books, contra, fund))
}

function beyond(account: string, onCards: Fen, booked: Fen): void {
  if (onCards <= booked) return
  const [cards, books] = [onCards, booked].map(fen => grouped(yuan(fen)))
  refuse(
    'CardsBeyondBooks',
    `${accountName(account)}账面 ${books} 元，加上这张卡片合计 ${cards} 元，超过了账面；请先入账，或核对金额和所属资金。`,
  )
}

/** The first month of those before `month` and after the last run for which something is due; undefined if none is. */
export function monthSkipped(desk: Desk, month: Month): Month | undefined {
  const { cards, runs, byHand } = desk.state.property
  const last = [...runs].sort().at(-1)
  const first = last ?? [...cards.values()].map(({ chargedTo }) => chargedTo).sort()[0]
  if (first === undefined) return undefined
  for (let each = plusMonths(first, 1); each < month; each = plusMonths(each, 1))
    if (!byHand.has(each) && [...cards.values()].some(card => dueBy(card, each) > 0)) return each
  return undefined
}
