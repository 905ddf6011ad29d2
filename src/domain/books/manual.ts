import type { Desk } from '../desk.ts'
import { type Fen, fenOf } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { DraftLine } from '../voucher.ts'
import { fundAccount } from './state.ts'

/** A line as the accountant wrote it, amounts in yuan. */
export type Manual = {
  account: string
  debit?: string | undefined
  credit?: string | undefined
  fund?: string | undefined
  counterparty?: string | undefined
  project?: string | undefined
  lease?: string | undefined
}

const OWED = /^(113|211)-(分红|津贴|奖学助学|救助|补助)/
const NEVER_SURPLUS = /^(311-受赠|311-政府补助形成|311-资产重估|241|231|211-代管款)/
const SURPLUS = /^(50[1-4]|322)/

/** Refuses a plain voucher that would walk around the rules of distributions, closings, gifts and other people's money. */
export function leaveToBusinessCommands(desk: Desk, lines: readonly Manual[]): void {
  if (lines.some(({ account }) => account.startsWith('322-各项分配') || account.startsWith('321'))) {
    refuse('UseBusinessCommand', '收益分配和结转要用“计提公积公益金”“宣告分红”“年终结账”等命令办理，不能直接录凭证。')
  }
  if (touches(lines, 'debit', /^322/) && touches(lines, 'credit', OWED)) {
    refuse(
      'UseBusinessCommand',
      '分给个人的收益要用“宣告分红”或“批准发放”办理，不能直接录凭证。',
      '农村集体经济组织法 art. 42',
    )
  }
  if (touches(lines, 'debit', NEVER_SURPLUS) && touches(lines, 'credit', SURPLUS)) {
    refuse(
      'UseBusinessCommand',
      '受赠、专项补助和代管款不能转成收入或可分配收益，请用资金的命令办理。',
      '慈善法 art. 54',
    )
  }
  if (lines.some(({ account }) => /^11[23]-备用金$/.test(account)))
    refuse('UseBusinessCommand', '备用金要用“支付备用金”“备用金报销、交回”办理，不能直接录凭证。')
  for (const { fund, kind } of desk.state.funds.funds.values()) checkFundMoney(lines, fund, fundAccount(kind, fund))
}

// A fund's money leaves it only by commands that compare the purpose.
function checkFundMoney(lines: readonly Manual[], fund: string, account: string): void {
  let money: Fen = 0
  for (const line of lines) {
    if (line.fund !== fund) continue
    if (line.account === account && line.debit !== undefined) useFundCommand(fund)
    if (/^10[12]/.test(line.account)) money += fenOf(line.debit ?? '0.00') - fenOf(line.credit ?? '0.00')
  }
  if (money < 0) useFundCommand(fund)
}

function useFundCommand(fund: string): never {
  return refuse(
    'UseBusinessCommand',
    `动用专项资金“${fund}”要用“支付费用”“批准救助”等命令办理，以便核对用途。`,
    '慈善法 art. 54',
  )
}

/** Refuses a voucher red in some lines only (会计基础工作规范 art. 51(5)): a lone minus is a slip of the pen. */
export function oneColour(reference: string, lines: readonly Manual[]): void {
  const red = lines.filter(({ debit, credit }) => (debit ?? credit ?? '').startsWith('-')).length
  if (red > 0 && red < lines.length) {
    refuse(
      'AmountNotPositive',
      `凭证 ${reference} 有正有负：红字凭证每一行都要是负数，请核对。`,
      '会计基础工作规范 art. 51(5)',
    )
  }
}

/** The lines as a draft, amounts in fen. */
export function drafted(lines: readonly Manual[]): DraftLine[] {
  return lines.map(({ debit, credit, ...line }) => ({
    ...line,
    ...(debit === undefined ? {} : { debit: fenOf(debit) }),
    ...(credit === undefined ? {} : { credit: fenOf(credit) }),
  }))
}

const touches = (lines: readonly Manual[], side: 'debit' | 'credit', accounts: RegExp): boolean =>
  lines.some(line => line[side] !== undefined && accounts.test(line.account))
