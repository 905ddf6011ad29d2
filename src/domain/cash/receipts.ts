import { chineseDay, yearOf } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { notInFuture } from '../desk.ts'
import { type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { find } from '../register/decide.ts'
import { signed, type Voucher, voucherLabel } from '../voucher.ts'
import type { cashCommands } from './commands.ts'
import { receipted } from './state.ts'

type Receipts = Pick<Decisions<typeof cashCommands>, 'IssueReceipt' | 'VoidReceipt'>

/** Decisions about receipts: numbered without gaps by year, kept when void. */
export const decideReceipts: Receipts = {
  IssueReceipt(desk, { of, from, amount, item, on }) {
    const { books, cash } = desk.state
    notInFuture(desk, on, '开收据日期')
    const booked = books.vouchers.get(of)
    if (!booked) refuse('VoucherUnknown', `没有 ${of} 这张凭证。`)
    if (booked.reversedBy)
      refuse('AlreadyReversed', `${voucherLabel(of)}已由 ${voucherLabel(booked.reversedBy)}冲销，不能开收据。`)
    if (on < booked.voucher.date)
      refuse('DateBeforeOriginal', `收据日期不能早于收款日期${chineseDay(booked.voucher.date)}。`)
    if ('person' in from) find(desk, from.person)
    const brought = booked.event.type === 'OpeningBalancesRecorded' ? 0 : broughtIn(booked.voucher)
    const left = brought - receipted(cash, of)
    if (fenOf(amount) > left)
      refuse(
        'ReceiptAboveTakings',
        `${voucherLabel(of)}收到的款项还可以开 ${grouped(yuan(Math.max(0, left)))} 元收据，不能开 ${grouped(amount)} 元。`,
      )
    const no = `${yearOf(on)}-收-${(cash.issued.get(yearOf(on)) ?? 0) + 1}`
    desk.emit('ReceiptIssued', { no, of, from, amount, item, on })
  },

  VoidReceipt(desk, { no, reason, on }) {
    const receipt = desk.state.cash.receipts.get(no)
    notInFuture(desk, on, '作废日期')
    if (!receipt) refuse('ReceiptUnknown', `没有 ${no} 这张收据，请核对号码。`)
    if (receipt.voided) refuse('ReceiptVoided', `收据 ${no} 已经作废，不用再作废。`)
    desk.emit('ReceiptVoided', { no, reason, on })
  },
}

/** Fen of cash and bank money that a voucher brought in. */
const broughtIn = ({ lines }: Voucher): Fen =>
  total(
    lines.filter(({ account }) => /^10[12]/.test(account)),
    signed,
  )
