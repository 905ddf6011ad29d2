import { balance } from '../books/state.ts'
import type { Desk } from '../desk.ts'
import type { EventData } from '../events.ts'
import { checkPurpose, spend } from '../funds/decide.ts'
import type { Purpose } from '../funds/events.ts'
import { checkBudget } from '../governance/budget.ts'
import { type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { isMember } from '../register/state.ts'
import type { DraftLine } from '../voucher.ts'
import type { ProgrammeKind } from './events.ts'

type Programme = EventData<'ProgrammeAdopted'>
type Lines = { members: [string, string][]; outsiders: [string, string][]; total: Fen }

const EXPENSE: Record<ProgrammeKind, string> = {
  allowance: '514-老年人津贴',
  scholarship: '514-奖学助学',
  relief: '514-困难救助',
  subsidy: '514-入园补贴',
  insurance: '514-保险',
  gift: '514-节日慰问',
}
const OWED: Record<ProgrammeKind, string> = {
  allowance: '津贴',
  scholarship: '奖学助学',
  relief: '救助',
  subsidy: '补助',
  insurance: '补助',
  gift: '补助',
}
const PURPOSE: Record<ProgrammeKind, Purpose> = {
  allowance: 'allowance',
  scholarship: 'scholarship',
  relief: 'relief',
  subsidy: 'allowance',
  insurance: 'insurance',
  gift: 'festival',
}

/** Splits amounts (fen) into members, owed through 113, and everybody else, owed through 211. */
export function split(desk: Desk, amounts: readonly (readonly [string, Fen])[], on: string): Lines {
  const lines: Lines = { members: [], outsiders: [], total: total(amounts, ([, fen]) => fen) }
  for (const [person, fen] of amounts) {
    const belongs = isMember(desk.state.register.persons.get(person), on)
    lines[belongs ? 'members' : 'outsiders'].push([person, yuan(fen)])
  }
  return lines
}

/** The entry of granting money: the programme's treatment decides the debit, the payees the credit. */
export function grantLines(desk: Desk, programme: Programme, lines: Lines): DraftLine[] {
  const { fund } = programme
  const owed = OWED[programme.kind]
  const credits: DraftLine[] = []
  for (const [code, list] of [
    ['113', 'members'],
    ['211', 'outsiders'],
  ] as const) {
    const sum = total(lines[list], ([, amount]) => fenOf(amount))
    if (sum > 0) credits.push({ account: `${code}-${owed}`, credit: sum, fund, breakdown: list })
  }
  return [...debits(desk, programme, lines.total), ...credits]
}

/** The debit side of a grant, in money or goods; refuses what treatment, purpose or resolution do not allow. */
export function debits(desk: Desk, programme: Programme, fen: Fen): DraftLine[] {
  if (programme.resolution) checkBudget(desk, programme.resolution, fen)
  switch (programme.treatment) {
    case 'welfare':
      return [{ account: programme.expense ?? EXPENSE[programme.kind], debit: fen }]
    case 'distribution': {
      const left = -balance(desk.state.books, '322', '')
      if (fen > left)
        refuse(
          'AboveDistributable',
          `可分配收益只有 ${grouped(yuan(Math.max(0, left)))} 元。`,
          '农村集体经济组织法 art. 42',
        )
      return [{ account: '322-各项分配-福利', debit: fen }]
    }
    case 'reserve': {
      const left = -balance(desk.state.books, '311-提取', '')
      if (fen > left)
        refuse(
          'ReserveShort',
          `提取的公积公益金只有 ${grouped(yuan(Math.max(0, left)))} 元。`,
          '农村集体经济组织法 art. 42',
        )
      return [{ account: '311-提取', debit: fen }]
    }
    case 'fund':
      checkPurpose(desk, programme.fund ?? '', PURPOSE[programme.kind])
      return spend(desk, programme.fund ?? '', fen)
  }
}
