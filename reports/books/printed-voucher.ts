import type { VoucherView } from '../../projections/vouchers.ts'

/** A voucher as it is printed: who made and reviewed it by name, and the hash of its event. */
export type PrintedVoucher = VoucherView & {
  readonly preparedBy: string
  readonly review: string
  readonly eventHash: string
}
