import { yearOf } from '../src/domain/calendar.ts'
import { subOf } from '../src/domain/chart.ts'
import { add, type Fen, fenOf } from '../src/domain/money.ts'
import { breakdownOf } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'
import type { EventOf, ProjectedEvent } from './projection.ts'
import { insert, insertEach, put } from './rows.ts'

/** The part of the entitlements that grants them: programmes, runs, awards, relief and dividends. */
export function applyGrants(tx: Sql, event: ProjectedEvent): void {
  switch (event.type) {
    case 'ProgrammeAdopted':
      adopt(tx, event)
      break
    case 'RunPrepared':
      grant(tx, event, runOf(tx, event, event.data.heads), [])
      break
    case 'RunApproved': {
      const lines = linesOf(event.data)
      grant(tx, event, runOf(tx, event, lines.length), lines)
      break
    }
    case 'ScholarshipAwarded':
      awarded(tx, event)
      break
    case 'ReliefRequested': {
      const { request, programme, person, category, asked, on } = event.data
      const what = { programme, person, category, asked: fenOf(asked), on_day: on, approved: 0 }
      put(tx, 'relief_requests', { coop: event.coop, request, ...what, revision: event.revision })
      break
    }
    case 'ReliefApproved':
      relieved(tx, event)
      break
    case 'EntitlementStopped': {
      const { programme, person, from } = event.data
      put(tx, 'stops', { coop: event.coop, programme, person, from_month: from, revision: event.revision })
      break
    }
    case 'OpeningBalancesRecorded':
      for (const [origin, claims] of Map.groupBy(event.data.claims ?? [], claim => claim.origin))
        unpaidBefore(tx, event, origin, claims)
      break
    case 'DividendDeclared':
      declared(tx, event)
      break
    case 'ExpensePaid': {
      const { programme, heads = 0, amount, voucher } = event.data
      if (programme === undefined) break
      const entry = { programme, heads, amount: fenOf(amount), date: voucher.date, voucher: voucher.number }
      insert(tx, 'programme_expenses', { coop: event.coop, revision: event.revision, ...entry })
      break
    }
  }
}

/** Takes a grant back whole: nobody is owed by it any more; what it was stays to be read. */
export function endGrant(
  tx: Sql,
  event: EventOf<'DividendWithdrawn' | 'VoucherReversed'>,
  origin: string,
  state: 'withdrawn' | 'reversed',
): void {
  const { coop, revision } = event
  const { date, number } = event.data.voucher
  tx.run(
    `UPDATE grants SET state = ?, ended_on = ?, ended_revision = ? WHERE coop = ? AND origin = ? AND state = 'granted'`,
    ...[state, date, revision, coop, origin],
  )
  const owed = `coop = ? AND origin = ? AND status NOT IN ('withdrawn', 'reversed')`
  tx.run(
    `INSERT INTO entitlement_changes SELECT coop, origin, person, ?, ?, ?, ?, ? FROM entitlements WHERE ${owed}`,
    ...[revision, date, state, number, event.data.reason, coop, origin],
  )
  tx.run(
    `UPDATE entitlements SET status = ?, settled_on = NULL, settled_voucher = NULL WHERE ${owed}`,
    ...[state, coop, origin],
  )
}

type Grant = {
  origin: string
  kind: string
  total: Fen
  heads: number
  basis: string
  programme?: string
  period?: string
  resolution?: string
  form?: 'money' | 'goods'
  category?: string
  year?: number
  mode?: string
  perShare?: string | undefined
  recordDate?: string
  registerShares?: string
  registerHash?: string
  fund?: string | undefined
  withholding?: { rate: string; basis: string; decidedBy: string } | undefined
}

/** `[person, member 1 or 0, shares, tier, gross, withheld, net]` */
type GrantLine = [string, 0 | 1, string | null, string | null, Fen, Fen, Fen]
type More = { shares?: string; tier?: string | undefined; withheld?: Fen | undefined }

function lineOf(person: string, member: 0 | 1, gross: Fen, { shares, tier, withheld = 0 }: More = {}): GrantLine {
  return [person, member, shares ?? null, tier ?? null, gross, withheld, gross - withheld]
}

function adopt(tx: Sql, { coop, data, revision }: EventOf<'ProgrammeAdopted'>): void {
  const { programme, name, kind, treatment, fund, resolution, scope, minAge, rule } = data
  put(tx, 'programmes', {
    ...{ coop, programme, name, kind, treatment, fund, resolution, scope, min_age: minAge, rule, revision },
    monthly: data.monthly === undefined ? null : fenOf(data.monthly),
    ceiling: data.ceiling === undefined ? null : fenOf(data.ceiling),
    tiers: JSON.stringify(data.tiers ?? []),
    from_month: data.from,
    on_day: data.on,
  })
}

function runOf(tx: Sql, event: EventOf<'RunPrepared' | 'RunApproved'>, heads: number): Grant {
  const { run, programme, period, basis, total } = event.data
  return { origin: run, kind: kindOf(tx, event, programme), programme, period, total: fenOf(total), heads, basis }
}

function awarded(tx: Sql, event: EventOf<'ScholarshipAwarded'>): void {
  const { award, programme, period, awards, basis, total } = event.data
  const tiers = new Map<string, string[]>()
  for (const [person, tier] of awards) tiers.set(person, [...(tiers.get(person) ?? []), tier])
  const lines = linesOf(event.data).map(([person, member, , , gross]) =>
    lineOf(person, member, gross, { tier: tiers.get(person)?.join('、') }),
  )
  const kind = kindOf(tx, event, programme)
  const heads = awards.length
  grant(tx, event, { origin: award, kind, programme, period, total: fenOf(total), heads, basis }, lines)
}

