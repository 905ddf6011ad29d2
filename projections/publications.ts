import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

/** A closing balance as it was published: `account` or `fund`, its key, yuan (debit positive for accounts). */
export type Closing = [kind: string, key: string, amount: string]

export type PublishedDisclosure = {
  quarter: string
  version: number
  cutoff: string
  postedOn: string
  objectionFrom: string
  objectionTo: string
  atRevision: number
  figuresHash: string
  closings: Closing[]
  correction: string | undefined
  revision: number
  recordedAt: string
}

/** What a co-op has published, newest first. */
export function disclosuresOf(sql: Sql, coop: string): PublishedDisclosure[] {
  return sql
    .all(
      `SELECT quarter, version, cutoff, posted_on AS postedOn, objection_from AS objectionFrom,
        objection_to AS objectionTo, at_revision AS atRevision, figures_hash AS figuresHash, closings, correction,
        revision, recorded_at AS recordedAt FROM disclosures WHERE coop = ? ORDER BY quarter DESC, version DESC`,
      coop,
    )
    .map(row => ({
      ...presented<PublishedDisclosure>(row),
      closings: JSON.parse(String(row.closings)) as Closing[],
    }))
}

/** The version of a quarter that counts: the last one published; undefined when there is none. */
export function publishedDisclosure(sql: Sql, coop: string, quarter: string): PublishedDisclosure | undefined {
  return disclosuresOf(sql, coop).find(row => row.quarter === quarter)
}

export type Draft = { quarter: string; cutoff: string; atRevision: number; figuresHash: string; revision: number }

/** The last draft of a quarter's disclosure, published since or not. */
export function draftOf(sql: Sql, coop: string, quarter: string): Draft | undefined {
  return sql.get<Draft>(
    `SELECT quarter, cutoff, at_revision AS atRevision, figures_hash AS figuresHash, revision
      FROM drafts WHERE coop = ? AND quarter = ?`,
    ...[coop, quarter],
  )
}

export type Review = { by: 'board' | 'supervisors'; officer: string; on: string; opinion: string }

/** What the board and the supervisors said of the last draft, in the order they said it. */
export function reviewsOf(sql: Sql, coop: string, quarter: string): Review[] {
  return sql.all<Review>(
    `SELECT r.by, r.officer, r.on_day AS "on", r.opinion FROM reviews r
      JOIN drafts d ON d.coop = r.coop AND d.quarter = r.quarter
      WHERE r.coop = ? AND r.quarter = ? AND r.revision > d.revision ORDER BY r.revision`,
    ...[coop, quarter],
  )
}

export type ObjectionRow = {
  id: string
  on: string
  about: string
  resolution: string | undefined
  quarter: string | undefined
  person: string | undefined
  answeredOn: string | undefined
  answer: string | undefined
}

/** Objections by the day they were raised, as known at a revision; the reasons given in confidence are not here. */
export function objectionsOf(sql: Sql, coop: string, revision = Number.MAX_SAFE_INTEGER): ObjectionRow[] {
  return sql
    .all(
      `SELECT id, on_day AS "on", about, resolution, quarter, person,
        iif(answered_revision <= ?, answered_on, NULL) AS answeredOn,
        iif(answered_revision <= ?, answer, NULL) AS answer
        FROM objections WHERE coop = ? AND revision <= ? ORDER BY on_day, id`,
      ...[revision, revision, coop, revision],
    )
    .map(row => presented<ObjectionRow>(row))
}
