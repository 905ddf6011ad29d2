import type { Sql } from '../src/store/sql.ts'

/** Where a stored line keeps its counterparty and its project. */
const PLACES = { counterparty: 2, project: 5 } as const

/** The organisations or the projects this co-op's vouchers name, the commonest first; members are no words of its own. */
export function wordsOnLines(sql: Sql, coop: string, field: keyof typeof PLACES, limit = 300): string[] {
  const place = PLACES[field]
  return sql
    .all<{ word: string }>(
      `SELECT l.value ->> ${place} AS word FROM vouchers v, json_each(v.lines) l
        WHERE v.coop = ? AND l.value ->> ${place} IS NOT NULL
          AND l.value ->> ${place} NOT GLOB 'M[0-9][0-9][0-9][0-9][0-9]*'
        GROUP BY word ORDER BY count(*) DESC, word LIMIT ?`,
      ...[coop, limit],
    )
    .map(({ word }) => word)
}
