import type { z } from 'zod'
import { day, personCode, shares, text } from '../domain/fields.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { CoopState } from '../domain/state.ts'
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
import type { Request } from './ledger.ts'
import type { Vault } from './vault.ts'

/** The columns of a list of shares; the holder is named by 成员码 or by ID number. */
export const SHARE_COLUMNS = [
  { name: 'member', titles: ['成员码'], optional: true },
  { name: 'id_number', titles: ['身份证号', '身份证号码'], optional: true },
  { name: 'shares', titles: ['股份', '股数', '份额'] },
  { name: 'kind', titles: ['股别', '股种'] },
  { name: 'on', titles: ['日期', '配股日期'] },
  { name: 'basis', titles: ['依据'] },
] as const satisfies readonly Column<string>[]

type ShareColumn = (typeof SHARE_COLUMNS)[number]['name']
type ShareRow = CsvRow<ShareColumn>
type Issue = { kind: string; on: string; basis: string; holdings: [string, string][] }

const KIND = 'shares'
const MOST = 10_000

/** Issues the shares of a list to persons of the register, whole or not at all; throws BadFile with every wrong row. */
export async function importShares(
  ports: ImportPorts,
  { coop, bytes, actor, dryRun }: ImportOptions,
): Promise<(Imported & { holders: number }) | { refusal: Refusal }> {
  const source = sourceOf(bytes)
  const { encoding, rows } = readCsv(bytes, SHARE_COLUMNS)
  const facts = { dryRun, encoding, source, rows: rows.length, warnings: [] }
  const importedAt = await importedBefore(ports, coop, source, KIND)
  if (importedAt !== undefined) return { ...facts, events: 0, holders: 0, importedAt }
  const state = await ports.ledger.state(coop)
  const problems: Problem[] = []
  const issues = new Map<string, Issue>()
  const holders = new Set<string>()
  for (const row of rows) {
    const found = holderOf(ports.vault, state, row)
    const reasons = [...cellFaults(row, todayOf(ports)), ...('fault' in found ? [found.fault] : [])]
    const issue = issueOf(issues, row)
    if ('code' in found && issue.holdings.some(([code]) => code === found.code))
      reasons.push(`${found.code} 在同一批（股别、日期、依据相同）里出现了两次`)
    problems.push(...reasons.map(reason => ({ line: row.line, reason })))
    if ('fault' in found) continue
    holders.add(found.code)
    issue.holdings.push([found.code, row.cells.shares])
  }
  if (problems.length > 0) throw new BadFile(problems)
  const done = await carryOut(ports, requestsOf([...issues.values()], { coop, actor, source }), dryRun)
  return 'refusal' in done ? done : { ...facts, events: done.events, holders: holders.size }
}

function holderOf(vault: Vault, state: CoopState, { cells }: ShareRow): { code: string } | { fault: string } {
  if (cells.member === '' && cells.id_number === '') return { fault: 'member、id_number：至少要填一项' }
  const byId = cells.id_number === '' ? undefined : vault.findById(cells.id_number)
  if (cells.id_number !== '' && byId === undefined) return { fault: 'id_number：没有登记过这个身份证号' }
  if (cells.member !== '' && byId !== undefined && cells.member !== byId)
    return { fault: `member：和身份证号不是同一个人（应是 ${byId}）` }
  const code = byId ?? cells.member
  if (!personCode.safeParse(code).success) return { fault: 'member：成员码要写成 M00012' }
  return state.register.persons.has(code) ? { code } : { fault: `member：本社登记册里没有 ${code}` }
}

function cellFaults({ cells }: ShareRow, today: string): string[] {
  const checks: [ShareColumn, z.ZodType][] = [
    ['shares', shares],
    ['kind', text],
    ['on', day],
    ['basis', text],
  ]
  const faults = checks.flatMap(([name, schema]) => {
    const issue = schema.safeParse(cells[name]).error?.issues[0]
    return issue ? [`${name}：${cells[name] === '' ? '不能为空' : issue.message}`] : []
  })
  return cells.on > today && day.safeParse(cells.on).success ? [...faults, 'on：日期还没有到'] : faults
}

function issueOf(issues: Map<string, Issue>, { cells: { kind, on, basis } }: ShareRow): Issue {
  const id = JSON.stringify([kind, on, basis])
  const issue = issues.get(id) ?? { kind, on, basis, holdings: [] }
  issues.set(id, issue)
  return issue
}

function requestsOf(
  issues: readonly Issue[],
  { coop, actor, source }: Record<'coop' | 'actor' | 'source', string>,
): Request[] {
  const requests: Request[] = []
  for (const { holdings, ...issue } of issues) {
    for (let from = 0; from < holdings.length; from += MOST) {
      const n = requests.length + 1
      const body = { id: `${source}-${n}`, ...issue, holdings: holdings.slice(from, from + MOST) }
      requests.push({ coop, name: 'IssueShares', body, actor, commandId: importId(source, KIND, n) })
    }
  }
  return requests
}
