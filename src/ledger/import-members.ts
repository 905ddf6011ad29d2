import { commands } from '../domain/commands.ts'
import type { Refusal } from '../domain/refusal.ts'
import { isMember } from '../domain/register/state.ts'
import { checkIdNumber } from './id-number.ts'
import { BadFile, type Column, type CsvRow, type Problem, readCsv } from './import-csv.ts'
import {
  carryOut,
  type Imported,
  type ImportOptions,
  type ImportPorts,
  importedBefore,
  importId,
  sourceOf,
  todayOf,
} from './import-run.ts'

/** The columns of a roster of members. */
export const MEMBER_COLUMNS = [
  { name: 'name', titles: ['姓名'] },
  { name: 'id_number', titles: ['身份证号', '身份证号码', '公民身份号码'], optional: true },
  { name: 'birth_month', titles: ['出生年月'], optional: true },
  { name: 'household', titles: ['户号'], optional: true },
  { name: 'bank_account', titles: ['银行账号', '银行卡号'], optional: true },
  { name: 'phone', titles: ['电话', '手机号'], optional: true },
  { name: 'on', titles: ['确认日期', '日期'] },
  { name: 'basis', titles: ['依据'], optional: true },
] as const satisfies readonly Column<string>[]

type MemberRow = CsvRow<(typeof MEMBER_COLUMNS)[number]['name']>
type Entry = { person: Record<string, string>; birthMonth?: string; household?: string; on: string; basis: string }

const KIND = 'members'
const MOST = 400

/** Admits the members of a roster to a co-op, whole or not at all; throws BadFile with every wrong row. */
export async function importMembers(
  ports: ImportPorts,
  { coop, bytes, actor, dryRun, demo }: ImportOptions,
): Promise<(Imported & { members: number }) | { refusal: Refusal }> {
  const source = sourceOf(bytes)
  const { encoding, rows } = readCsv(bytes, MEMBER_COLUMNS)
  const facts = { dryRun, encoding, source, rows: rows.length, members: rows.length, warnings: [] }
  const importedAt = await importedBefore(ports, coop, source, KIND)
  if (importedAt !== undefined) return { ...facts, events: 0, importedAt }
  const state = await ports.ledger.state(coop)
  if (!state.governance.profile)
    return { refusal: { code: 'CoopUnknown', message: `账里还没有 ${coop} 这个组织，请先建社（EstablishCoop）。` } }

  const entries = rows.map(entryOf)
  const known = (idNumber: string, on: string): boolean => {
    const code = ports.vault.findById(idNumber)
    return code !== undefined && isMember(state.register.persons.get(code), on)
  }
  const problems = [
    ...rows.flatMap((row, index) => faultsOf(row, entries[index]!, { today: todayOf(ports), demo, known })),
    ...repeated(rows),
  ]
  if (problems.length > 0) throw new BadFile(problems)
  // A dry run stops here: deciding would give the persons codes, which is writing.
  if (dryRun) return { ...facts, events: rows.length }
  const requests = []
  for (let from = 0; from < entries.length; from += MOST) {
    const body = { members: entries.slice(from, from + MOST) }
    const commandId = importId(source, KIND, requests.length + 1)
    requests.push({ coop, name: 'AdmitMembers', body, actor, commandId })
  }
  const done = await carryOut(ports, requests, false)
  return 'refusal' in done ? done : { ...facts, events: done.events }
}

function entryOf({ cells }: MemberRow): Entry {
  return {
    person: {
      name: cells.name,
      ...(cells.id_number ? { idNumber: cells.id_number } : {}),
      ...(cells.bank_account ? { bankAccount: cells.bank_account.replaceAll(' ', '') } : {}),
      ...(cells.phone ? { phone: cells.phone } : {}),
    },
    ...(cells.birth_month ? { birthMonth: cells.birth_month } : {}),
    ...(cells.household ? { household: cells.household } : {}),
    on: cells.on,
    basis: cells.basis || '成员名册导入',
  }
}

type Checks = { today: string; demo: boolean; known: (idNumber: string, on: string) => boolean }

const COLUMN_OF: Record<string, string> = {
  name: 'name',
  idNumber: 'id_number',
  bankAccount: 'bank_account',
  birthMonth: 'birth_month',
}

function faultsOf({ line, cells }: MemberRow, entry: Entry, { today, demo, known }: Checks): Problem[] {
  const reasons: string[] = []
  const parsed = commands.AdmitMembers.schema.safeParse({ members: [entry] })
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path.at(-1))
    reasons.push(`${COLUMN_OF[field] ?? field}：${issue.message}`)
  }
  const { id_number: idNumber, birth_month: birthMonth, on } = cells
  if (/[.eE]/.test(idNumber)) reasons.push('id_number：表格软件把身份证号变成了数字，请把这一列设为文本再填')
  else if (/^\d{17}[\dXx]$/.test(idNumber)) {
    const { valid, birthDate } = checkIdNumber(idNumber)
    if (!valid) reasons.push('id_number：身份证号校验不通过，请核对')
    if (birthDate && birthMonth && birthDate.slice(0, 7) !== birthMonth) reasons.push('birth_month：和身份证号不一致')
    if (!demo && idNumber.startsWith('999')) reasons.push('id_number：999 开头的是演示用的虚构号码')
    if (valid && known(idNumber, on)) reasons.push('已经是成员，不能重复确认')
  }
  if (demo && !idNumber.startsWith('999')) reasons.push('这是演示账本，不能录入真实人员')
  if (!idNumber && !birthMonth) reasons.push('身份证号和出生年月至少要填一项')
  if (on > today && parsed.success) reasons.push('on：确认日期还没有到')
  return [...new Set(reasons)].map(reason => ({ line, reason }))
}

function repeated(rows: readonly MemberRow[]): Problem[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ line, cells }) => {
    const id = cells.id_number.toUpperCase()
    const earlier = id === '' ? undefined : first.get(id)
    if (earlier === undefined) first.set(id, line)
    return earlier === undefined ? [] : [{ line, reason: `id_number：和第 ${earlier} 行是同一个人` }]
  })
}
