import type { Context } from 'hono'
import { z } from 'zod'
import { type CoopProfile, closedMonths } from '../../../projections/profile.ts'
import { monthEndChecks } from '../../domain/books/checklist.ts'
import { awaitsClosing } from '../../domain/books/closing.ts'
import type { Books } from '../../domain/books/state.ts'
import { chineseDay, lastDay, quarterOf, yearOf } from '../../domain/calendar.ts'
import { month as monthField } from '../../domain/fields.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { CoopState } from '../../domain/state.ts'
import type { Said } from '../../web/clerk-parts.ts'
import { type ClosingView, closingPage } from '../../web/closing-page.ts'
import { roomPath } from '../../web/staff-frame.ts'
import { answerPage } from '../answer.ts'
import { clerksOf, doneOf, freshKey, give, readDeskForm, seeDone } from '../clerk.ts'
import { coopOf } from '../coop-of.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { openMonths, todayOf } from '../periods.ts'
import { statusOf } from '../problem.ts'
import { readQuery } from '../read-query.ts'

const query = z.strictObject({ month: monthField.optional(), did: z.string().max(20).optional() })
type Given = { name: 'ClosePeriod' | 'ReopenPeriod' | 'CloseYear'; body: unknown; form: Record<string, string> }

/** Why a month may be closed without a statement of the bank, or without counting the cash. */
const REASONS = ['unreconciled', 'uncounted'] as const

/** 结账: the month-end checklist, the close, the year's end, and the reopening of what is not published. */
export function closingRoutes(app: App, house: House): void {
  app.get('/staff/coops/:coop/closing', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const { month, did } = readQuery(c, query)
    return show(c, house, coop, month, { done: await doneOf(house, coop, did) })
  })

  const post = (
    path: string,
    fields: readonly string[],
    given: (form: Record<string, string>) => Omit<Given, 'form'>,
  ) =>
    app.post(path, async c => {
      await requireOperator(c, house)
      const coop = await coopOf(c, house)
      const form = await readDeskForm(c, fields)
      const answer = await give(house, { coop: coop.coop, form, ...given(form) })
      return after(c, house, coop, form.month, answer)
    })

  post('/staff/coops/:coop/closing', ['month', ...REASONS], ({ month, unreconciled, uncounted }) => ({
    name: 'ClosePeriod',
    body: { month, ...(unreconciled ? { unreconciled } : {}), ...(uncounted ? { uncounted } : {}) },
  }))
  post('/staff/coops/:coop/closing/year', ['year'], ({ year }) => ({
    name: 'CloseYear',
    body: { year: Number(year) },
  }))
  post('/staff/coops/:coop/closing/reopen', ['month', 'reason', 'secondPerson'], ({ month, reason, secondPerson }) => ({
    name: 'ReopenPeriod',
    body: { month, reason, secondPerson },
  }))
}

async function after(
  c: Context,
  house: House,
  coop: CoopProfile,
  month: string | undefined,
  answer: { did: string } | { refusal: Refusal },
): Promise<Response> {
  if ('did' in answer) return seeDone(c, roomPath(coop.coop, 'closing'), answer.did)
  const asked = monthField.safeParse(month).success ? month : undefined
  return show(c, house, coop, asked, { refusal: answer.refusal })
}

async function show(
  c: Context,
  house: House,
  coop: CoopProfile,
  month: string | undefined,
  before: Said,
): Promise<Response> {
  const state = await house.office.ledger.state(coop.coop)
  const page = closingPage(coop, viewOf(house, coop, state, month), before)
  return answerPage(c, house, page, { coop, status: before.refusal ? statusOf(before.refusal.code) : 200 })
}

function viewOf(house: House, coop: CoopProfile, state: CoopState, asked: string | undefined): ClosingView {
  const closed = closedMonths(house.office.sql, coop.coop)
  const open = openMonths(house, coop, closed).filter(each => isOpen(state.books, each))
  const month = asked ?? open[0]
  const year = month?.endsWith('-12') ? yearOf(month) : undefined
  const last = closed.at(-1)
  return {
    ...{ month, open: month && !open.includes(month) ? [month, ...open] : open, closed },
    checks: month ? monthEndChecks(state, month) : [],
    notYet: month ? whyNotYet(state, month, todayOf(house)) : undefined,
    yearFirst: year !== undefined && awaitsClosing(state.books, year) ? year : undefined,
    last: last !== undefined && canReopen(state, last) ? last : undefined,
    clerks: clerksOf(house, state),
    keys: { close: freshKey(house), year: freshKey(house), reopen: freshKey(house) },
  }
}

function whyNotYet({ books }: CoopState, month: string, today: string): string | undefined {
  if (books.closedMonths.has(month)) return '这个月已经结账。'
  const before = [...books.lastNumber.keys()].filter(each => each < month && isOpen(books, each)).sort()[0]
  if (before !== undefined) return `请先给 ${before} 结账，再结 ${month}。`
  return today < lastDay(month) ? `这个月还没有过完，${chineseDay(lastDay(month))}起才能结账。` : undefined
}

// The months of a closed year are closed with it.
const isOpen = ({ closedMonths, closedYears }: Books, month: string): boolean =>
  !closedMonths.has(month) && ![...closedYears].some(year => year >= yearOf(month))

const canReopen = ({ books, governance }: CoopState, month: string): boolean =>
  !books.closedYears.has(yearOf(month)) && (governance.quarters.get(quarterOf(month))?.version ?? 0) === 0
