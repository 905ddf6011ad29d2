import { lastDay, periodOf } from '../src/domain/calendar.ts'
import type { Use } from '../src/domain/property/card-state.ts'
import { invariant } from '../src/domain/refusal.ts'
import type { Sql } from '../src/store/sql.ts'
import { presented } from './rows.ts'

/** A card at the end of a period, yuan; `charge` is the period's depreciation. One disposed of in it stands at 0.00. */
export type AssetCardRow = {
  card: string
  name: string
  asset: string | undefined
  account: string
  fund: string
  use: Use
  inService: string
  life: number
  residual: string
  cost: string
  accumulated: string
  net: string
  charge: string
  disposedOn: string | undefined
}

/**
 * The cards that stood or moved in a period written `2025-12`, `2025Q4` or `2025`, by account and card, as known at a
 * revision. Their cost and accumulated depreciation sum to the accounts' balances at the end of the period.
 */
export function assetCards(sql: Sql, coop: string, period: string, revision = Number.MAX_SAFE_INTEGER): AssetCardRow[] {
  const months = periodOf(period)
  invariant(months !== undefined, `not a period: ${period}`)
  const [from, to] = [`${months.from}-01`, lastDay(months.to)]
  const rows = sql.all(
    `SELECT c.card, c.name, c.asset, c.account, c.fund, c.in_service AS inService, c.life, c.residual,
      (SELECT asset_use FROM card_uses u WHERE u.coop = c.coop AND u.card = c.card AND u.revision <= ?
        AND (u.from_month <= ? OR u.revision = c.revision) ORDER BY u.revision DESC LIMIT 1) AS "use",
      sum(m.cost) AS cost, sum(m.accumulated) AS accumulated, sum(m.cost - m.accumulated) AS net,
      coalesce(sum(m.accumulated) FILTER (WHERE m.kind = 'charge' AND m.date >= ?), 0) AS charge,
      CASE WHEN sum(m.cost) = 0 THEN max(m.date) FILTER (WHERE m.kind = 'disposal') END AS disposedOn
      FROM asset_cards c JOIN card_moves m ON m.coop = c.coop AND m.card = c.card
      WHERE c.coop = ? AND m.date <= ? AND m.revision <= ?
        AND c.revision = (SELECT max(revision) FROM asset_cards l WHERE l.coop = c.coop AND l.card = c.card
          AND l.revision <= ?)
      GROUP BY c.card HAVING sum(m.cost) <> 0 OR charge <> 0 OR disposedOn >= ? ORDER BY c.account, c.card`,
    ...[revision, months.to, from, coop, to, revision, revision, from],
  )
  return rows.map(row => presented<AssetCardRow>(row, ['residual', 'cost', 'accumulated', 'net', 'charge']))
}

/** What happened on a card: `month` is the month a charge is for; yuan, an asset's end with a minus. */
export type CardMove = {
  date: string
  kind: 'opening' | 'charge' | 'disposal'
  month: string
  cost: string
  accumulated: string
  voucher: string | undefined
}

/** The history of one card, in the order it was recorded. */
export function cardMoves(sql: Sql, coop: string, card: string): CardMove[] {
  return sql
    .all(
      `SELECT date, kind, month, cost, accumulated, nullif(voucher, '') AS voucher FROM card_moves
        WHERE coop = ? AND card = ? AND (cost <> 0 OR accumulated <> 0) ORDER BY revision, ordinal`,
      ...[coop, card],
    )
    .map(row => presented<CardMove>(row, ['cost', 'accumulated']))
}
