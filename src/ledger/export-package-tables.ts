/** A column of a table of the data package: its type by the Table Schema specification, and whether it may be empty. */
export type Field = {
  name: string
  type: 'string' | 'integer' | 'number' | 'date' | 'datetime' | 'boolean'
  title: string
  optional?: true
}
export type Reference = { fields: string; to: string; field: string }
export type Table = {
  name: string
  title: string
  fields: readonly Field[]
  key: readonly string[]
  references: readonly Reference[]
}

const account: Field = { name: 'account', type: 'string', title: '科目' }
const person: Field = { name: 'person', type: 'string', title: '成员码' }
const fund: Field = { name: 'fund', type: 'string', title: '资金（空为一般资金）', optional: true }
const toAccounts: Reference = { fields: 'account', to: 'accounts', field: 'account' }
const toFunds: Reference = { fields: 'fund', to: 'funds', field: 'fund' }
const toPersons: Reference = { fields: 'person', to: 'persons', field: 'person' }

/** The tables of a co-op's data package, in the order of their files. */
export const PACKAGE_TABLES = [
  {
    name: 'accounts',
    title: '科目表（财会〔2023〕14号 42 个一级科目和在用的明细科目）',
    fields: [
      account,
      { name: 'name', type: 'string', title: '名称' },
      { name: 'kind', type: 'string', title: '类别' },
      { name: 'side', type: 'string', title: '余额方向' },
      { name: 'parent', type: 'string', title: '一级科目', optional: true },
    ],
    key: ['account'],
    references: [{ fields: 'parent', to: 'accounts', field: 'account' }],
  },
  {
    name: 'funds',
    title: '专项资金',
    fields: [
      { name: 'fund', type: 'string', title: '资金' },
      { name: 'kind', type: 'string', title: '种类（限定、代管、专项）' },
      { name: 'purpose', type: 'string', title: '用途' },
      { ...account, title: '存放的科目' },
      { name: 'opened_on', type: 'date', title: '设立日期' },
    ],
    key: ['fund'],
    references: [toAccounts],
  },
  {
    name: 'vouchers',
    title: '记账凭证',
    fields: [
      { name: 'voucher', type: 'string', title: '凭证号' },
      { name: 'date', type: 'date', title: '日期' },
      { name: 'summary', type: 'string', title: '摘要' },
      { name: 'attachments', type: 'integer', title: '附件张数' },
      { name: 'event', type: 'string', title: '业务' },
      { name: 'reverses', type: 'string', title: '红字冲销的原凭证', optional: true },
      { name: 'reference', type: 'string', title: '原号', optional: true },
      { name: 'recorded_at', type: 'datetime', title: '记入时刻（UTC）' },
      { name: 'hash', type: 'string', title: '事件的哈希' },
    ],
    key: ['voucher'],
    references: [{ fields: 'reverses', to: 'vouchers', field: 'voucher' }],
  },
  {
    name: 'lines',
    title: '分录（借贷各一列，红字为负）',
    fields: [
      { name: 'voucher', type: 'string', title: '凭证号' },
      { name: 'line', type: 'integer', title: '行' },
      account,
      { name: 'debit', type: 'number', title: '借方（元）', optional: true },
      { name: 'credit', type: 'number', title: '贷方（元）', optional: true },
      fund,
      { name: 'counterparty', type: 'string', title: '往来（单位或成员码）', optional: true },
    ],
    key: ['voucher', 'line'],
    references: [{ fields: 'voucher', to: 'vouchers', field: 'voucher' }, toAccounts, toFunds],
  },
  {
    name: 'persons',
    title: '成员和其他登记的人（只有成员码）',
    fields: [
      person,
      { name: 'member_from', type: 'date', title: '成员自', optional: true },
      { name: 'member_until', type: 'date', title: '成员至', optional: true },
      { name: 'household', type: 'string', title: '户号', optional: true },
    ],
    key: ['person'],
    references: [],
  },
  {
    name: 'shares',
    title: '现有股份',
    fields: [person, { name: 'shares', type: 'number', title: '份额' }],
    key: ['person'],
    references: [toPersons],
  },
  {
    name: 'payables',
    title: '应付个人的款项（分红、津贴、奖学、救助）及其状态',
    fields: [
      { name: 'origin', type: 'string', title: '名册、评定、申请或分红的编号' },
      person,
      account,
      fund,
      { name: 'amount', type: 'number', title: '金额（元）' },
      { name: 'state', type: 'string', title: '状态' },
    ],
    key: ['origin', 'person'],
    references: [toPersons, toAccounts, toFunds],
  },
] as const satisfies readonly Table[]

export type TableName = (typeof PACKAGE_TABLES)[number]['name']
