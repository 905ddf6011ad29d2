import { z } from 'zod'
import { isDay } from './calendar.ts'
import { readYuan, yuan } from './money.ts'
import { readShares, sharesOf, sharesText } from './shares.ts'

/** A positive amount in yuan as people write it, at most two places and 99,999,999,999.99; kept as "1234.50". */
export const amount = z
  .string()
  .regex(
    /^(0|[1-9]\d{0,10})(\.\d{1,2})?$/,
    '金额要写成 1234.56 的样子：半角数字，最多两位小数，不带逗号，不超过 99,999,999,999.99',
  )
  .refine(text => (readYuan(text) ?? 0) > 0, '金额必须大于零')
  .overwrite(text => yuan(readYuan(text) ?? 0))

/** As `amount`, but zero is allowed. */
export const amountOrZero = z
  .string()
  .regex(/^(0|[1-9]\d{0,10})(\.\d{1,2})?$/, '金额要写成 1234.56 的样子：半角数字，最多两位小数，不带逗号')
  .overwrite(text => yuan(readYuan(text) ?? 0))

/** As `amount`, or the same with a minus for a line of a red voucher (红字). */
export const amountOrRed = z
  .string()
  .regex(
    /^-?(0|[1-9]\d{0,10})(\.\d{1,2})?$/,
    '金额要写成 1234.56 的样子：半角数字，最多两位小数，不带逗号，不超过 99,999,999,999.99；红字前加负号',
  )
  .refine(text => (readYuan(text) ?? 0) !== 0, '金额不能是零')
  .overwrite(text => yuan(readYuan(text) ?? 0))

/** A balance: an amount of either sign, or zero. */
export const signedAmount = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,10})(\.\d{1,2})?$/, '金额要写成 1234.56 的样子：半角数字，最多两位小数，不带逗号')
  .overwrite(text => yuan(readYuan(text) ?? 0))

/** An amount inside an event: canonical, and negative on a red voucher. */
export const booked = z.string().regex(/^-?(0|[1-9]\d{0,10})\.\d\d$/)

/** A business day `YYYY-MM-DD`. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, '日期要写成 2025-03-15')
  .refine(isDay, '没有这一天，请核对日期')

/** A month `YYYY-MM`, a quarter `YYYYQn`, a year. */
export const month = z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/, '月份要写成 2025-03')
export const quarter = z.string().regex(/^(19|20)\d\dQ[1-4]$/, '季度要写成 2025Q1')
export const year = z.int().min(1950).max(2099)

/** A count of people, votes or days. */
export const count = z.int().min(0).max(10_000_000)

/** The opaque 成员码 of one person in this ledger. */
export const personCode = z.string().regex(/^M\d{5,}$/, '成员码要写成 M00012')

/** A name the co-op gives to a thing of its own (lease, asset, fund, run): letters, digits, Chinese, dash. */
export const key = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.·-]{0,59}$/u, '编号只能用字母、数字、汉字和短横，不超过 60 字')

/** A line of text for people: no control characters, trimmed, at most 200 characters. */
export const text = z
  .string()
  .overwrite(value => value.trim())
  .min(1, '不能为空')
  .max(200, '不能超过 200 字')
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]*$/u, '不能含有控制字符')

/** A line the program puts together of others, cut where `text` ends and never inside a character such as 𠅤. */
export function clipped(value: string): string {
  return value.length <= 200 ? value : value.slice(0, 200).replace(/[\uD800-\uDBFF]$/, '')
}

/** An account: `code` or `code-sub-account name`. */
export const account = z
  .string()
  .regex(/^\d{3}(-[^\s:;|][^:;|]{0,79})?$/u, '科目要写成 102 或 102-基本户')
  .refine(value => !/ {2}/.test(value), '科目名称里不能有连续空格')

/** A number of shares, at most six places; kept without trailing zeros. */
export const shares = z
  .string()
  .refine(value => (readShares(value) ?? 0) > 0, '股份数要写成 12.5 的样子：大于零，最多六位小数')
  .overwrite(value => (readShares(value) === undefined ? value : sharesText(sharesOf(value))))

/** A rate between 0 and 1, such as 0.05. */
export const rate = z.string().regex(/^(0(\.\d{1,6})?|1(\.0+)?)$/, '比率要写成 0.05 的样子')

/** Whom money comes from or goes to: a person by code, an organisation by its full name, or an unnamed giver. */
export const party = z.union([
  z.strictObject({ person: personCode }),
  z.strictObject({ organisation: text }),
  z.strictObject({ anonymous: z.literal(true) }),
])
export type Party = z.infer<typeof party>

/** `[code, amount]` and `[code, shares, amount]`: the first is the person, the last the amount. */
export const personAmount = z.tuple([personCode, booked])
export const holderAmount = z.tuple([personCode, z.string(), booked])

/** Ciphertext made by the vault before the decision; the domain never sees what is inside. */
export const sealed = z.string().min(1).max(4000)

/** How a party is named in books and lists: a code or an organisation, never a person's name. */
export function partyName(value: Party): string {
  if ('person' in value) return value.person
  return 'organisation' in value ? value.organisation : '不具名'
}
