import type { Context } from 'hono'
import { z } from 'zod'
import { templatesOf, usualSummaries } from '../../../projections/papers.ts'
import type { CoopProfile } from '../../../projections/profile.ts'
import { persons } from '../../../projections/register.ts'
import { key as keyField } from '../../domain/fields.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { roomPath } from '../../web/staff-frame.ts'
import { type EntryView, LINE_FIELDS, type TypedLine, voucherEntryPage } from '../../web/voucher-entry-page.ts'
import { answerPage } from '../answer.ts'
import { clerksOf, doneOf, freshKey, give, seeDone } from '../clerk.ts'
import { coopOf } from '../coop-of.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { namesOf } from '../names.ts'
import { todayOf } from '../periods.ts'
import { statusOf } from '../problem.ts'
import { readForm } from '../read-body.ts'
import { readQuery } from '../read-query.ts'
import { accountMeant, choicesOf } from './entry-choices.ts'

const LIMIT = 256 * 1024
/** More than a voucher may have, so that none is left out unsaid. */
const MOST_LINES = 999
const MOST_PEOPLE = 20
const FIELDS = new RegExp(`^(?:clerk|key|date|summary|attachments|(?:${LINE_FIELDS.join('|')})[1-9]\\d{0,2})$`)
const query = z.strictObject({ template: keyField.or(z.literal('')).optional(), did: z.string().max(20).optional() })

/** 记账凭证录入, and the search for a member by name that its look-up asks. */
export function entryRoutes(app: App, house: House): void {
  app.get('/staff/coops/:coop/entry', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const { template, did } = readQuery(c, query)
    const done = await doneOf(house, coop, did)
    return answerPage(c, house, voucherEntryPage(coop, await blank(house, coop, template), { done }), { coop })
  })

  app.post('/staff/coops/:coop/entry', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const form = await readForm(c, FIELDS, LIMIT)
    const lines = typedLines(form)
    const state = await house.office.ledger.state(coop.coop)
    const body = bodyOf(form, lines, account => accountMeant(account, state))
    const answer = await give(house, { coop: coop.coop, name: 'PostVoucher', body, form })
    if ('did' in answer) return seeDone(c, roomPath(coop.coop, 'entry'), answer.did)
    return again(c, house, coop, { form, lines, refusal: answer.refusal })
  })

  // Posted, so that a name stands in no address and in no log of addresses.
  app.post('/staff/coops/:coop/entry/people', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const { sought = '' } = await readForm(c, ['sought'])
    return c.json({ people: peopleNamed(house, coop, sought.trim().slice(0, 60)) })
  })
}

async function blank(house: House, coop: CoopProfile, template: string | undefined): Promise<EntryView> {
  const { sql, ledger } = house.office
  const state = await ledger.state(coop.coop)
  const templates = templatesOf(sql, coop.coop)
  const chosen = templates.find(({ id }) => id === template)
  return {
    date: todayOf(house),
    summary: chosen?.summary ?? '',
    attachments: '1',
    lines: (chosen?.lines ?? []).map(({ side, amount = '', ...line }) => ({ ...line, [side]: amount })),
    choices: choicesOf(sql, coop.coop, state),
    summaries: usualSummaries(sql, coop.coop),
    ...{ templates, template: chosen?.id },
    clerks: clerksOf(house, state),
    clerk: '',
    key: freshKey(house),
    fresh: chosen === undefined,
  }
}

type Typed = { form: Record<string, string>; lines: TypedLine[]; refusal: Refusal }

// The form as it was filled in, with why it was not taken. Its key stays, unless it already stands for another voucher.
async function again(c: Context, house: House, coop: CoopProfile, { form, lines, refusal }: Typed): Promise<Response> {
  const bare = await blank(house, coop, undefined)
  const { date = '', summary = '', attachments = '', clerk = '', key = bare.key } = form
  const used = refusal.code === 'CommandIdReused'
  const message = used
    ? '这张表单已经保存过一张凭证，现在的内容和那张不同。请先到“凭证”里核对；确实是另一张，再点一次保存。'
    : refusal.message.replace(/lines\.(\d+)\./, (_, at: string) => `第 ${Number(at) + 1} 行 `)
  const view = { ...bare, ...{ date, summary, attachments, clerk, lines }, key: used ? bare.key : key, fresh: false }
  const page = voucherEntryPage(coop, view, { refusal: { ...refusal, message } })
  return answerPage(c, house, page, { coop, status: statusOf(refusal.code) })
}

function typedLines(form: Record<string, string>): TypedLine[] {
  const all = Array.from({ length: MOST_LINES }, (_, index) =>
    Object.fromEntries(
      LINE_FIELDS.map(field => [field, (form[`${field}${index + 1}`] ?? '').trim()] as const)
        .filter(([, value]) => value !== '')
        .map(([field, value]) => [field, field === 'debit' || field === 'credit' ? plainAmount(value) : value]),
    ),
  )
  return all.filter(line => Object.keys(line).length > 0)
}

function bodyOf(
  { date, summary, attachments }: Record<string, string>,
  lines: readonly TypedLine[],
  accountIn: (text: string) => string,
): unknown {
  const written = lines.map(({ account = '', ...line }) => ({ account: accountIn(account), ...line }))
  return { date, summary, ...(attachments ? { attachments: Number(attachments) } : {}), lines: written }
}

/** `1234.50` of ￥１，２３４．５０ and other ways to write it. */
const plainAmount = (text: string): string => text.normalize('NFKC').replaceAll(/[\s,，¥￥]/g, '')

function peopleNamed(house: House, coop: CoopProfile, sought: string): { code: string; name: string }[] {
  if (sought === '') return []
  const codes = new Set(house.office.vault.findByName(sought))
  const found = persons(house.office.sql, coop.coop).filter(({ person }) => codes.has(person))
  const some = found.slice(0, MOST_PEOPLE).map(({ person }) => person)
  const nameOf = namesOf(house, some)
  return some.map(code => ({ code, name: nameOf(code) }))
}
