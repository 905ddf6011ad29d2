/** `2025-3` → 〔2025〕3号; a number of another shape stays as it is. */
export function resolutionLabel(no: string): string {
  const [, year, count] = /^(\d{4})-(\d+)$/.exec(no) ?? []
  return year === undefined ? no : `〔${year}〕${count}号`
}

/** `2025-03-记-12` → `2025-03 记-12`, as it stands in a column. */
export const voucherShort = (number: string): string => number.replace('-记-', ' 记-')
