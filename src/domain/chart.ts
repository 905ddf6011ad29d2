/** One of the 42 first-level accounts of 农村集体经济组织会计制度 (财会〔2023〕14号). */
export type Account = { code: string; name: string; side: 'debit' | 'credit' | 'either'; kind: AccountClass }
export type AccountClass = 'asset' | 'liability' | 'equity' | 'cost' | 'income' | 'expense'

const TABLE = `
101 库存现金 debit asset|102 银行存款 debit asset|111 短期投资 debit asset|112 应收款 debit asset
113 内部往来 either asset|121 库存物资 debit asset|131 消耗性生物资产 debit asset|132 生产性生物资产 debit asset
133 生产性生物资产累计折旧 credit asset|134 公益性生物资产 debit asset|141 长期投资 debit asset|151 固定资产 debit asset
152 累计折旧 credit asset|153 在建工程 debit asset|154 固定资产清理 either asset|161 无形资产 debit asset
162 累计摊销 credit asset|171 长期待摊费用 debit asset|181 待处理财产损溢 either asset
201 短期借款 credit liability|211 应付款 credit liability|212 应付工资 credit liability|213 应付劳务费 credit liability
214 应交税费 credit liability|221 长期借款及应付款 credit liability|231 一事一议资金 credit liability|241 专项应付款 credit liability
301 资本 credit equity|311 公积公益金 credit equity|321 本年收益 credit equity|322 收益分配 credit equity
401 生产(劳务)成本 debit cost
501 经营收入 credit income|502 投资收益 credit income|503 补助收入 credit income|504 其他收入 credit income
511 经营支出 debit expense|512 税金及附加 debit expense|513 管理费用 debit expense|514 公益支出 debit expense
515 其他支出 debit expense|521 所得税费用 debit expense`

/** The statutory chart, by code; the classification and the codes are fixed (财会〔2024〕12号 art. 20). */
export const CHART: ReadonlyMap<string, Account> = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map(row => row.trim().split(' ') as [string, string, Account['side'], AccountClass])
    .map(([code, name, side, kind]) => [code, { code, name, side, kind }]),
)

/** The first-level code of `code` or `code-sub-account`. */
export const codeOf = (account: string): string => account.slice(0, 3)

/** The sub-account's name, or undefined for a first-level account. */
export const subOf = (account: string): string | undefined => (account.length > 3 ? account.slice(4) : undefined)

/** 银行存款-基本户, for people. */
export function accountName(account: string): string {
  const first = CHART.get(codeOf(account))?.name ?? '未知科目'
  const sub = subOf(account)
  return sub ? `${first}-${sub}` : first
}

/** Sub-accounts every co-op has from its first day; others are opened by an event. */
export const STANDARD_SUB_ACCOUNTS: readonly string[] = [
  '112-租金',
  '112-误付待收回',
  '112-投资收益',
  '112-备用金',
  '112-现金短款',
  '113-租金',
  '113-预收租金',
  '113-押金',
  '113-分红',
  '113-津贴',
  '113-奖学助学',
  '113-救助',
  '113-补助',
  '113-误付待收回',
  '113-备用金',
  '113-现金短款',
  '121-受赠物资',
  '211-预收租金',
  '211-押金',
  '211-分红',
  '211-津贴',
  '211-奖学助学',
  '211-救助',
  '211-补助',
  '214-增值税',
  '214-房产税',
  '214-城镇土地使用税',
  '214-城建税及附加',
  '214-印花税',
  '214-代扣个人所得税',
  '214-企业所得税',
  '221-预收租金',
  '311-提取',
  '311-受赠(未限定)',
  '311-政府补助形成',
  '311-资产重估',
  '322-各项分配-提取公积公益金',
  '322-各项分配-成员分配',
  '322-各项分配-投资者分配',
  '322-各项分配-福利',
  '322-各项分配-其他',
  '322-未分配收益',
  '501-物业租赁',
  '501-摊位',
  '501-场地',
  '501-停车',
  '501-服务',
  '501-销售',
  '511-折旧',
  '511-维修',
  '511-水电',
  '511-其他',
  '513-干部报酬',
  '513-人员工资',
  '513-办公',
  '513-运转',
  '513-折旧',
  '513-维修',
  '514-老年人津贴',
  '514-节日慰问',
  '514-奖学助学',
  '514-困难救助',
  '514-入园补贴',
  '514-保险',
  '514-文体',
  '514-养老服务',
  '514-公益设施折旧维护',
  '514-以捐赠款支出',
]
