import { type Fen, yuan } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

/** The count of a vote; `adopted` is undefined until the result is stated. */
export type VoteRow = {
  on: string
  noticeOn: string
  eligible: number
  present: number
  inFavour: number
  against: number
  abstained: number
  incapacitated: number
  basis: string
  adopted: boolean | undefined
  threshold: number | undefined
  article: string | undefined
  reason: string | undefined
  /** Hash and revision of the event that stated the result. */
  hash: string | undefined
  decidedRevision: number | undefined
}
export type NoticeRow = { postedOn: string; objectionFrom: string; objectionTo: string; days: number }
export type OutcomeRow = { on: string; result: string; spent: string; beneficiaries: number | undefined }
export type StepRow = { on: string; by: string; opinion: string }
export type ResolutionRow = {
  no: string
  title: string
  matter: string
  body: string
  content: string[]
  /** What may be spent, or for a letting what it is to bring in; yuan. */
  budget: string | undefined
  fund: string | undefined
  laidOpenOn: string | undefined
  responsible: string | undefined
  proposedOn: string
  revision: number
  steps: StepRow[]
  vote: VoteRow | undefined
  notice: NoticeRow | undefined
  outcomes: OutcomeRow[]
  /** Spent on it so far (for a letting: earned by it), yuan. */
  actual: string
  direction: 'spent' | 'received'
}
/** A day and a revision of the co-op's stream; what came later is not known yet. */
export type Known = { on?: string; revision?: number }

/** The resolutions of a co-op in the order they were proposed, as of a day, as known at a revision. */
export function resolutionsOf(sql: Sql, coop: string, known: Known = {}): ResolutionRow[] {
  const cut = [coop, known.on ?? '9999-12-31', known.revision ?? Number.MAX_SAFE_INTEGER] as const
  const steps = grouped<StepRow>(sql, 'resolution_steps', 'on_day AS "on", by, opinion', 'on_day', cut)
  const outcomes = grouped<OutcomeRow>(
    sql,
    'outcome_notices',
    `on_day AS "on", result, spent, beneficiaries`,
    'on_day',
    cut,
    ['spent'],
  )
  const notices = grouped<NoticeRow>(
    sql,
    'decision_notices',
    'posted_on AS postedOn, objection_from AS objectionFrom, objection_to AS objectionTo, days',
    'posted_on',
    cut,
  )
  const votes = grouped<VoteRow & { adopted: number | undefined }>(sql, 'votes', VOTE, 'on_day', cut)
  const moves = movesOf(sql, cut)
  return sql
    .all(
      `SELECT no, title, matter, body, content, budget, fund, laid_open_on AS laidOpenOn, responsible,
        proposed_on AS proposedOn, revision FROM resolutions
        WHERE coop = ? AND proposed_on <= ? AND revision <= ? ORDER BY revision`,
      ...cut,
    )
    .map(({ budget, ...row }) => {
      const no = String(row.no)
      const [vote] = votes.get(no) ?? []
      return {
        ...presented<ResolutionRow>(row),
        content: JSON.parse(String(row.content)) as string[],
        budget: typeof budget === 'number' ? yuan(budget) : undefined,
        steps: steps.get(no) ?? [],
        vote: vote && { ...vote, adopted: vote.adopted === undefined ? undefined : Number(vote.adopted) === 1 },
        notice: notices.get(no)?.[0],
        outcomes: outcomes.get(no) ?? [],
        actual: yuan(moves.get(no)?.amount ?? 0),
        direction: moves.get(no)?.direction ?? (row.matter === 'lease' ? 'received' : 'spent'),
      }
    })
}

/** One resolution by its number; undefined when there is none. */
export function resolutionByNo(sql: Sql, coop: string, no: string): ResolutionRow | undefined {
  return resolutionsOf(sql, coop).find(row => row.no === no)
}

/** The resolution each voucher rests on, for the vouchers of the months from one to another. */
export function citedResolutions(sql: Sql, coop: string, from: string, to: string): Map<string, string> {
  return new Map(
    sql
      .all<{ voucher: string; no: string }>(
        'SELECT voucher, no FROM resolution_moves WHERE coop = ? AND substr(date, 1, 7) BETWEEN ? AND ?',
        ...[coop, from, to],
      )
      .map(({ voucher, no }) => [voucher, no]),
  )
}

const VOTE = `on_day AS "on", notice_on AS noticeOn, eligible, present, in_favour AS inFavour, against, abstained,
  incapacitated, basis, adopted, threshold, article, reason, hash, decided_revision AS decidedRevision`

type Cut = readonly [string, string, number]

function grouped<T>(
  sql: Sql,
  table: string,
  columns: string,
  day: string,
  cut: Cut,
  money: readonly (keyof T & string)[] = [],
): Map<string, T[]> {
  const lists = new Map<string, T[]>()
  const rows = sql.all(
    `SELECT no, ${columns} FROM ${table} WHERE coop = ? AND ${day} <= ? AND revision <= ? ORDER BY no, revision`,
    ...cut,
  )
  for (const { no, ...row } of rows) {
    const list = lists.get(String(no)) ?? []
    lists.set(String(no), list)
    list.push(presented<T>(row, money))
  }
  return lists
}

function movesOf(sql: Sql, cut: Cut): Map<string, { direction: 'spent' | 'received'; amount: Fen }> {
  const rows = sql.all<{ no: string; direction: 'spent' | 'received'; amount: Fen }>(
    `SELECT no, direction, sum(amount) AS amount FROM resolution_moves
      WHERE coop = ? AND date <= ? AND revision <= ? GROUP BY no, direction`,
    ...cut,
  )
  return new Map(rows.map(({ no, ...move }) => [no, move]))
}
