import type { CoopEvent } from '../events.ts'
import { refuse } from '../refusal.ts'
import type { CoopState } from '../state.ts'
import { voucherLabel } from '../voucher.ts'
import { receipted } from './state.ts'

/** Refuses to take back a voucher on which counts, petty cash, receipts or paid wages already rest. */
export function refuseWhenCashBuiltUpon({ cash, taxes }: CoopState, { type, data }: CoopEvent, number: string): void {
  if (receipted(cash, number) > 0)
    refuse('ReceiptIssued', `${voucherLabel(number)}的收款已经开了收据，请先作废收据（VoidReceipt）再冲销。`)
  if (type === 'CashDifferenceBooked' && cash.counts.get(data.count)?.settled)
    refuse('AlreadySettled', `盘点 ${data.count} 的长短款已经处理，请先冲销处理的凭证。`)
  if (type === 'PayAccrued' && (taxes.pay.get(data.month)?.paid ?? 0) > 0)
    refuse('AlreadyPaid', `${data.month} 的工资报酬已经发放，请先冲销发放的凭证。`)
  if (type === 'PettyCashAdvanced') {
    const advance = cash.advances.find(each => each.number === number)
    if (advance && advance.parts.length > 0)
      refuse('AlreadyAccounted', `${data.person} 的这笔备用金已经报销过，请先冲销报销的凭证。`)
  }
}
