import { chineseDay, plusDays } from '../calendar.ts'
import { accountName } from '../chart.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { add, type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { bankCommands } from './commands.ts'
import { type BankAccount, movedOn } from './state.ts'

type Line = { date: string; amount: string; reference: string }
type Statement = { account: string; from: string; to: string; opening: string; closing: string; lines: readonly Line[] }
type BankLineTuple = [id: string, date: string, amount: string, reference: string]
type Outstanding = { voucher: string; amount: string }

/** Decisions about what the bank says beside what the books say. */
export const decideBank: Decisions<typeof bankCommands> = {
  ImportBankStatement(desk, { statement, lines, outstanding, file, ...rest }) {
    if (!desk.state.books.bankAccounts.has(rest.account))
      refuse('BankUnknown', `${accountName(rest.account)}不是登记过的本社账户，请先登记（RegisterBankAccount）。`)
    if (desk.state.bank.statements.has(statement)) refuse('IdTaken', `对账单 ${statement} 已经录入，不用再录。`)
    notInFuture(desk, rest.to, '对账单截止日')
    const account = desk.state.bank.accounts.get(rest.account)
    checkOwnSum({ ...rest, lines })
    if (account && outstanding.length > 0) refuse('NotFirstStatement', '未达账项只在录入第一份对账单时填写。')
    if (account) checkFollows(account, { ...rest, lines })
    else checkBegins(desk, { ...rest, lines }, outstanding)
    const fresh = account ? unknownOf(account, rest, lines) : [...lines]
    const before = account?.lines.size ?? 0
    const numbered = fresh.map(({ date, amount, reference }, index): BankLineTuple => {
      return [`L${before + index + 1}`, date, amount, reference]
    })
    desk.emit('BankStatementImported', {
      statement,
      ...rest,
      lines: numbered,
      known: lines.length - fresh.length,
      outstanding: outstanding.map(({ voucher, amount }, index) => [`T${index + 1}`, voucher, amount]),
      ...(file ? { file } : {}),
    })
  },

  MatchBankLines(desk, { account: name, matches }) {
    const account = statementsOf(desk, name)
    const used = new Set<string>()
    for (const [index, { lines, vouchers }] of matches.entries()) {
      if (lines.length + vouchers.length < 2)
        refuse('NothingToMatch', '勾对至少要有一条流水和一张凭证，或两项正好相抵。')
      for (const id of [...lines, ...vouchers]) {
        if (used.has(id)) refuse('MatchedTwice', `${id} 在这次勾对里出现了两次。`)
        used.add(id)
      }
      const passed = total(lines, id => amountOfLine(account, id))
      const booked = total(vouchers, id => amountOfItem(desk, account, name, id))
      if (passed !== booked) {
        refuse(
          'MatchUnequal',
          `流水合计 ${grouped(yuan(passed))}，凭证合计 ${grouped(yuan(booked))}，差 ${grouped(yuan(Math.abs(passed - booked)))}，不能勾对。`,
        )
      }
      const match = `D${account.made + index + 1}`
      desk.emit('BankLineMatched', { match, account: name, lines, vouchers, amount: yuan(passed) })
    }
  },

  UnmatchBankLine(desk, { account, match, reason }) {
    if (!statementsOf(desk, account).matches.has(match)) refuse('MatchUnknown', `没有编号为 ${match} 的勾对。`)
    desk.emit('BankLineUnmatched', { match, account, reason })
  },
}

function statementsOf(desk: Desk, name: string): BankAccount {
  const account = desk.state.bank.accounts.get(name)
  if (!account) refuse('NoStatement', `${accountName(name)}还没有录入对账单，请先录入（ImportBankStatement）。`)
  return account
}

// Opening, lines and closing of the statement itself.
function checkOwnSum({ from, to, opening, closing, lines }: Statement): void {
  if (from > to) refuse('PeriodBackwards', '对账单的起始日不能晚于截止日。')
  const outside = lines.find(({ date }) => date < from || date > to)
  if (outside) refuse('LineOutsidePeriod', `有一条流水的日期 ${chineseDay(outside.date)} 不在对账单期间内。`)
  const sum = add(fenOf(opening), total(lines, sumOf))
  if (sum !== fenOf(closing)) {
    refuse(
      'StatementDoesNotAddUp',
      `期初加本期收支等于 ${grouped(yuan(sum))}，对账单期末是 ${grouped(closing)}，请核对有没有漏行。`,
    )
  }
}

