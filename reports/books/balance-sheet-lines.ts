/** One line of the 资产负债表: how its figure comes from the accounts, or which lines it adds up. */
export type SheetLine = {
  readonly code: string
  readonly name: string
  /** Accounts, taken with their sign on this line's side: an asset's debit, a liability's or equity's credit. */
  readonly accounts?: readonly string[]
  /** The accounts' sign is turned: 累计折旧 is printed positive under 减. */
  readonly less?: boolean
  /** Of 112, 113 and 211 by the sign of each party: what is owed to the co-op, or by it. */
  readonly parties?: 'receivable' | 'payable'
  /** Codes of the lines it sums; those with `less` are taken off. */
  readonly sums?: readonly string[]
}

const line = (code: string, name: string, ...accounts: string[]): SheetLine => ({ code, name, accounts })
const less = (code: string, name: string, ...accounts: string[]): SheetLine => ({ code, name, accounts, less: true })
const sum = (code: string, name: string, ...sums: string[]): SheetLine => ({ code, name, sums })

const CURRENT = [
  'monetary-funds',
  'short-term-investments',
  'receivables',
  'inventories',
  'consumable-biological-assets',
]
const FIXED = [
  ...['long-term-investments', 'productive-biological-assets', 'fixed-assets', 'construction-in-progress'],
  ...['fixed-assets-disposal', 'intangible-assets', 'public-welfare-biological-assets', 'long-term-prepayments'],
  'pending-property-losses',
]
const DUE = ['short-term-loans', 'payables', 'wages-payable', 'labour-payable', 'taxes-payable']
const LATER = ['long-term-loans-and-payables', 'one-case-one-meeting-funds', 'special-payables']

/** The left side, from 货币资金 to 资产总计. */
export const ASSET_LINES: readonly SheetLine[] = [
  line('monetary-funds', '货币资金', '101', '102'),
  line('short-term-investments', '短期投资', '111'),
  { code: 'receivables', name: '应收款项', parties: 'receivable' },
  line('inventories', '存货', '121', '401'),
  line('consumable-biological-assets', '消耗性生物资产', '131'),
  sum('current-assets', '流动资产合计', ...CURRENT),
  line('long-term-investments', '长期投资', '141'),
  line('productive-biological-assets-cost', '生产性生物资产原值', '132'),
  less('productive-biological-assets-depreciation', '减：生产性生物资产累计折旧', '133'),
  sum(
    'productive-biological-assets',
    '生产性生物资产净值',
    ...['productive-biological-assets-cost', 'productive-biological-assets-depreciation'],
  ),
  line('fixed-assets-cost', '固定资产原值', '151'),
  less('fixed-assets-depreciation', '减：累计折旧', '152'),
  sum('fixed-assets', '固定资产净值', 'fixed-assets-cost', 'fixed-assets-depreciation'),
  line('construction-in-progress', '在建工程', '153'),
  line('fixed-assets-disposal', '固定资产清理', '154'),
  line('intangible-assets-cost', '无形资产原值', '161'),
  less('intangible-assets-amortisation', '减：累计摊销', '162'),
  sum('intangible-assets', '无形资产净值', 'intangible-assets-cost', 'intangible-assets-amortisation'),
  line('public-welfare-biological-assets', '公益性生物资产', '134'),
  line('long-term-prepayments', '长期待摊费用', '171'),
  line('pending-property-losses', '待处理财产损溢', '181'),
  sum('non-current-assets', '非流动资产合计', ...FIXED),
  sum('assets', '资产总计', 'current-assets', 'non-current-assets'),
]

/** The right side, from 短期借款 to 负债和所有者权益总计. In mid-year the open 5xx are part of 未分配收益. */
export const CLAIM_LINES: readonly SheetLine[] = [
  line('short-term-loans', '短期借款', '201'),
  { code: 'payables', name: '应付款项', parties: 'payable' },
  line('wages-payable', '应付工资', '212'),
  line('labour-payable', '应付劳务费', '213'),
  line('taxes-payable', '应交税费', '214'),
  sum('current-liabilities', '流动负债合计', ...DUE),
  line('long-term-loans-and-payables', '长期借款及应付款', '221'),
  line('one-case-one-meeting-funds', '一事一议资金', '231'),
  line('special-payables', '专项应付款', '241'),
  sum('non-current-liabilities', '非流动负债合计', ...LATER),
  sum('liabilities', '负债合计', 'current-liabilities', 'non-current-liabilities'),
  line('capital', '资本', '301'),
  line('reserves', '公积公益金', '311'),
  line(
    'undistributed-surplus',
    '未分配收益',
    ...['321', '322', '501', '502', '503', '504', '511', '512', '513', '514', '515', '521'],
  ),
  sum('equity', '所有者权益合计', 'capital', 'reserves', 'undistributed-surplus'),
  sum('liabilities-and-equity', '负债和所有者权益总计', 'liabilities', 'equity'),
]
