import type { EventData } from '../src/domain/events.ts'
import { type Fen, fenOf } from '../src/domain/money.ts'
import type { Voucher } from '../src/domain/voucher.ts'
import type { Sql } from '../src/store/sql.ts'
import type { EventOf, ProjectedEvent, Projection } from './projection.ts'
import { insert, insertEach, reverseRows } from './rows.ts'

/**
 * Asset cards and what has moved on each: cost and accumulated depreciation, signed and dated, so that every balance is a
 * sum; a red voucher enters its original's moves once more, negated. `month` is the month that a charge is for. Fen.
 */
export const assets: Projection = {
  name: 'assets',
  version: 1,
  tables: {
    asset_cards: `coop TEXT NOT NULL, card TEXT NOT NULL, asset TEXT, name TEXT NOT NULL, account TEXT NOT NULL,
      fund TEXT NOT NULL, residual INTEGER NOT NULL, life INTEGER NOT NULL, in_service TEXT NOT NULL,
      opened_on TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (coop, card, revision)`,
    card_uses: `coop TEXT NOT NULL, card TEXT NOT NULL, revision INTEGER NOT NULL, from_month TEXT NOT NULL,
      asset_use TEXT NOT NULL, PRIMARY KEY (coop, card, revision)`,
    card_moves: `coop TEXT NOT NULL, revision INTEGER NOT NULL, ordinal INTEGER NOT NULL, card TEXT NOT NULL,
      kind TEXT NOT NULL, month TEXT NOT NULL, cost INTEGER NOT NULL, accumulated INTEGER NOT NULL, date TEXT NOT NULL,
      voucher TEXT NOT NULL, PRIMARY KEY (coop, revision, ordinal)`,
  },
  indexes: ['CREATE INDEX card_moves_by_card ON card_moves (coop, card)'],
  apply(tx, event) {
    switch (event.type) {
      case 'AssetCardOpened':
        open(tx, event, event.data)
        break
      case 'ProjectCompleted':
        open(tx, event, event.data.opened, event.data.voucher)
        break
      case 'AssetCardWithdrawn':
        withdraw(tx, event)
        break
      case 'AssetUseChanged': {
        const { card, from, use } = event.data
        insert(tx, 'card_uses', { ...at(event), card, from_month: from, asset_use: use })
        break
      }
      case 'DepreciationCharged': {
        const { month, cards = [], voucher } = event.data
        move(tx, event, { kind: 'charge', month, ...booked(voucher) }, charges(cards))
        break
      }
      case 'AssetDisposed':
        dispose(tx, event)
        break
      case 'VoucherReversed':
        reverseRows(tx, 'card_moves', event, ['ordinal', 'card', 'kind', 'month'], ['cost', 'accumulated'])
        break
    }
  },
}

type Moved = [card: string, cost: Fen, accumulated: Fen]

function open(tx: Sql, event: ProjectedEvent, data: EventData<'AssetCardOpened'>, voucher?: Voucher): void {
  const { card, asset, name, account, fund = '', cost, residual, life, inService, use, accumulated, on } = data
  insert(tx, 'asset_cards', {
    ...at(event),
    ...{ card, asset, name, account, fund, life, residual: fenOf(residual), in_service: inService, opened_on: on },
  })
  insert(tx, 'card_uses', { ...at(event), card, from_month: inService, asset_use: use })
  const when = voucher ? booked(voucher) : { date: on, voucher: '' }
  const amounts: Moved = [card, fenOf(cost), fenOf(accumulated)]
  move(tx, event, { kind: 'opening', month: on.slice(0, 7), ...when }, [amounts])
}

// A card that ought not to have been there is taken out on the day it was opened.
function withdraw(tx: Sql, { coop, revision, data }: EventOf<'AssetCardWithdrawn'>): void {
  tx.run(
    `INSERT INTO card_moves SELECT coop, ?, 0, card, kind, month, -cost, -accumulated, date, voucher FROM card_moves
      WHERE coop = ? AND card = ? AND kind = 'opening' ORDER BY revision DESC LIMIT 1`,
    ...[revision, coop, data.card],
  )
}

function dispose(tx: Sql, event: EventOf<'AssetDisposed'>): void {
  const { card, cost, charged, accumulated, voucher } = event.data
  const when = { month: voucher.date.slice(0, 7), ...booked(voucher) }
  move(tx, event, { kind: 'charge', ...when }, charges([[card, charged]]))
  insert(tx, 'card_moves', {
    ...{ ...at(event), ordinal: 1, kind: 'disposal', ...when },
    ...{ card, cost: -fenOf(cost), accumulated: -fenOf(accumulated) },
  })
}

function move(tx: Sql, event: ProjectedEvent, shared: Record<string, string>, moves: readonly Moved[]): void {
  insertEach(tx, 'card_moves', { ...at(event), ...shared }, ['card', 'cost', 'accumulated'], moves)
}

const charges = (list: readonly (readonly [card: string, amount: string])[]): Moved[] =>
  list.map(([card, amount]) => [card, 0, fenOf(amount)])
const at = ({ coop, revision }: ProjectedEvent) => ({ coop, revision })
const booked = ({ date, number }: Voucher) => ({ date, voucher: number })
