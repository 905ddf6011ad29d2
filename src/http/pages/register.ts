import type { Context } from 'hono'
import { z } from 'zod'
import { entitlementRows } from '../../../projections/entitlement-rows.ts'
import { batches, payableOrigins, payables as payablesOf } from '../../../projections/payables.ts'
import type { CoopProfile } from '../../../projections/profile.ts'
import { type PersonRow, persons, registerCounts } from '../../../projections/register.ts'
import { year as yearField } from '../../domain/fields.ts'
import type { Page } from '../../web/layout.ts'
import { payableOriginPage, payablesPage } from '../../web/payables-pages.ts'
import { membersPage, type NamedPerson, personPage } from '../../web/people-pages.ts'
import { statementPage } from '../../web/statement-page.ts'
import { answerPage, answerPdf } from '../answer.ts'
import { coopOf, notFound } from '../coop-of.ts'
import { deskPage, param } from '../desk.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { namesOf } from '../names.ts'
import { statementOf } from '../papers.ts'
import { readForm } from '../read-body.ts'
import { readQuery } from '../read-query.ts'

const PAGE = 100
const query = z.strictObject({ page: z.coerce.number().int().min(1).max(10_000).default(1) })

/** Members, persons' statements and payables, with names, for the staff. */
export function registerRoutes(app: App, house: House): void {
  app.get('/staff/coops/:coop/members', deskPage(house, members))
  app.get('/staff/coops/:coop/members/:person', deskPage(house, person))
  app.get('/staff/coops/:coop/members/:person/:year', deskPage(house, statement))
  app.get('/staff/coops/:coop/payables', deskPage(house, payables))
  app.get('/staff/coops/:coop/payables/:origin', deskPage(house, payableOrigin))

  // Posted, so that a name stands in no address and in no log of addresses.
  app.post('/staff/coops/:coop/members', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const { sought = '' } = await readForm(c, ['sought'])
    const people = named(house, find(house, coop, sought.trim().slice(0, 60)))
    const counts = registerCounts(house.office.sql, coop.coop)
    return answerPage(c, house, membersPage(coop, { counts, people, page: 1, pages: 1, sought }), { coop })
  })

  app.get('/staff/coops/:coop/members/:person/:year/statement.pdf', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const { person } = personOf(house, coop, c.req.param('person'))
    const year = yearOf(c.req.param('year'))
    const bytes = await house.drawing.statement(await statementOf(house, coop, person, year))
    return answerPdf(c, bytes, `${coop.coop}-${person}-${year}.pdf`, 'no-store')
  })
}

/** A person of this co-op's register by code; the same 404 for one of another co-op as for none. */
export function personOf(house: House, coop: CoopProfile, code: string): NamedPerson {
  const [found] = /^M\d{5,9}$/.test(code) ? named(house, persons(house.office.sql, coop.coop, {}, code)) : []
  if (!found) throw notFound('PersonUnknown', '登记册里没有这个成员码。')
  return found
}

/** A year as a path writes it; 404 for anything else. */
export function yearOf(text: string): number {
  const parsed = yearField.safeParse(/^\d{4}$/.test(text) ? Number(text) : undefined)
  if (!parsed.success) throw notFound()
  return parsed.data
}

function members(house: House, coop: CoopProfile, c: Context): Page {
  const { sql } = house.office
  const all = persons(sql, coop.coop)
  const pages = Math.max(1, Math.ceil(all.length / PAGE))
  const page = Math.min(readQuery(c, query).page, pages)
  const people = named(house, all.slice((page - 1) * PAGE, page * PAGE))
  return membersPage(coop, { counts: registerCounts(sql, coop.coop), people, page, pages })
}

function person(house: House, coop: CoopProfile, c: Context): Page {
  const found = personOf(house, coop, param(c, 'person'))
  const rows = entitlementRows(house.office.sql, { coop: coop.coop, person: found.person })
  const years = new Set(rows.map(row => Number(row.date.slice(0, 4))))
  return personPage(
    coop,
    found,
    [...years].sort((a, b) => b - a),
  )
}

async function statement(house: House, coop: CoopProfile, c: Context): Promise<Page> {
  const { person: code } = personOf(house, coop, param(c, 'person'))
  return statementPage(coop, await statementOf(house, coop, code, yearOf(param(c, 'year'))))
}

function payables({ office: { sql } }: House, coop: CoopProfile): Page {
  const { total } = payablesOf(sql, coop.coop)
  return payablesPage(coop, total, payableOrigins(sql, coop.coop), batches(sql, coop.coop))
}

function payableOrigin(house: House, coop: CoopProfile, c: Context): Page {
  const origin = param(c, 'origin')
  const rows = entitlementRows(house.office.sql, { coop: coop.coop, origin, owed: true })
  const codes = rows.map(row => row.person)
  return payableOriginPage(coop, origin, rows, namesOf(house, codes))
}

function find(house: House, coop: CoopProfile, sought: string): PersonRow[] {
  if (sought === '') return []
  const codes = new Set([sought.toUpperCase(), ...house.office.vault.findByName(sought)])
  return persons(house.office.sql, coop.coop).filter(row => codes.has(row.person))
}

function named(house: House, rows: readonly PersonRow[]): NamedPerson[] {
  const codes = rows.map(row => row.person)
  const nameOf = namesOf(house, codes)
  return rows.map(row => ({ ...row, name: nameOf(row.person) }))
}
