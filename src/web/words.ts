import { chineseDay, shanghaiDay } from '../domain/calendar.ts'

/** What things are called to people; a key nobody named is shown as it is. */
const KINDS: Record<string, string> = {
  dividend: '股份分红',
  allowance: '津贴',
  scholarship: '奖学金',
  relief: '困难救助',
  subsidy: '补贴',
  insurance: '保险',
  gift: '慰问',
}
const STATUSES: Record<string, string> = {
  paid: '已付',
  partly: '部分已付',
  unpaid: '未付',
  batched: '付款中',
  returned: '银行退回，待补付',
  misdirected: '误付他人，待补付',
  'written-back': '已核销',
  withdrawn: '已撤回',
  reversed: '已冲销',
}
const FUND_KINDS: Record<string, string> = { restricted: '限定用途捐赠', held: '代管资金', grant: '财政专项' }
const PROMISES: Record<string, string> = { open: '待履行', kept: '已履行', missed: '未履行' }

export const kindName = (kind: string): string => KINDS[kind] ?? kind
export const statusName = (status: string): string => STATUSES[status] ?? status
export const fundKindName = (kind: string): string => FUND_KINDS[kind] ?? kind
export const promiseName = (state: string): string => PROMISES[state] ?? state

/** 2025年3月, 2025年第三季度, 2025年度 of `2025-03`, `2025Q3`, `2025`. */
export function periodName(period: string): string {
  const year = `${period.slice(0, 4)}年`
  if (period.length === 4) return `${year}度`
  if (period[4] === 'Q') return `${year}第${'一二三四'[Number(period[5]) - 1]}季度`
  return `${year}${Number(period.slice(5, 7))}月`
}

/** 3月 记-15 of `2025-03-记-15`. */
export const voucherName = (number: string): string => `${Number(number.slice(5, 7))}月 ${number.slice(8)}`

/** 《农村集体经济组织法》第28条 of `农村集体经济组织法 art. 28`. */
export function articleName(article: string): string {
  const [, law = article, no] = /^(.+) art\. (.+)$/.exec(article) ?? []
  const name = law.startsWith('财会') ? law : `《${law}》`
  return no === undefined ? name : `${name}第${no}条`
}

/** A link's path from its parts, each escaped. */
export const path = (...parts: readonly string[]): string => `/${parts.map(encodeURIComponent).join('/')}`

/** 2025年3月20日 10:05, in Shanghai, of a UTC instant. */
export function shanghaiTime(instant: string): string {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()
  return `${chineseDay(shanghaiDay(instant))} ${local.slice(11, 16)}`
}
