import { fundAccount } from '../books/state.ts'
import { CHART, codeOf } from '../chart.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import type { EventData } from '../events.ts'
import { type Party, partyName } from '../fields.ts'
import { checkBudget } from '../governance/budget.ts'
import { type Fen, fenOf, grouped, share, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { find, optional } from '../register/decide.ts'
import type { DraftLine } from '../voucher.ts'
import type { fundsCommands } from './commands.ts'
import type { GoodsItem, Purpose } from './events.ts'

// What may be paid at once without first being owed to a person.
const PAYABLE_ACCOUNTS = '111 121 131 141 151 153 161 171 201 212 213 214 221 401 511 512 513 514 515 521'.split(' ')

// What the co-op owes to persons, one by one.
const OWED_ACCOUNT = /^113-(分红|津贴|奖学助学|救助|补助)/

/** Decisions about funds, gifts, subsidies, other income and expenses. A gift never moves the distributable surplus. */
export const decideFunds: Decisions<typeof fundsCommands> = {
  OpenFund(desk, { owner, ...body }) {
    if (desk.state.funds.funds.has(body.fund)) refuse('IdTaken', `资金“${body.fund}”已经设立，请换一个名称。`)
    if (body.kind === 'held' && !owner) refuse('OwnerMissing', '代管款要写明是替谁保管的。')
    if (body.through514 && body.kind !== 'restricted') refuse('NotAGift', '只有限定用途的受赠资金可以经 514 列支。')
    desk.emit('FundOpened', { ...body, ...optional({ owner }) })
  },

  ReceiveDonation(desk, { date, attachments, fund, intent, ...gift }) {
    checkGift(desk, gift.id, gift.donor, date)
    const account = fund ? holding(desk, fund) : '311-受赠(未限定)'
    const fen = fenOf(gift.amount)
    const lines = [
      { account: gift.into, debit: fen, fund },
      { account, credit: fen, fund, counterparty: partyName(gift.donor) },
    ]
    const voucher = desk.voucher({ date, summary: `收捐款${fund ? `（${fund}）` : ''}`, attachments, lines })
    desk.emit('DonationReceived', { ...gift, ...optional({ fund, intent }), voucher })
  },

  ReceiveGoods(desk, { date, attachments, ...gift }) {
    checkGift(desk, gift.id, gift.donor, date)
    const fen = total(gift.items, ({ value }) => fenOf(value))
    const lines = [
      { account: '121-受赠物资', debit: fen, fund: gift.fund },
      { account: holding(desk, gift.fund), credit: fen, fund: gift.fund, counterparty: partyName(gift.donor) },
    ]
    desk.emit('GoodsDonated', {
      ...gift,
      voucher: desk.voucher({ date, summary: `收捐赠物资（${gift.fund}）`, attachments, lines }),
    })
  },

  GiveGoods(desk, { date, attachments, items, ...given }) {
    checkId(desk, given.id)
    checkPurpose(desk, given.fund, given.purpose)
    const valued = takeFromStore(desk, given.fund, items)
    const fen = total(valued, ({ value }) => fenOf(value))
    const lines = [...spend(desk, given.fund, fen), { account: '121-受赠物资', credit: fen, fund: given.fund }]
    const voucher = desk.voucher({
      date,
      summary: `发放捐赠物资（${given.fund}）${given.recipients}人次`,
      attachments,
      lines,
    })
    desk.emit('GoodsGiven', { ...given, items: valued, voucher })
  },

  NoteSharedGoods(desk, body) {
    checkId(desk, body.id)
    desk.emit('GoodsShared', body)
  },

  ReturnDonation(desk, { donation, amount, reason, date, from }) {
    const gift = desk.state.funds.gifts.get(donation)
    if (!gift) refuse('DonationUnknown', `没有编号为 ${donation} 的捐款，请核对编号。`)
    const fen = fenOf(amount)
    if (fen > gift.amount - gift.returned)
      refuse('ReturnAboveGift', `这笔捐款最多还能退 ${grouped(yuan(gift.amount - gift.returned))} 元。`)
    const { fund } = gift
    const account = fund ? holding(desk, fund) : '311-受赠(未限定)'
    const lines = [
      { account, debit: fen, fund },
      { account: from, credit: fen, fund },
    ]
    desk.emit('DonationReturned', {
      donation,
      amount,
      from,
      reason,
      voucher: desk.voucher({ date, summary: `退还捐款${donation}`, attachments: 1, lines }),
    })
  },

  ReceiveSubsidy(desk, { date, attachments, fund, ...subsidy }) {
    checkId(desk, subsidy.id)
    notInFuture(desk, date, '收款日期')
    const fen = fenOf(subsidy.amount)
    if (fund && kindOf(desk, fund) !== 'grant') refuse('FundKind', '专项补助要进“专项应付款”类资金。')
    const account = fund ? holding(desk, fund) : '503'
    const lines = [
      { account: subsidy.into, debit: fen, fund },
      { account, credit: fen, fund, counterparty: subsidy.from },
    ]
    desk.emit('SubsidyReceived', {
      ...subsidy,
      ...optional({ fund }),
      voucher: desk.voucher({ date, summary: `收${subsidy.project}补助`, attachments, lines }),
    })
  },

  RecordInvestmentIncome(desk, { date, attachments, into, stake, ...income }) {
    checkId(desk, income.id)
    notInFuture(desk, date, '日期')
    if (income.stage !== 'declared' && !into) refuse('AccountMissing', '收到投资收益要写明进哪个账户。')
    const fen = fenOf(income.amount)
    const debit = income.stage === 'declared' ? '112-投资收益' : (into ?? '')
    const credit = income.stage === 'received-declared' ? '112-投资收益' : '502'
    const lines = [
      { account: debit, debit: fen },
      { account: credit, credit: fen, counterparty: income.company },
    ]
    const verb = income.stage === 'declared' ? '宣告分红' : '分红到账'
    const voucher = desk.voucher({ date, summary: `${income.company}${verb}`, attachments, lines })
    desk.emit('InvestmentIncomeReceived', { ...income, ...optional({ into, stake }), voucher })
  },

  ReceiveIncome(desk, { date, attachments, ...income }) {
    checkId(desk, income.id)
    notInFuture(desk, date, '收款日期')
    checkParty(desk, income.from)
    if (CHART.get(codeOf(income.account))?.kind !== 'income' && !['112', '113'].includes(codeOf(income.account))) {
      refuse('NotIncome', '这里只记收入（501–504）和收回往来（112、113）；捐款、补助、投资收益各有命令。')
    }
    if (OWED_ACCOUNT.test(income.account))
      refuse('UseBusinessCommand', '付出去又退回的款项要用“登记退票”，好让本人的应付款重新待付。')
    if (/-备用金$/.test(income.account))
      refuse('UseBusinessCommand', '交回备用金要用“备用金报销、交回”办理，好让本人的备用金结清。')
    const fen = fenOf(income.amount)
    const lines = [
      { account: income.into, debit: fen },
      { account: income.account, credit: fen, counterparty: partyName(income.from) },
    ]
    desk.emit('OtherIncomeReceived', {
      ...income,
      voucher: desk.voucher({ date, summary: income.item, attachments, lines }),
    })
  },

  PayExpense(desk, { date, attachments, account, fund, purpose, programme, heads, resolution, ...expense }) {
    checkId(desk, expense.id)
    notInFuture(desk, date, '付款日期')
    checkParty(desk, expense.payee)
    const fen = fenOf(expense.amount)
    if (programme && !desk.state.programmes.programmes.has(programme))
      refuse('ProgrammeUnknown', `没有“${programme}”这个项目，请先设立。`)
    const restsOn = resolution ?? (programme && desk.state.governance.restsOn.get(programme))
    if (restsOn) checkBudget(desk, restsOn, fen)
    const debits = fund
      ? fromFund(desk, { fund, purpose, account }, fen)
      : [{ account: ownAccount(account), debit: fen }]
    const lines: DraftLine[] = [...debits, { account: expense.from, credit: fen, fund }]
    lines[0]!.counterparty = partyName(expense.payee)
    const voucher = desk.voucher({ date, summary: expense.item, attachments, lines })
    const optionals = optional({ fund, purpose, programme, heads, resolution })
    desk.emit('ExpensePaid', { ...expense, account: debits[0]!.account, ...optionals, voucher })
  },
}

/** Refuses what the fund was not given for (慈善法 art. 54 专款专用; change of purpose art. 56). */
export function checkPurpose(desk: Desk, fund: string, wanted: Purpose): void {
  const { allows, purpose } = fundOf(desk, fund)
  if (!allows.includes(wanted)) {
    refuse(
      'FundPurpose',
      `资金“${fund}”限定用于：${purpose}，不能挪作他用；改变用途要征得捐赠人同意。`,
      '慈善法 art. 56',
    )
  }
}

/** The debit of spending a fund's money: the account that holds it; through 514 only where the township insists. */
export function spend(desk: Desk, fund: string, fen: Fen): DraftLine[] {
  const held = holding(desk, fund)
  if (!fundOf(desk, fund).through514) return [{ account: held, debit: fen, fund }]
  return [
    { account: '514-以捐赠款支出', debit: fen, fund },
    { account: held, debit: fen, fund },
    { account: '322-未分配收益', credit: fen, fund },
  ]
}

/** Values goods at the store's average and refuses more than it has; the last of an item takes what value is left. */
export function takeFromStore(desk: Desk, fund: string, items: readonly Omit<GoodsItem, 'value'>[]): GoodsItem[] {
  const seen = new Set<string>()
  return items.map(({ item, quantity, unit }) => {
    const stock = desk.state.funds.stock.get(fund)?.get(item)
    if (seen.has(item)) refuse('ListedTwice', `${item} 出现了两次，请合并或删去一行。`)
    seen.add(item)
    if (!stock || quantity === 0 || quantity > stock.quantity) {
      refuse('GoodsShort', `${item} 库存 ${stock?.quantity ?? 0}${stock?.unit ?? ''}，不够发 ${quantity}${unit}。`)
    }
    return { item, quantity, unit: stock.unit, value: yuan(share(stock.value, quantity, stock.quantity)) }
  })
}

function fundOf(desk: Desk, fund: string): EventData<'FundOpened'> {
  const definition = desk.state.funds.funds.get(fund)
  if (!definition) refuse('FundUnknown', `没有“${fund}”这个资金，请先设立。`)
  return definition
}

const kindOf = (desk: Desk, fund: string) => fundOf(desk, fund).kind
const holding = (desk: Desk, fund: string): string => fundAccount(kindOf(desk, fund), fund)

type Spending = { fund: string; purpose: Purpose | undefined; account: string | undefined }

// Work that a grant pays for is 在建工程 until it is completed (CompleteProject); all else is spent at once.
function fromFund(desk: Desk, { fund, purpose, account }: Spending, fen: Fen): DraftLine[] {
  if (!purpose) refuse('PurposeMissing', `动用资金“${fund}”要写明用途。`)
  checkPurpose(desk, fund, purpose)
  if (account && codeOf(account) === '153' && kindOf(desk, fund) === 'grant') return [{ account, debit: fen, fund }]
  return spend(desk, fund, fen)
}

function ownAccount(account: string | undefined): string {
  if (!account) refuse('AccountMissing', '请写明记到哪个科目。')
  if (!PAYABLE_ACCOUNTS.includes(codeOf(account))) {
    refuse('NotAnExpense', `${codeOf(account)} 不能用“支付费用”直接付；个人应得的款项请用付款批次。`)
  }
  return account
}

function checkGift(desk: Desk, id: string, donor: Party, date: string): void {
  checkId(desk, id)
  notInFuture(desk, date, '收到日期')
  checkParty(desk, donor)
}

function checkParty(desk: Desk, party: Party): void {
  if ('person' in party) find(desk, party.person)
}

function checkId(desk: Desk, id: string): void {
  if (desk.state.funds.ids.has(id)) refuse('IdTaken', `编号 ${id} 已经用过，请核对是否重复录入。`)
}
