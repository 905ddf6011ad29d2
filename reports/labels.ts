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

/** What a statement says of the organisations that keep their own ledgers of the person; 'unasked' if it is not known which. */
export const otherPayersText = (payers: readonly unknown[] | 'unasked'): string =>
  payers === 'unasked'
    ? '开具本单时没有能够查询您还在哪些组织登记；若有，请看各组织自己的对账单。'
    : '您还在下列组织登记。它们各自记账、各自发放，不计入上面的合计；发给您的款项请看各组织自己的对账单。'
