import type { Refusal } from '../domain/refusal.ts'
import type { CoopState } from '../domain/state.ts'
import { bookFaults, ownSubAccounts } from './import-books.ts'
import { BadFile, type Problem, readCsv } from './import-csv.ts'
import { findParty, nameFinder } from './import-party.ts'
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
import { type FileVoucher, VOUCHER_COLUMNS, vouchersOf } from './import-vouchers-file.ts'
import { mendedTold } from './import-vouchers-mend.ts'
import type { Request } from './ledger.ts'
import type { Vault } from './vault.ts'

export type VouchersImported = Imported & {
  vouchers: number
  from: string
  to: string
  /** Sub-accounts opened, whether the co-op itself was opened, and persons given a code. */
  opened: string[]
  established: boolean
  enrolled: number
}

const KIND = 'vouchers'
/** Limits of one command and one append (1,000 events, 512 KiB), with room for what the decision adds to each voucher. */
const MOST_VOUCHERS = 900
const MOST_BYTES = 380 * 1024
const ADDED_BYTES = 260
const PLACEHOLDER = 'M00000'

/**
 * Imports a file of historic vouchers into a co-op, whole or not at all; throws BadFile with every wrong row. With
 * `openAccounts` it opens the sub-accounts it meets, and the co-op itself if there is none by that code.
 */
export async function importVouchers(
  ports: ImportPorts,
  options: ImportOptions & { openAccounts: boolean },
): Promise<VouchersImported | { refusal: Refusal }> {
  const { coop, bytes, openAccounts, dryRun, onStage } = options
  const source = sourceOf(bytes)
  const { encoding, rows } = readCsv(bytes, VOUCHER_COLUMNS)
  const { vouchers, problems, mended } = vouchersOf(rows)
  onStage?.(1)
  const facts = { dryRun, encoding, source, rows: rows.length, vouchers: vouchers.length }
  const importedAt = await importedBefore(ports, coop, source, KIND)
  const span = { from: vouchers[0]?.date ?? '', to: vouchers.at(-1)?.date ?? '' }
  const nothing = { events: 0, opened: [], established: false, enrolled: 0, warnings: [] }
  const state = await ports.ledger.state(coop)
  if (importedAt !== undefined && bookedFrom(state, source) === vouchers.length)
    return { ...facts, ...span, ...nothing, importedAt }
  const established = state.governance.profile === undefined
  if (established && !openAccounts) return { refusal: unknownCoop(coop) }
  problems.push(...bookFaults(vouchers, state, { today: todayOf(ports), source, openAccounts }))
  const parties = findParties(ports.vault, state, vouchers, options.demo)
  problems.push(...parties.problems)
  if (problems.length > 0) throw new BadFile(problems)
  onStage?.(2)

  const own = openAccounts ? ownSubAccounts(vouchers) : []
  // Before anything is booked: the state is the ledger's own and moves with it.
  const opened = own.filter(account => !state.books.subAccounts.has(account))
  const warnings = [...mendedTold(mended), ...nameWarnings(ports.vault, state, vouchers)]
  const named = dryRun ? parties.codes : await enrolAll(ports, parties.codes)
  const requests = requestsOf(named, vouchers, own, { ...options, source, established })
  onStage?.(3)
  const done = await carryOut(ports, requests, dryRun)
  onStage?.(4)
  if ('refusal' in done) return done
  return { ...facts, ...span, events: done.events, opened, established, enrolled: parties.enrolled, warnings }
}

function bookedFrom({ books }: CoopState, source: string): number {
  const from = [...books.vouchers.values()].filter(
    ({ event }) => 'source' in event.data && event.data.source === source,
  )
  return from.length
}

function unknownCoop(coop: string): Refusal {
  return { code: 'CoopUnknown', message: `账里还没有 ${coop} 这个组织；加 --open-accounts 可随导入新建，或先建社。` }
}

type Parties = { codes: Map<string, string | undefined>; enrolled: number; problems: Problem[] }

