import { type Allocated, allocatePerShare, allocatePool } from '../allocation.ts'
import { balance } from '../books/state.ts'
import { daysBetween, yearOf } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { checkBudget } from '../governance/budget.ts'
import { adopted } from '../governance/decide.ts'
import { type Fen, fenOf, grouped, times, total, yuan } from '../money.ts'
import { freshOrigin } from '../payments/origin.ts'
import { refuse } from '../refusal.ts'
import { optional } from '../register/decide.ts'
import { holdingsOn, isMember } from '../register/state.ts'
import { sharesText } from '../shares.ts'
import type { DraftLine } from '../voucher.ts'
import { apart } from './apart.ts'
import type { distributionCommands } from './commands.ts'

/** Decisions about the closed year's surplus: losses first, then the reserve, then the dividend (农集法 art. 42). */
export const decideDistribution: Decisions<typeof distributionCommands> = {
  ComputeSurplus(desk, { year, on }) {
    closedYear(desk, year)
    const left = distributable(desk)
    desk.emit('SurplusComputed', {
      year,
      retained: yuan(left),
      notDistributable: apart(desk),
      distributable: yuan(Math.max(0, left)),
      on,
    })
  },

  SetReserveAside(desk, { year, rate, date }) {
    closedYear(desk, year)
    const least = desk.state.governance.profile?.charter.reserveRate ?? '0'
    const wanted = rate ?? least
    if (Number(wanted) < Number(least)) {
      refuse(
        'ReserveBelowCharter',
        `章程规定提取比例不低于 ${least}，不能按 ${wanted} 提取。`,
        '农村集体经济组织法 art. 42',
      )
    }
    if (desk.state.distribution.reserve.has(year)) refuse('ReserveSetAside', `${year}年度的公积公益金已经提取。`)
    const base = distributable(desk)
    const amount = times(base, wanted)
    if (amount <= 0) refuse('NothingToSetAside', '没有可提取的收益；有亏损要先弥补。', '农村集体经济组织法 art. 42')
    const lines = [
      { account: '322-各项分配-提取公积公益金', debit: amount },
      { account: '311-提取', credit: amount },
    ]
    const voucher = desk.voucher({ date, summary: `提取${year}年度公积公益金`, attachments: 1, lines })
    desk.emit('ReserveSetAside', { year, rate: wanted, base: yuan(base), amount: yuan(amount), voucher })
  },

  DeclareDividend(desk, { run, year, resolution: no, pool, perShare, recordDate, date, fund, withholding }) {
    checkPlan(desk, {
      run,
      year,
      no,
      recordDate,
      date,
      fund,
      onlyOne: (pool === undefined) !== (perShare === undefined),
    })
    const holders = [...holdingsOn(desk.state.register, recordDate)].map(([code, shares]) => ({ code, shares }))
    if (holders.length === 0) refuse('NoHolders', `${recordDate} 登记册上没有持份人。`)
    const allocated = pool
      ? allocatePool(fenOf(pool), holders, code => desk.context.sha256(`${run}${code}`))
      : allocatePerShare(perShare ?? '0', holders)
    const declared = total(allocated, ({ amount }) => amount)
    checkAmount(desk, no, declared)
    const { members, outsiders } = sorted(desk, allocated, recordDate)
    const withheld = taxed([...members, ...outsiders], withholding?.rate ?? '0')
    const lines = entry(members, outsiders, withheld)
    const voucher = desk.voucher({ date, summary: `${year}年度分红（${allocated.length}人）`, attachments: 1, lines })
    const all = holders.reduce((sum, { shares }) => sum + shares, 0)
    desk.emit('DividendDeclared', {
      run,
      year,
      resolution: no,
      mode: pool ? 'pool' : 'per-share',
      declared: yuan(declared),
      ...optional({ perShare, withholding }),
      recordDate,
      registerShares: sharesText(all),
      registerHash: desk.context.sha256(holders.map(({ code, shares }) => `${code} ${sharesText(shares)}\n`).join('')),
      members,
      outsiders,
      withheld: withheld.map(([code, fen]): [string, string] => [code, yuan(fen)]),
      basis: pool
        ? `按${recordDate}登记的 ${sharesText(all)} 股分配 ${grouped(yuan(declared))} 元`
        : `每股 ${perShare} 元`,
      voucher,
    })
  },

  WithdrawDividend(desk, { run, resolution, reason, date }) {
    const declaration = desk.state.distribution.declarations.get(run)
    if (!declaration || declaration.withdrawn) refuse('RunUnknown', `没有可撤回的分红 ${run}。`)
    adopted(desk, resolution)
    for (const claim of desk.state.payments.claims.values()) {
      if (claim.origin === run && claim.state !== 'open') refuse('AlreadyPaid', `分红 ${run} 已经进入付款，不能撤回。`)
    }
    const original = desk.state.books.vouchers.get(declaration.number)?.event
    if (original?.type !== 'DividendDeclared') refuse('RunUnknown', `没有可撤回的分红 ${run}。`)
    const { members, outsiders, withheld } = original.data
    const lines = entry(
      members,
      outsiders,
      withheld.map(([code, amount]) => [code, fenOf(amount)]),
    ).map(
      ({ debit, credit, breakdown: _, ...line }): DraftLine => ({
        ...line,
        ...(debit === undefined ? { credit: -(credit ?? 0) } : { debit: -debit }),
      }),
    )
    const voucher = desk.voucher({
      date,
      summary: `撤回分红${run}`,
      attachments: 1,
      reverses: declaration.number,
      lines,
    })
    desk.emit('DividendWithdrawn', { run, reason, resolution, voucher })
  },
}

