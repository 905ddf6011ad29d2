/** ¥`amount` of office costs from the bank. */
export const costs = (amount: string, date = '2025-12-05') => ({
  date,
  summary: '付办公费',
  lines: [
    { account: '513-办公', debit: amount },
    { account: '102-基本户', credit: amount },
  ],
})
