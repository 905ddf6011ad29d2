import { chineseDay, yearOf } from '../calendar.ts'
import { refuseWhenCashBuiltUpon } from '../cash/built-upon.ts'
import type { CoopEvent } from '../events.ts'
import { fenOf, yuan } from '../money.ts'
import { refuseWhenCardsBuiltUpon } from '../property/card-built-upon.ts'
import { refuse } from '../refusal.ts'
import type { CoopState } from '../state.ts'
import { breakdownOf, type Draft, type VoucherLine, voucherLabel } from '../voucher.ts'

// What a red voucher can take back with all that hangs on it; for the others there is a command of their own.
const REVERSIBLE = new Set<CoopEvent['type']>([
  'VoucherPosted',
  'DepreciationCharged',
  'TaxAccrued',
  'PayAccrued',
  'RentAccrued',
  'RentReceived',
  'DepositReceived',
  'DepositReturned',
  'DonationReceived',
  'DonationReturned',
  'GoodsDonated',
  'GoodsGiven',
  'SubsidyReceived',
  'InvestmentIncomeReceived',
  'OtherIncomeReceived',
  'ExpensePaid',
  'RunApproved',
  'ScholarshipAwarded',
  'ReliefApproved',
  'AssetDisposed',
  'ProjectCompleted',
  'GrantReturned',
  'CashDifferenceBooked',
  'CashDifferenceSettled',
  'PettyCashAdvanced',
  'PettyCashAccounted',
  'TaxPaid',
  'WagesPaid',
])

/** The red voucher of an original: same accounts and sides, negative amounts (会计基础工作规范 art. 51(5)). */
export function reversal(state: CoopState, number: string, date: string): Draft {
  const original = state.books.vouchers.get(number)
  if (!original) refuse('VoucherUnknown', `没有 ${number} 这张凭证。`)
  if (original.reversedBy)
    refuse('AlreadyReversed', `${voucherLabel(number)}已由 ${voucherLabel(original.reversedBy)}冲销。`)
  if (original.voucher.reverses) refuse('ReversalOfReversal', '红字凭证不能再冲销；请重新录入正确的凭证。')
  const corrected = [...state.books.vouchers.values()].find(({ voucher }) => voucher.corrects === number)
  if (corrected)
    refuse(
      'AlreadyCorrected',
      `${voucherLabel(number)}已由 ${voucherLabel(corrected.voucher.number)}更正，不能再冲销；请再作差额更正。`,
    )
  if (original.voucher.corrects) refuse('ReversalOfReversal', '更正凭证不能冲销；请再作一次更正。')
  if (date < original.voucher.date)
    refuse('DateBeforeOriginal', `冲销日期不能早于原凭证日期${chineseDay(original.voucher.date)}。`)
  if (!REVERSIBLE.has(original.event.type)) {
    refuse(
      'NotReversible',
      `${voucherLabel(number)}要用专门的命令更正：付款用“登记退票”或“登记误付”，分红用“撤回分红”。`,
    )
  }
  const { closedYears } = state.books
  if ([...closedYears].some(year => year >= yearOf(original.voucher.date)))
    refuse(
      'YearClosed',
      `${voucherLabel(number)}在已经结账的年度，请在本年度用蓝字填制更正凭证。`,
      '会计基础工作规范 art. 51(5)',
    )
  refuseWhenBuiltUpon(state, original.event)
  refuseWhenCardsBuiltUpon(state.property, original.event)
  refuseWhenCashBuiltUpon(state, original.event, number)
  const data = original.event.data
  return {
    date,
    summary: `注销${chineseDay(original.voucher.date)} ${voucherLabel(number)}凭证`,
    reverses: number,
    lines: original.voucher.lines.map(({ account, debit, credit, fund, counterparty, breakdown }) => ({
      account,
      fund,
      counterparty,
      ...(debit === undefined ? {} : { debit: -fenOf(debit) }),
      ...(credit === undefined ? {} : { credit: -fenOf(credit) }),
      ...(breakdown === undefined ? {} : { breakdown: red({ account, breakdown }, data) }),
    })),
  }
}

const red = (line: VoucherLine, data: Record<string, unknown>): [string, string][] =>
  breakdownOf(line, data).map(([code, fen]) => [code, yuan(-fen)])

function refuseWhenBuiltUpon(state: CoopState, { type, data }: CoopEvent): void {
  if (type === 'RunApproved' || type === 'ScholarshipAwarded' || type === 'ReliefApproved') {
    const origin = type === 'RunApproved' ? data.run : type === 'ScholarshipAwarded' ? data.award : data.request
    const touched = [...state.payments.claims.values()].some(claim => claim.origin === origin && claim.state !== 'open')
    if (touched) refuse('AlreadyPaid', '这笔发放已经进入付款，不能整张冲销；请先登记退票。')
    if (type === 'ReliefApproved' && data.form === 'goods')
      refuse('NotReversible', '实物救助已经发出，不能冲销；请另记收回。')
  }
  if (type === 'RentReceived') {
    for (const [lease, , , prepaid, later] of data.receipts) {
      const held = state.property.leases.get(lease)
      if (held && (held.prepaid < fenOf(prepaid) || held.later < fenOf(later))) {
        refuse('AlreadyEarned', `合同 ${lease} 的预收租金已部分确认收入，请先冲销后面月份的计租。`)
      }
    }
  }
  if (type === 'RentAccrued') {
    for (const [lease, , , , , owed] of data.leases) {
      if ((state.property.leases.get(lease)?.arrears ?? 0) < fenOf(owed))
        refuse('AlreadyCollected', `合同 ${lease} 的这笔欠租已经收到，请先冲销收款。`)
    }
  }
  if (type === 'DepositReceived' && (state.property.leases.get(data.lease)?.deposit ?? 0) < fenOf(data.amount))
    refuse('DepositShort', `合同 ${data.lease} 的押金已经退还，请先冲销退还。`)
  if (type === 'DonationReceived' && (state.funds.gifts.get(data.id)?.returned ?? 0) > 0)
    refuse('AlreadyReturned', `捐款 ${data.id} 已经退还，请先冲销退还。`)
  if (type === 'GoodsDonated') {
    for (const { item, quantity } of data.items) {
      if ((state.funds.stock.get(data.fund)?.get(item)?.quantity ?? 0) < quantity)
        refuse('GoodsShort', `${item} 已经发出，不能冲销入库。`)
    }
  }
}
