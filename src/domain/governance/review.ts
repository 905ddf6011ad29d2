import type { ReviewRule } from '../books/state.ts'
import type { CommandName } from '../commands.ts'
import { commands } from '../commands.ts'
import { ruleInForce } from '../desk.ts'
import type { CoopEvent, EventData } from '../events.ts'
import { add, type Fen, fenOf, total, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import type { CoopState } from '../state.ts'
import { type Review, signed, type Voucher } from '../voucher.ts'
import type { Doing, Role } from './events.ts'
import { holds, inOffice } from './state.ts'

type Submission = EventData<'CommandSubmitted'>

/** Who may set the policy or switch a rule on is itself never left to a rule. */
const ALWAYS_A_PERSON = new Set<CommandName>(['SetReviewPolicy', 'AuthoriseReviewRule'])
/** What already waits for two persons of its own: the board's confirmation and the supervisors' opinion. */
const REVIEWED_ELSEWHERE = new Set<CommandName>(['PublishDisclosure'])

const MAY_REVIEW: readonly Role[] = ['理事长', '理事', '会计']
const MAY_REVIEW_PUBLISHING: readonly Role[] = ['理事长', '理事', '监事长', '监事']

/** What a command does, told by its marks and by the facts it would make, and the largest voucher of them in fen. */
export function doingOf(
  state: CoopState,
  name: CommandName,
  events: readonly CoopEvent[],
): { doing: Doing; amount: Fen } {
  const vouchers = events.flatMap(({ data }) => ('voucher' in data ? [data.voucher] : []))
  const amount = Math.max(0, ...vouchers.map(sizeOf), ...events.map(approvedTotal))
  return { doing: isHistory(state, events) ? 'other' : kind(name, events, vouchers), amount }
}

/**
 * Who has to review such a command (财会〔2024〕12号 arts. 21–22): 'person' for a second person who has not yet, or what
 * the vouchers name. The first row of the policy that fits decides; without one, what pays out, reverses, closes or
 * publishes needs a person. All this from the day the co-op has two officers.
 */
export function reviewNeeded(
  state: CoopState,
  name: CommandName,
  events: readonly CoopEvent[],
  actor: string,
): 'person' | Review | undefined {
  if (inOffice(state.governance).size < 2) return undefined
  if (ALWAYS_A_PERSON.has(name)) return 'person'
  if (REVIEWED_ELSEWHERE.has(name)) return undefined
  const settled = events.find(event => event.type === 'PaymentsSettled')
  if (settled) return { person: approverOf(state, settled.data.batch), preparer: actor }
  const { doing, amount } = doingOf(state, name, events)
  const row = state.governance.policy.find(
    each => (each.of === name || each.of === doing) && (each.upTo === undefined || amount <= fenOf(each.upTo)),
  )
  if (row) return row.by === 'person' ? 'person' : ruleNamed(state, row.by.rule)
  return doing === 'other' ? undefined : 'person'
}

/** The facts of a command that waits for a second person. */
export function submission(
  state: CoopState,
  name: CommandName,
  body: unknown,
  events: readonly CoopEvent[],
  actor: string,
): Submission {
  const { doing, amount } = doingOf(state, name, events)
  const id = `S${state.governance.submitted + 1}`
  const plain = JSON.parse(JSON.stringify(body)) as Submission['body']
  return { id, command: name, body: plain, doing, amount: yuan(amount), by: actor }
}

/** The waiting command that an officer decides on; refuses its own maker and whoever may not review it. */
export function underReview(state: CoopState, id: string, officer: string): Submission {
  const { governance } = state
  const waiting = governance.waiting.get(id)
  if (!waiting) {
    const known = /^S\d+$/.test(id) && Number(id.slice(1)) <= governance.submitted
    if (known) refuse('SubmissionDecided', `待审事项 ${id} 已经处理过，不用再审。`)
    refuse('SubmissionUnknown', `没有编号为 ${id} 的待审事项，请核对编号。`)
  }
  if (officer === makerOf(waiting.by))
    refuse('SamePerson', '制单人不能复核自己经办的事项，请换另一个人复核。', '会计法 art. 35')
  const roles = waiting.doing === 'publishes' ? MAY_REVIEW_PUBLISHING : MAY_REVIEW
  if (!holds(governance, officer, roles))
    refuse('NotEntitled', `${officer} 不是${roles.join('、')}，不能复核这项内容。`, '财会〔2024〕12号 art. 21')
  if (holds(governance, officer, ['出纳'])) refuse('NotEntitled', '出纳不能兼任稽核，请由别人复核。', '会计法 art. 35')
  return waiting
}

/** The person code in an actor such as `M00012 via web`; undefined for one who is nobody's code. */
const makerOf = (actor: string): string | undefined => /^(M\d{5,}) via /.exec(actor)?.[1]

/** Refuses a policy that names a rule nobody authorised, or a command there is not. */
export function checkPolicy(state: CoopState, rows: EventData<'ReviewPolicySet'>['rows']): void {
  for (const { of, by } of rows) {
    if (/^[A-Z]/.test(of) && !Object.hasOwn(commands, of))
      refuse('CommandUnknown', `没有“${of}”这个命令，请核对复核办法。`)
    if (by !== 'person') ruleNamed(state, by.rule)
  }
}

function ruleNamed(state: CoopState, name: string): ReviewRule {
  const rule = state.books.reviewRules.get(name)
  if (!rule) refuse('RuleUnknown', `没有启用过“${name}”这条自动复核规则，请先启用（AuthoriseReviewRule）。`)
  return rule
}

// A batch may have been approved before the policy bound, and by a name instead of a code.
function approverOf(state: CoopState, batch: string): string {
  return state.payments.batches.get(batch)?.approvedBy ?? ruleInForce(state.books).authorisedBy
}

// What was kept elsewhere and begins these books was reviewed where it was kept.
const isHistory = ({ books }: CoopState, events: readonly CoopEvent[]): boolean =>
  events.some(({ type, data }) => {
    const source = type === 'VoucherPosted' ? data.source : undefined
    return source !== undefined && [...books.sources].every(each => each === source)
  })

function kind(name: CommandName, events: readonly CoopEvent[], vouchers: readonly Voucher[]): Doing {
  const { marks } = commands[name]
  if (marks.includes('close')) return 'closes'
  if (marks.includes('publish')) return 'publishes'
  if (events.some(({ type }) => type === 'VoucherReversed' || type === 'DividendWithdrawn')) return 'reverses'
  if (vouchers.some(({ corrects }) => corrects !== undefined)) return 'reverses'
  const pays = events.some(({ type }) => type === 'PaymentBatchApproved' || type === 'GoodsGiven')
  return pays || vouchers.some(paysOut) ? 'pays' : 'other'
}

// Money that only moves between the co-op's own accounts is not paid out.
const paysOut = ({ lines }: Voucher): boolean =>
  lines.filter(({ account }) => /^10[12]/.test(account)).reduce((sum, line) => add(sum, signed(line)), 0) < 0

const sizeOf = ({ lines }: Voucher): Fen => Math.abs(total(lines, ({ debit }) => fenOf(debit ?? '0.00')))

const approvedTotal = ({ type, data }: CoopEvent): Fen => (type === 'PaymentBatchApproved' ? fenOf(data.total) : 0)
