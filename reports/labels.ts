import { chineseNumber } from './kit/figures.ts'

/** `2025-3` → 〔2025〕3号; a number of another shape stays as it is. */
export function resolutionLabel(no: string): string {
  const [, year, count] = /^(\d{4})-(\d+)$/.exec(no) ?? []
  return year === undefined ? no : `〔${year}〕${count}号`
}

/** `2025-03-记-12` → `2025-03 记-12`, as it stands in a column. */
export const voucherShort = (number: string): string => number.replace('-记-', ' 记-')

/** 农村集体经济组织法 art. 28 → 《农村集体经济组织法》第二十八条; what is written otherwise stays as it is. */
export function articleLabel(article: string): string {
  const [, law, number] = /^(\S+) art\. (\d{1,2})$/.exec(article) ?? []
  return law === undefined ? article : `《${law}》第${chineseNumber(Number(number))}条`
}
