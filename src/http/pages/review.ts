import type { Context } from 'hono'
import { z } from 'zod'
import type { CoopProfile } from '../../../projections/profile.ts'
import { decidedSubmissions, type Submission, waitingSubmissions } from '../../../projections/submissions.ts'
import { type CommandName, commands } from '../../domain/commands.ts'
import { ifApproved } from '../../domain/governance/reviewers.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { Voucher } from '../../domain/voucher.ts'
import { reviewPage, type Waiting } from '../../web/review-page.ts'
import { roomPath } from '../../web/staff-frame.ts'
import { answerPage } from '../answer.ts'
import { doneOf, freshKey, give, readDeskForm, reviewersOf, seeDone, sha256 } from '../clerk.ts'
import { coopOf } from '../coop-of.ts'
import { param } from '../desk.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { namesOf } from '../names.ts'
import { todayOf } from '../periods.ts'
import { statusOf } from '../problem.ts'
import { readQuery } from '../read-query.ts'

const LATELY = 30
const query = z.strictObject({ did: z.string().max(20).optional() })

/** 待复核: the commands that wait for a second person, and the two answers to each. */
export function reviewRoutes(app: App, house: House): void {
  app.get('/staff/coops/:coop/review', async c => {
    await requireOperator(c, house)
    return show(c, house, await coopOf(c, house))
  })

  app.post('/staff/coops/:coop/review/:submission', async c => {
    await requireOperator(c, house)
    const coop = await coopOf(c, house)
    const form = await readDeskForm(c, ['verdict', 'reason'])
    const { reason = '', clerk = '' } = form
    const id = param(c, 'submission')
    const given = { coop: coop.coop, form }
    const answer =
      form.verdict === 'reject'
        ? await give(house, { ...given, name: 'RejectCommand', body: { id, officer: clerk, reason } })
        : await give(house, { ...given, name: 'ApproveCommand', body: { id, officer: clerk } })
    if ('did' in answer) return seeDone(c, roomPath(coop.coop, 'review'), answer.did)
    return show(c, house, coop, answer.refusal)
  })
}

async function show(c: Context, house: House, coop: CoopProfile, refusal?: Refusal): Promise<Response> {
  const { sql } = house.office
  const { did } = refusal ? {} : readQuery(c, query)
  const waiting = await Promise.all(waitingSubmissions(sql, coop.coop).map(each => waitingItem(house, coop, each)))
  const decided = decidedSubmissions(sql, coop.coop, LATELY).map(submission => ({
    submission,
    title: titleOf(submission),
    about: aboutOf(submission),
  }))
  const nameOf = namesOf(house, [
    ...[...waiting, ...decided].flatMap(({ submission: { maker, officer } }) => [maker.split(' via ')[0], officer]),
    ...waiting.flatMap(({ vouchers }) => vouchers.flatMap(({ lines }) => lines.map(line => line.counterparty))),
    ...waiting.flatMap(({ particulars }) => particulars.map(([, value]) => value)),
  ])
  const before = refusal ? { refusal } : { done: await doneOf(house, coop, did) }
  const page = reviewPage(coop, waiting, decided, nameOf, before)
  return answerPage(c, house, page, { coop, status: refusal ? statusOf(refusal.code) : 200 })
}

async function waitingItem(house: House, coop: CoopProfile, submission: Submission): Promise<Waiting> {
  const state = await house.office.ledger.state(coop.coop)
  const { revision } = await house.office.ledger.head(coop.coop)
  const reviewers = reviewersOf(house, state, submission.id)
  const at = { coop: coop.coop, today: todayOf(house), revision, sha256 }
  const [first] = reviewers
  const tried = first ? ifApproved(state, at, submission.id, first.person) : { events: [] }
  const events = 'events' in tried ? tried.events : []
  return {
    submission,
    title: titleOf(submission),
    vouchers: events.flatMap(({ data }) => ('voucher' in data ? [data.voucher as Voucher] : [])),
    particulars: particularsOf(submission),
    hindered: 'refusal' in tried ? tried.refusal : undefined,
    reviewers,
    key: freshKey(house),
  }
}

const titleOf = ({ command }: Submission): string =>
  Object.hasOwn(commands, command) ? commands[command as CommandName].title.replace(/（[^（]*）$/, '') : command

const ABOUT = ['summary', 'item', 'month', 'year', 'number', 'batch', 'run', 'no', 'quarter']

function aboutOf({ body }: Submission): string {
  const fields = JSON.parse(body) as Record<string, unknown>
  const name = ABOUT.find(each => ['string', 'number'].includes(typeof fields[each]))
  return name ? String(fields[name]) : ''
}

const LABELS: Record<string, string> = {
  number: '原凭证',
  month: '月份',
  year: '年度',
  reason: '原因',
  batch: '批次',
  run: '发放单',
  item: '事由',
  resolution: '决议',
  secondPerson: '同意人',
  unreconciled: '未对账的原因',
  source: '来源文件',
}

// What the command says in plain fields that an entry does not show.
function particularsOf({ body }: Submission): [string, string][] {
  const fields = Object.entries(JSON.parse(body) as Record<string, unknown>)
  return fields.flatMap(([name, value]): [string, string][] =>
    LABELS[name] && ['string', 'number'].includes(typeof value) ? [[LABELS[name], String(value)]] : [],
  )
}