// Goods are handed over when they are approved, so nothing stays owed; the event then lists nobody but the person.
function relieved(tx: Sql, event: EventOf<'ReliefApproved'>): void {
  const { request, programme, person, category, form, total, basis } = event.data
  const kind = kindOf(tx, event, programme)
  const lines = form === 'goods' ? [lineOf(person, 0, fenOf(total))] : linesOf(event.data)
  grant(tx, event, { origin: request, kind, programme, total: fenOf(total), heads: 1, basis, form, category }, lines)
  tx.run('UPDATE relief_requests SET approved = 1 WHERE coop = ? AND request = ?', event.coop, request)
}

function declared(tx: Sql, event: EventOf<'DividendDeclared'>): void {
  const { data } = event
  const withheld = new Map(data.withheld.map(([person, amount]) => [person, fenOf(amount)]))
  const lines = (holders: typeof data.members, member: 0 | 1): GrantLine[] =>
    holders.map(([person, shares, gross]) =>
      lineOf(person, member, fenOf(gross), { shares, withheld: withheld.get(person) }),
    )
  const all = [...lines(data.members, 1), ...lines(data.outsiders, 0)]
  const { run: origin, year, resolution, mode, perShare, recordDate, registerShares, registerHash, withholding } = data
  const terms = { year, resolution, mode, perShare, recordDate, registerShares, registerHash, withholding }
  const total = fenOf(data.declared)
  grant(tx, event, { origin, kind: 'dividend', total, heads: all.length, basis: data.basis, ...terms }, all)
}

const KINDS: Record<string, string> = {
  分红: 'dividend',
  津贴: 'allowance',
  奖学助学: 'scholarship',
  救助: 'relief',
  补助: 'subsidy',
}

// What was granted before the books began and is not paid yet, told by the account it lies on.
function unpaidBefore(
  tx: Sql,
  event: EventOf<'OpeningBalancesRecorded'>,
  origin: string,
  claims: readonly { line: number; year: number }[],
): void {
  const { data } = event
  const [first] = claims.map(({ line, year }) => ({ ...data.voucher.lines[line]!, year }))
  const what = subOf(first!.account) ?? ''
  const lines = claims.flatMap(({ line, year }) => {
    const control = data.voucher.lines[line]!
    const member = control.account.startsWith('113') ? 1 : 0
    return breakdownOf(control, data).map(([person, fen]) => lineOf(person, member, fen, { tier: `${year}年${what}` }))
  })
  const total = lines.reduce((sum, [, , , , gross]) => add(sum, gross), 0)
  const terms = { year: first!.year, fund: first!.fund ?? '', basis: '期初未付' }
  grant(tx, event, { origin, kind: KINDS[what] ?? 'other', total, heads: lines.length, ...terms }, lines)
}

// Whoever is listed twice under one origin is owed the sum: that is how payments see it.
function linesOf({ members, outsiders }: { members: [string, string][]; outsiders: [string, string][] }): GrantLine[] {
  const lines = new Map<string, GrantLine>()
  const list = (member: 0 | 1, tuples: [string, string][]) => {
    for (const [person, amount] of tuples) {
      const gross = add(lines.get(person)?.[4] ?? 0, fenOf(amount))
      lines.set(person, lineOf(person, member, gross))
    }
  }
  list(1, members)
  list(0, outsiders)
  return [...lines.values()]
}

function kindOf(tx: Sql, { coop }: ProjectedEvent, programme: string): string {
  const row = tx.get<{ kind: string }>('SELECT kind FROM programmes WHERE coop = ? AND programme = ?', coop, programme)
  return row?.kind ?? 'other'
}

function grant(tx: Sql, event: ProjectedEvent, to: Grant, lines: GrantLine[]): void {
  const { coop, revision } = event
  const { origin, programme, period, resolution, mode, withholding, form = 'money' } = to
  const voucher = 'voucher' in event.data ? event.data.voucher : undefined
  tx.run(`DELETE FROM grants WHERE coop = ? AND origin = ? AND state = 'prepared'`, coop, origin)
  insert(tx, 'grants', {
    ...{ coop, origin, kind: to.kind, programme, period, resolution, mode, form, revision },
    ...{ total: to.total, heads: to.heads, basis: to.basis, category: to.category },
    ...{ per_share: to.perShare, record_date: to.recordDate },
    ...{ register_shares: to.registerShares, register_hash: to.registerHash },
    ...{ rate: withholding?.rate, rate_basis: withholding?.basis, decided_by: withholding?.decidedBy },
    year: to.year ?? yearOf(period ?? voucher?.date ?? event.recordedAt),
    fund: to.fund ?? voucher?.lines.find(line => line.fund)?.fund ?? '',
    ...{ voucher: voucher?.number, date: voucher?.date, state: voucher ? 'granted' : 'prepared' },
  })
  const owed = { coop, origin, granted: revision, status: 'unpaid' }
  const handed = { ...owed, status: 'paid', settled_on: voucher?.date, settled_voucher: voucher?.number }
  const columns = ['person', 'member', 'shares', 'tier', 'gross', 'withheld', 'net']
  insertEach(tx, 'entitlements', form === 'goods' ? handed : owed, columns, lines)
}
