import { ASSETS } from './entries/assets.ts'
import { CASH } from './entries/cash.ts'
import { CORRECTIONS } from './entries/corrections.ts'
import type { Fact } from './entries/fact.ts'
import { GIFTS } from './entries/gifts.ts'
import { GRANTS } from './entries/grants.ts'
import { INCOME } from './entries/income.ts'
import { RENT } from './entries/rent.ts'
import { TAX } from './entries/tax.ts'
import { YEAR } from './entries/year.ts'

/** What an accountant books for each business fact (农村集体经济组织会计制度, 财会〔2023〕14号), one part a kind of business. */
export const ENTRIES: Readonly<Record<string, readonly Fact[]>> = {
  '租金、押金、税、折旧': RENT,
  '投资、补助、收支、工资': INCOME,
  捐赠与代管: GIFTS,
  '津贴、奖学、救助': GRANTS,
  '提取、分红、付款、年结': YEAR,
  更正: CORRECTIONS,
  '现金、备用金': CASH,
  '税率、缴税、发薪': TAX,
  '资产卡片、处置、专项完工': ASSETS,
}