/** What may be distributed, in fen: 322 of 一般资金, which holds closed years only (5xx reach it at the year-end close). */
export const distributable = (desk: Desk): Fen => -balance(desk.state.books, '322', '')

function checkPlan(
  desk: Desk,
  plan: {
    run: string
    year: number
    no: string
    recordDate: string
    date: string
    fund: string | undefined
    onlyOne: boolean
  },
): void {
  if (plan.fund) refuse('DividendFromFund', `捐款和专项资金“${plan.fund}”不能用来分红。`, '慈善法 art. 54')
  if (!plan.onlyOne) refuse('ModeMissing', '总额（pool）和每股金额（perShare）要填一个，且只填一个。')
  if (desk.state.distribution.declarations.has(plan.run))
    refuse('AlreadyDeclared', `分红 ${plan.run} 已经宣告，不能重复。`)
  freshOrigin(desk, plan.run)
  notInFuture(desk, plan.recordDate, '登记日')
  closedYear(desk, plan.year)
  if (yearOf(plan.date) <= plan.year)
    refuse('YearNotClosed', '分红只能分已经结账的上一年度收益。', '农村集体经济组织法 art. 42')
  const resolution = adopted(desk, plan.no)
  if (resolution.matter !== 'distribution-plan')
    refuse('ResolutionMatter', `决议 ${plan.no} 不是收益分配方案。`, '农村集体经济组织法 art. 26')
  if (!resolution.laidOpenOn || daysBetween(resolution.laidOpenOn, resolution.votedOn ?? '') < 10) {
    refuse('PlanNotLaidOpen', '分配方案公开未满十日。', '农村集体经济组织法 art. 46')
  }
  if (resolution.posted && plan.date < resolution.posted.postedOn)
    refuse('DateBeforeNotice', '宣告日期不能早于决议公开日期。')
  if (
    !desk.state.distribution.reserve.has(plan.year) &&
    Number(desk.state.governance.profile?.charter.reserveRate) !== 0
  ) {
    refuse('ReserveFirst', `请先提取${plan.year}年度公积公益金，再分红。`, '农村集体经济组织法 art. 42')
  }
}

function checkAmount(desk: Desk, no: string, declared: Fen): void {
  if (declared <= 0) refuse('AmountNotPositive', '分红金额必须大于零。')
  const left = distributable(desk)
  if (declared > left) {
    const set = apart(desk)
      .map(([what, amount]) => `${what} ${grouped(amount)} 元`)
      .join('、')
    const note = set ? `不可分配的有：${set}。` : ''
    refuse(
      'DividendAboveSurplus',
      `可分配收益只有 ${grouped(yuan(Math.max(0, left)))} 元，不够分 ${grouped(yuan(declared))} 元。${note}`,
      '农村集体经济组织法 art. 42',
    )
  }
  checkBudget(desk, no, declared)
}

function closedYear(desk: Desk, year: number): void {
  if (!desk.state.books.closedYears.has(year))
    refuse('YearNotClosed', `${year}年度还没有结账，不能分配。`, '农村集体经济组织法 art. 42')
}

function sorted(desk: Desk, allocated: Allocated[], on: string) {
  const members: [string, string, string][] = []
  const outsiders: [string, string, string][] = []
  for (const { code, shares, amount } of allocated) {
    const list = isMember(desk.state.register.persons.get(code), on) ? members : outsiders
    list.push([code, sharesText(shares), yuan(amount)])
  }
  return { members, outsiders }
}

function taxed(lines: [string, string, string][], rate: string): [string, Fen][] {
  return lines.map(([code, , gross]): [string, Fen] => [code, times(fenOf(gross), rate)]).filter(([, fen]) => fen > 0)
}

function entry(
  members: [string, string, string][],
  outsiders: [string, string, string][],
  withheld: [string, Fen][],
): DraftLine[] {
  const gross = (lines: [string, string, string][]) => total(lines, ([, , amount]) => fenOf(amount))
  const codes = new Set(members.map(([code]) => code))
  const lines: DraftLine[] = []
  const sides = [
    ['322-各项分配-成员分配', '113-分红', 'members', gross(members), withheld.filter(([code]) => codes.has(code))],
    [
      '322-各项分配-投资者分配',
      '211-分红',
      'outsiders',
      gross(outsiders),
      withheld.filter(([code]) => !codes.has(code)),
    ],
  ] as const
  for (const [debit, credit, breakdown, sum, tax] of sides) {
    if (sum === 0) continue
    lines.push({ account: debit, debit: sum }, { account: credit, credit: sum, breakdown })
    const fen = total(tax, ([, part]) => part)
    if (fen === 0) continue
    lines.push({
      account: credit,
      debit: fen,
      breakdown: tax.map(([code, part]): [string, string] => [code, yuan(part)]),
    })
    lines.push({ account: '214-代扣个人所得税', credit: fen })
  }
  return lines
}
