import { type EntitlementRow, entitlementRows } from '../../projections/entitlement-rows.ts'
import { allCoops, type CoopProfile, coopProfile, headOf, officersOf } from '../../projections/profile.ts'
import { households, persons } from '../../projections/register.ts'
import { firstDay, lastDay, shanghaiDay } from '../../src/domain/calendar.ts'
import { capitalAmount } from '../../src/domain/capital.ts'
import { fenOf, total, yuan } from '../../src/domain/money.ts'
import { invariant } from '../../src/domain/refusal.ts'
import type { Sql } from '../../src/store/sql.ts'
import type { Contact, Verification } from '../kit/facts.ts'
import { type Line, outstandingOf, statementLines } from './build-lines.ts'
import { withholdingOf } from './build-withholding.ts'
import type { StatementData, StatementElsewhere, StatementGroup, StatementHolding, StatementSum } from './data.ts'

export type StatementOptions = {
  /** A person's name by code, from the vault; undefined when it has been forgotten. */
  resolve: (code: string) => string | undefined
  /** UTC instant of issue; the same instant gives the same bytes. */
  issuedAt: string
  /** Where the paper of one person can be checked. */
  verification?: (code: string) => Verification
}

/** Everything needed for all statements of one co-op and year, read once. */
export type StatementSource = {
  /** Whom a statement is written for, in the order of codes. */
  codes: readonly string[]
  of(code: string): StatementData
  manifest(sha256Of: (code: string) => string): Manifest
}

/** From which a year's dividends can be repeated and every statement checked, offline. Amounts gross, in yuan. */
export type Manifest = {
  coop: string
  year: number
  declared: string
  runs: { id: string; mode: 'pool' | 'per-share'; pool?: string; perShare?: string; recordDate: string }[]
  members: { code: string; shares: string; amount: string; sha256: string }[]
}

/**
 * Reads what a co-op granted in a year, and what the other co-ops of the ledger granted to the same persons, once; then
 * gives the statement of any person from memory.
 */
export function statementSource(sql: Sql, coop: string, year: number, options: StatementOptions): StatementSource {
  const profile = coopProfile(sql, coop)
  invariant(profile !== undefined, `no co-op ${coop}`)
  const span = { from: firstDay(`${year}-01`), to: lastDay(`${year}-12`) }
  const own = byPerson(entitlementRows(sql, { coop, ...span }))
  const others = byPerson(entitlementRows(sql, { notCoop: coop, inRegisterOf: coop, ...span }))
  const register = persons(sql, coop, { on: span.to })
  const homes = new Map(households(sql, coop).map(({ household, head }) => [household, head]))
  const shared = {
    ...{ profile, year, options, homes },
    names: new Map(allCoops(sql).map(({ coop: code, name }) => [code, name])),
    head: headOf(sql, coop) ?? { revision: -1, hash: '' },
    contacts: contactsOf(sql, profile, options.resolve),
  }
  const people = new Map(register.map(row => [row.person, row]))
  return {
    codes: register.filter(row => row.member || own.has(row.person) || row.shares !== '0').map(row => row.person),
    of(code) {
      const household = people.get(code)?.household
      return statement(shared, { code, household, own: own.get(code) ?? [], others: others.get(code) ?? [] })
    },
    manifest(sha256Of) {
      return manifest(coop, year, this.codes, own, sha256Of)
    },
  }
}

type Shared = {
  profile: CoopProfile
  year: number
  options: StatementOptions
  homes: ReadonlyMap<string, string>
  names: ReadonlyMap<string, string>
  head: { revision: number; hash: string }
  contacts: Contact[]
}
type Person = { code: string; household: string | undefined; own: EntitlementRow[]; others: EntitlementRow[] }

function statement(shared: Shared, person: Person): StatementData {
  const { profile, year, options, head } = shared
  const lines = statementLines(person.own)
  const outstanding = outstandingOf(lines)
  const sum = sumOf(lines)
  const owed = total(outstanding, ({ amount }) => fenOf(amount))
  const elsewhere = elsewhereOf(person.others, shared.names)
  const joined = addSums([sum, ...elsewhere.map(({ subtotal }) => subtotal)])
  return {
    issuedAt: options.issuedAt,
    ...(profile.demo ? { watermark: '演示数据' } : {}),
    organisation: { name: profile.name, creditCode: profile.creditCode },
    year,
    person: {
      name: options.resolve(person.code) ?? '已注销成员',
      code: person.code,
      household: householdName(person.household, shared),
    },
    holdings: holdingsOf(person.own),
    groups: groupsOf(lines),
    total: { ...sum, paid: yuan(fenOf(sum.net) - owed), outstanding: yuan(owed), netInWords: inWords(sum.net) },
    outstanding,
    withholdingBasis: withholdingOf(person.own, options.resolve),
    elsewhere,
    ...(elsewhere.length > 0 ? { joined: { ...joined, netInWords: inWords(joined.net) } } : {}),
    howToCheck: HOW_TO_CHECK,
    contacts: shared.contacts,
    issueDate: shanghaiDay(options.issuedAt),
    asOf: { eventHash: head.hash, revision: head.revision },
    ...(options.verification ? { verification: options.verification(person.code) } : {}),
  }
}