function findParties(vault: Vault, state: CoopState, vouchers: readonly FileVoucher[], demo: boolean): Parties {
  const codes = new Map<string, string | undefined>()
  const faults = new Map<string, string>()
  const problems: Problem[] = []
  let enrolled = 0
  for (const { counterparty: name, line } of vouchers.flatMap(({ lines }) => lines)) {
    if (name === undefined) continue
    if (!codes.has(name) && !faults.has(name)) {
      const found = findParty(vault, state, name)
      if ('fault' in found) faults.set(name, found.fault)
      else if ('keep' in found) codes.set(name, found.keep)
      else if (demo) faults.set(name, '这是演示账本，不能写入真实人员；个人请填成员码。')
      else {
        codes.set(name, undefined)
        enrolled += 1
      }
    }
    const fault = faults.get(name)
    if (fault) problems.push({ line, reason: `counterparty：${fault}` })
  }
  return { codes, enrolled, problems }
}

async function enrolAll(
  { vault, node }: ImportPorts,
  codes: Map<string, string | undefined>,
): Promise<Map<string, string>> {
  const unknown = [...codes].flatMap(([name, code]) => (code === undefined ? [name] : []))
  const enrolled = node ? await node.enrol(unknown) : vault.batch(() => unknown.map(name => vault.enrol({ name }).code))
  const codeOf = new Map(unknown.map((name, index) => [name, enrolled[index]!]))
  return new Map([...codes].map(([name, code]) => [name, code ?? codeOf.get(name)!]))
}

function nameWarnings(vault: Vault, state: CoopState, vouchers: readonly FileVoucher[]): string[] {
  const holdsName = nameFinder(vault, state)
  const lines = vouchers
    .filter(({ summary, lines }) => holdsName(summary) || lines.some(({ account }) => holdsName(account.slice(4))))
    .map(({ line }) => line)
  if (lines.length === 0) return []
  const some = lines.slice(0, 20).join('、')
  return [
    `有 ${lines.length} 张凭证的摘要或科目里写着成员姓名（第 ${some}${lines.length > 20 ? ' …' : ''} 行），会原样记入账本。`,
  ]
}

type Making = { coop: string; actor: string; demo: boolean; source: string; established: boolean }

function requestsOf(
  codes: ReadonlyMap<string, string | undefined>,
  vouchers: readonly FileVoucher[],
  own: readonly string[],
  { coop, actor, demo, source, established }: Making,
): Request[] {
  const requests: Request[] = []
  const add = (name: string, body: unknown, id: string) => requests.push({ coop, name, body, actor, commandId: id })
  if (established) {
    const body = { name: coop, level: '其他', firstDay: vouchers[0]!.date, demo }
    add('EstablishCoop', body, importId(source, 'coop', 1))
  }
  const bodies = vouchers.map(voucher => bodyOf(voucher, codes))
  const lots = lotsOf(bodies, new Set(own))
  for (const [index, { vouchers, openAccounts }] of lots.entries())
    add('ImportVouchers', { source, openAccounts, vouchers }, importId(source, KIND, index + 1))
  return requests
}

type Body = Omit<FileVoucher, 'line' | 'lines'> & { lines: Record<string, string>[] }
type Lot = { vouchers: Body[]; openAccounts: string[] }

function bodyOf({ line: _line, lines, ...voucher }: FileVoucher, codes: ReadonlyMap<string, string | undefined>): Body {
  return {
    ...voucher,
    lines: lines.map(({ line: _place, counterparty, ...entry }) => ({
      ...entry,
      ...(counterparty === undefined ? {} : { counterparty: codes.get(counterparty) ?? PLACEHOLDER }),
    })),
  }
}

// Each lot opens the sub-accounts that are met in it first.
function lotsOf(bodies: readonly Body[], unopened: Set<string>): Lot[] {
  const lots: Lot[] = []
  let lot: Lot = { vouchers: [], openAccounts: [] }
  let bytes = 0
  for (const body of bodies) {
    const size = Buffer.byteLength(JSON.stringify(body)) + ADDED_BYTES
    const fresh = [...new Set(body.lines.map(({ account }) => account!))].filter(account => unopened.delete(account))
    const events = lot.vouchers.length + lot.openAccounts.length + fresh.length
    if (lot.vouchers.length > 0 && (events >= MOST_VOUCHERS || bytes + size > MOST_BYTES)) {
      lots.push(lot)
      lot = { vouchers: [], openAccounts: [] }
      bytes = 0
    }
    lot.vouchers.push(body)
    lot.openAccounts.push(...fresh)
    bytes += size
  }
  return [...lots, lot]
}
