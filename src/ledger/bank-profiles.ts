import { z } from 'zod'

const titles = z.array(z.string().trim().min(1, '列名不能为空')).min(1, '至少写一个列名')
const words = z.array(z.string().trim().min(1))

/** How a bank heads the columns of its statements; where several titles are given, the first that is there counts. */
const profile = z
  .strictObject({
    name: z.string().trim().min(1, '要有名称'),
    columns: z.strictObject({
      date: titles,
      in: titles.optional(),
      out: titles.optional(),
      amount: titles.optional(),
      side: titles.optional(),
      balance: titles.optional(),
      reference: titles.optional(),
      summary: titles.optional(),
      counterparty: titles.optional(),
    }),
    /** What the side column says of money in and of money out. */
    sides: z.strictObject({ in: words, out: words }).optional(),
  })
  .refine(({ columns }) => (columns.in && columns.out) || columns.amount, '要写 in 和 out 两列，或者 amount 一列')
export type BankProfile = z.infer<typeof profile>
export type BankColumn = keyof BankProfile['columns']

const DATE = ['记账日期', '入账日期', '交易日期', '交易时间', '日期', '交易日', '记账日', '发生日期', '时间']
const BALANCE = ['余额', '账户余额', '本次余额', '当前余额', '交易后余额', '可用余额']
const REFERENCE = [
  ...[
    '交易流水号',
    '流水号',
    '账户明细编号-交易流水号',
    '核心流水号',
    '主机流水号',
    '交易流水',
    '银行流水号',
    '日志号',
  ],
  ...['交易序号', '明细序号', '凭证号', '凭证号码', '业务编号', '交易号'],
]
const SUMMARY = ['摘要', '交易摘要', '用途', '交易用途', '附言', '备注', '摘要说明', '交易说明', '业务摘要']
const COUNTERPARTY = [
  ...['对方户名', '对方单位名称', '对方名称', '对方账户名称', '对方账户名', '对手户名', '交易对手名称', '交易对方'],
  ...['对方单位', '收/付方名称', '收付款人名称', '对方姓名'],
]
const TOLD = { balance: BALANCE, reference: REFERENCE, summary: SUMMARY, counterparty: COUNTERPARTY }
const AMOUNT = ['交易金额', '发生额', '金额', '交易额', '发生金额', '收支金额']

/**
 * The headings that 农商银行 and 农信社, 农业, 工商, 建设 and 邮储 use between them, told apart by form. A bank's statement is
 * written from the bank's side: 贷 is what the account holder got, 借 what he paid.
 */
export const BUILT_IN: readonly BankProfile[] = [
  {
    name: '收支分列',
    columns: {
      date: DATE,
      in: [
        '收入金额',
        '收入',
        '存入金额',
        '存入',
        '转入金额',
        '贷方发生额',
        '贷方金额',
        '贷方发生金额',
        '贷方',
        '收方金额',
      ],
      out: [
        '支出金额',
        '支出',
        '支取金额',
        '支取',
        '转出金额',
        '借方发生额',
        '借方金额',
        '借方发生金额',
        '借方',
        '付方金额',
      ],
      ...TOLD,
    },
  },
  {
    name: '收支标志',
    columns: {
      date: DATE,
      amount: AMOUNT,
      side: [
        ...[
          '借贷标志',
          '借贷标识',
          '借贷方向',
          '借贷',
          '借/贷',
          '借贷标记',
          '收支方向',
          '收支标志',
          '收/支',
          '收支',
          '收付标志',
        ],
        ...['交易方向', '资金方向', '往来标志', '方向'],
      ],
      ...TOLD,
    },
  },
  { name: '正负金额', columns: { date: DATE, amount: AMOUNT, ...TOLD } },
]

const SIDES = {
  in: ['贷', '贷方', '收', '收入', '转入', '存入', '来账', '进', 'C', 'CR', '+'],
  out: ['借', '借方', '支', '付', '支出', '转出', '支取', '付出', '往账', '出', 'D', 'DR', '-'],
}

/** Own profiles, written as a JSON list; throws an Error that names the place of what is wrong. */
export function readProfiles(text: string): BankProfile[] {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Error(`bank-profiles.json 不是合法的 JSON：${(error as Error).message}`)
  }
  const read = z.array(profile).safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Error(`bank-profiles.json 有误（${issue?.path.join('.') || '整个文件'}）：${issue?.message ?? ''}`)
}

/** Where a profile's columns stand in a row of headings; undefined when the row is not headed that way. */
export function columnsOf(
  { columns }: BankProfile,
  headings: readonly string[],
): Partial<Record<BankColumn, number>> | undefined {
  const known = headings.map(plainTitle)
  const places: Partial<Record<BankColumn, number>> = {}
  for (const [name, wanted] of Object.entries(columns) as [BankColumn, string[]][]) {
    const at = wanted.map(title => known.indexOf(plainTitle(title))).find(place => place >= 0)
    if (at !== undefined) places[name] = at
  }
  const asked = (['date', 'in', 'out', 'amount', 'side'] as const).filter(name => columns[name])
  return asked.every(name => places[name] !== undefined) ? places : undefined
}

/** Whether the side column's word says in (1) or out (-1); undefined for a word it does not know. */
export function sideOf({ sides = SIDES }: BankProfile, word: string): 1 | -1 | undefined {
  const isOne = (known: readonly string[]): boolean => known.some(each => plainWord(each) === plainWord(word))
  if (isOne(sides.in)) return 1
  return isOne(sides.out) ? -1 : undefined
}

const plainWord = (word: string): string => word.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()

// 借方发生额/元（支取）, 余额(元), ＊交易日期: the unit, the remark and the ornaments are no part of the title.
function plainTitle(title: string): string {
  return title
    .normalize('NFKC')
    .replaceAll(/[\s*'"﻿:]/g, '')
    .replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, '')
    .replace(/\/?(?:人民币)?元$/, '')
}