const GROUP_TITLES = {
  dividend: '股份分红',
  allowance: '养老津贴',
  scholarship: '奖学助学',
  relief: '困难救助',
  subsidy: '补贴补助',
  insurance: '保险',
  other: '其他福利',
} as const

const HOW_TO_CHECK = [
  '各项总额应与公示的两公开一致；“已付”的每一笔应与您的银行入账一致。',
  '可凭身份证到本社查阅本单所列的每张凭证；有疑问请拨打下面的电话。',
]

function groupsOf(lines: readonly Line[]): StatementGroup[] {
  return Object.entries(GROUP_TITLES).flatMap(([kind, title]) => {
    const own = lines.filter(line => line.kind === kind)
    if (own.length === 0) return []
    return [{ kind: kind as StatementGroup['kind'], title, rows: own.map(({ row }) => row), subtotal: sumOf(own) }]
  })
}

// A statement shows what shares the year's dividends were counted on, each record date once.
function holdingsOf(rows: readonly EntitlementRow[]): StatementHolding[] {
  const held = new Map<string, StatementHolding>()
  for (const { shares, recordDate } of rows)
    if (shares !== undefined && recordDate !== undefined) held.set(`${recordDate} ${shares}`, { shares, recordDate })
  return [...held.values()].sort((a, b) => (a.recordDate < b.recordDate ? -1 : 1))
}

function elsewhereOf(rows: readonly EntitlementRow[], names: ReadonlyMap<string, string>): StatementElsewhere[] {
  return [...Map.groupBy(rows, ({ coop }) => coop)].map(([coop, own]) => {
    const lines = statementLines(own)
    return {
      organisation: names.get(coop) ?? coop,
      rows: lines.map(({ row: { date, voucher, item, status, paidOn, gross, withheld, net } }) => ({
        ...{ date, voucher, item, status, gross, withheld, net },
        ...(paidOn ? { paidOn } : {}),
      })),
      subtotal: sumOf(lines),
    }
  })
}

function manifest(
  coop: string,
  year: number,
  codes: readonly string[],
  rows: ReadonlyMap<string, EntitlementRow[]>,
  sha256Of: (code: string) => string,
): Manifest {
  const runs = new Map<string, Manifest['runs'][number]>()
  const members = codes.map(code => {
    const dividends = (rows.get(code) ?? []).filter(row => row.kind === 'dividend' && row.status !== 'withdrawn')
    for (const { origin, mode = 'pool', perShare, total: pool, recordDate = '' } of dividends)
      runs.set(origin, {
        ...{ id: origin, mode },
        ...(mode === 'pool' ? { pool } : { perShare: perShare ?? '' }),
        recordDate,
      })
    const amount = yuan(total(dividends, ({ gross }) => fenOf(gross)))
    return { code, shares: dividends.at(-1)?.shares ?? '0', amount, sha256: sha256Of(code) }
  })
  const declared = yuan(total(members, ({ amount }) => fenOf(amount)))
  return { coop, year, declared, runs: [...runs.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), members }
}

function contactsOf(sql: Sql, profile: CoopProfile, resolve: StatementOptions['resolve']): Contact[] {
  const officers = officersOf(sql, profile.coop)
  const person = (role: string) => {
    const code = officers.findLast(officer => officer.role === role && officer.until === undefined)?.person
    return code === undefined ? undefined : resolve(code)
  }
  return [
    { label: '会计', phone: profile.phone ?? '见公示栏', person: person('会计') },
    { label: '监事会', phone: profile.supervisorPhone ?? '见公示栏', person: person('监事长') },
  ]
}

function householdName(household: string | undefined, { homes, options }: Shared): string | undefined {
  if (household === undefined) return undefined
  const head = homes.get(household)
  const name = head === undefined ? undefined : options.resolve(head)
  return name === undefined ? household : `${household}（户主 ${name}）`
}

const byPerson = (rows: EntitlementRow[]): Map<string, EntitlementRow[]> => Map.groupBy(rows, ({ person }) => person)
const inWords = (amount: string): string => `人民币${capitalAmount(amount)}`
const sumOf = (lines: readonly Line[]): StatementSum => addSums(lines.map(({ row }) => row))

function addSums(sums: readonly StatementSum[]): StatementSum {
  return {
    gross: yuan(total(sums, ({ gross }) => fenOf(gross))),
    withheld: yuan(total(sums, ({ withheld }) => fenOf(withheld))),
    net: yuan(total(sums, ({ net }) => fenOf(net))),
  }
}