// The first one must fit the books: what they held the day before, less what the bank had not passed yet.
function checkBegins(desk: Desk, { account, from, opening }: Statement, outstanding: readonly Outstanding[]): void {
  const before = [...desk.state.books.vouchers.values()].map(({ voucher }) => voucher).filter(({ date }) => date < from)
  const first = desk.state.books.opened === from ? openingOf(desk) : []
  const book = total([...before, ...first], voucher => movedOn(account, voucher))
  for (const { voucher } of outstanding)
    if (![...before, ...first].some(({ number }) => number === voucher))
      refuse('VoucherUnknown', `未达账项里的凭证 ${voucher} 不在${chineseDay(from)}以前的账上。`)
  const expected = book - total(outstanding, ({ amount }) => fenOf(amount))
  if (expected !== fenOf(opening)) {
    refuse(
      'StatementGap',
      `${chineseDay(from)}以前账面是 ${grouped(yuan(book))}，减去未达账项应为 ${grouped(yuan(expected))}，对账单期初是 ${grouped(opening)}；请补齐更早的对账单或未达账项。`,
    )
  }
}

// Opening balances bear the first day but are what the day before closed with.
const openingOf = (desk: Desk) =>
  [...desk.state.books.vouchers.values()]
    .filter(({ event }) => event.type === 'OpeningBalancesRecorded')
    .map(({ voucher }) => voucher)

// A later one must begin where the bank's lines so far leave off, and repeat what it overlaps.
function checkFollows(account: BankAccount, { from, opening }: Statement): void {
  if (from < account.from) refuse('StatementGap', '更早的对账单要先录入；请从最早的一份开始。')
  if (from > plusDays(account.to, 1))
    refuse('StatementGap', `上一份对账单到${chineseDay(account.to)}，中间缺了几天，请先补齐。`)
  const known = [...account.lines.values()]
  const before = add(
    account.opening,
    total(
      known.filter(({ date }) => date < from),
      ({ amount }) => amount,
    ),
  )
  if (before !== fenOf(opening)) {
    refuse(
      'StatementGap',
      `${chineseDay(from)}以前银行余额应为 ${grouped(yuan(before))}，对账单期初是 ${grouped(opening)}。`,
    )
  }
}

// What an earlier statement brought is recognised by day, amount and reference; of the days it covered all must come again.
function unknownOf(account: BankAccount, { from, to }: { from: string; to: string }, lines: readonly Line[]): Line[] {
  const known = new Map<string, number>()
  const repeated = [...account.lines.values()].filter(({ date }) => date >= from && date <= to)
  for (const line of repeated) known.set(keyOf(line), (known.get(keyOf(line)) ?? 0) + 1)
  const fresh = lines.filter(line => {
    const key = keyOf({ ...line, amount: fenOf(line.amount) })
    const left = known.get(key) ?? 0
    if (left > 0) known.set(key, left - 1)
    return left === 0
  })
  const missing = repeated.length - (lines.length - fresh.length)
  const late = fresh.find(({ date }) => date < account.to)
  if (missing > 0 || late) {
    refuse(
      'StatementDiffers',
      `这份对账单和以前录入的在重叠的日子里不一致（少 ${missing} 条${late ? `，${chineseDay(late.date)}多出一条` : ''}），请核对文件。`,
    )
  }
  return fresh
}

const keyOf = ({ date, amount, reference }: { date: string; amount: Fen; reference: string }): string =>
  `${date}|${amount}|${reference}`

function amountOfLine(account: BankAccount, id: string): Fen {
  const line = account.lines.get(id)
  if (!line) refuse('LineUnknown', `对账单里没有编号为 ${id} 的流水。`)
  if (line.matched) refuse('AlreadyMatched', `流水 ${id} 已经勾对；要改请先取消原来的勾对。`)
  return line.amount
}

function amountOfItem(desk: Desk, account: BankAccount, name: string, id: string): Fen {
  if (account.cleared.has(id)) refuse('AlreadyMatched', `${id} 已经勾对；要改请先取消原来的勾对。`)
  const outstanding = account.outstanding.get(id)
  if (outstanding) return outstanding.amount
  const booked = desk.state.books.vouchers.get(id)
  if (!booked) refuse('VoucherUnknown', `没有 ${id} 这张凭证。`)
  const amount = movedOn(name, booked.voucher)
  if (amount === 0) refuse('VoucherElsewhere', `${id} 没有动用${accountName(name)}，不能和它的流水勾对。`)
  if (booked.voucher.date < account.from || booked.event.type === 'OpeningBalancesRecorded')
    refuse('VoucherElsewhere', `${id} 在第一份对账单之前，不用勾对。`)
  return amount
}

const sumOf = ({ amount }: Line): Fen => fenOf(amount)
