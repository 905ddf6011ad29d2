import type { Context } from 'hono'
import { z } from 'zod'
import type { CoopProfile } from '../../../projections/profile.ts'
import { type BankAccount, reconcile } from '../../domain/bank/state.ts'
import { type Suggestion, suggestMatches } from '../../domain/bank/suggest.ts'
import { day } from '../../domain/fields.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { CoopState } from '../../domain/state.ts'
import { type BankView, bankPage } from '../../web/bank-page.ts'
import type { TypedStatement } from '../../web/bank-statement-form.ts'
import type { Said } from '../../web/clerk-parts.ts'
import { roomPath } from '../../web/staff-frame.ts'
import { answerPage } from '../answer.ts'
import { clerksOf, DESK_FIELDS, doneOf, freshKey, give, readDeskForm, seeDone, sha256 } from '../clerk.ts'
import { coopOf, notFound } from '../coop-of.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { todayOf } from '../periods.ts'
import { statusOf } from '../problem.ts'
import { readForm } from '../read-body.ts'
import { readQuery } from '../read-query.ts'
import { nextStatement, STATEMENT_FIELDS, statementBody, typedStatement } from './bank-statement.ts'

const KIB = 1024
const MOST_MATCHES = 500
const query = z.strictObject({
  account: z.string().max(90).optional(),
  on: day.optional(),
  did: z.string().max(20).optional(),
})
const MATCH_FIELDS = /^(?:clerk|key|account|on|match|(?:line|item)-[\p{L}\p{N}-]{1,30})$/u

/** 对账: the bank's statements, its lines beside the vouchers, one click a match. */
export function bankRoutes(app: App, house: House): void {
  statementRoute(app, house)
  app.get('/staff/coops/:coop/bank', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const { did, ...asked } = readQuery(c, query)
    return show(c, house, coop, asked, { done: await doneOf(house, coop, did) })
  })

  app.post('/staff/coops/:coop/bank', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const form = await readForm(c, MATCH_FIELDS, 256 * KIB)
    const matches = form.match === 'chosen' ? [chosen(form)] : (form.match ?? '').split(';').map(matchOf)
    // One page has one key but many buttons: each button is its own deed.
    const key = `${(form.key ?? '').slice(0, 60)}-${sha256(JSON.stringify(matches)).slice(0, 16)}`
    const body = { account: form.account, matches: matches.slice(0, MOST_MATCHES) }
    const answer = await give(house, { coop: coop.coop, name: 'MatchBankLines', body, form: { ...form, key } })
    return after(c, house, coop, form, answer)
  })

  app.post('/staff/coops/:coop/bank/unmatch', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const form = await readDeskForm(c, ['account', 'on', 'undo', 'reason'])
    const body = { account: form.account, match: form.undo, reason: form.reason }
    return after(c, house, coop, form, await give(house, { coop: coop.coop, name: 'UnmatchBankLine', body, form }))
  })
}

function statementRoute(app: App, house: House): void {
  app.post('/staff/coops/:coop/bank/statement', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const form = await readForm(c, [...DESK_FIELDS, 'account', ...STATEMENT_FIELDS], 512 * KIB)
    const typed = typedStatement(form)
    const read = statementBody(form.account ?? '', typed)
    const answer =
      'refusal' in read
        ? read
        : await give(house, { coop: coop.coop, name: 'ImportBankStatement', body: read.body, form })
    const { account = '' } = form
    if ('did' in answer) return seeDone(c, roomPath(coop.coop, 'bank'), answer.did, { account, on: typed.to })
    return show(c, house, coop, { account, typed }, { refusal: answer.refusal })
  })
}

async function after(
  c: Context,
  house: House,
  coop: CoopProfile,
  { account = '', on = '' }: Record<string, string>,
  answer: { did: string } | { refusal: Refusal },
): Promise<Response> {
  if ('did' in answer) return seeDone(c, roomPath(coop.coop, 'bank'), answer.did, { account, on })
  const asked = { account, on: day.safeParse(on).success ? on : undefined }
  return show(c, house, coop, asked, { refusal: answer.refusal })
}

type Asked = { account?: string | undefined; on?: string | undefined; typed?: TypedStatement }

async function show(c: Context, house: House, coop: CoopProfile, asked: Asked, before: Said): Promise<Response> {
  const state = await house.office.ledger.state(coop.coop)
  const page = bankPage(coop, viewOf(house, coop, state, asked), before)
  return answerPage(c, house, page, { coop, status: before.refusal ? statusOf(before.refusal.code) : 200 })
}

function viewOf(house: House, coop: CoopProfile, state: CoopState, asked: Asked): BankView {
  const { bank, books } = state
  const accounts = [...books.bankAccounts.keys()]
  const account = asked.account ?? accounts.find(each => bank.accounts.has(each)) ?? accounts[0] ?? '102'
  if (account !== '102' && !accounts.includes(account)) throw notFound('AccountUnknown', '没有登记过这个银行账户。')
  const known = bank.accounts.get(account)
  const on = asked.on ?? known?.to ?? todayOf(house)
  return {
    ...{ account, accounts: accounts.length > 0 ? accounts : ['102'], on },
    open: reconcile(bank, books, account, on),
    lineOf: id => known?.lines.get(id),
    summaryOf: id => books.vouchers.get(voucherOf(known, id))?.voucher.summary ?? '',
    suggestions: suggestMatches(bank, books, account, on).slice(0, MOST_MATCHES),
    matches: [...(known?.matches ?? [])].reverse().slice(0, 200),
    clerks: clerksOf(house, state),
    typed: asked.typed ?? nextStatement(state, coop, account),
    entering: asked.typed !== undefined || known === undefined,
    keys: { match: freshKey(house), unmatch: freshKey(house), statement: freshKey(house) },
  }
}

const voucherOf = (account: BankAccount | undefined, id: string): string => account?.outstanding.get(id)?.voucher ?? id

function chosen(form: Record<string, string>): Suggestion {
  const named = (kind: string) =>
    Object.keys(form)
      .filter(name => name.startsWith(`${kind}-`))
      .map(name => name.slice(5))
  return { lines: named('line'), vouchers: named('item') }
}

function matchOf(text: string): Suggestion {
  const [lines = '', vouchers = ''] = text.split('|')
  return { lines: lines.split(',').filter(Boolean), vouchers: vouchers.split(',').filter(Boolean) }
}
