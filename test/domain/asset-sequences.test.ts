import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetCards } from '../../projections/asset-rows.ts'
import { assets } from '../../projections/assets.ts'
import type { ProjectedEvent } from '../../projections/projection.ts'
import { balance } from '../../src/domain/books/state.ts'
import { lastDay, plusMonths } from '../../src/domain/calendar.ts'
import type { CommandName } from '../../src/domain/commands.ts'
import { fenOf, total } from '../../src/domain/money.ts'
import { cardsOut } from '../../src/domain/property/card-accounts.ts'
import { accumulatedAfter } from '../../src/domain/property/card-state.ts'
import { live } from '../projections/fixture.ts'
import { Coop } from '../support/coop.ts'
import { ready } from '../support/stories.ts'

type Move = { what: 'buy' | 'run' | 'dispose' | 'use' | 'reverse'; pick: number; life: number; fen: number }
const move: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom('buy', 'run', 'run', 'run', 'dispose', 'use', 'reverse'),
  pick: fc.nat(),
  life: fc.integer({ min: 1, max: 30 }),
  fen: fc.integer({ min: 1, max: 99_999 }),
})
const ACCOUNTS = ['151', '161', '171']
const USES = ['let', 'own', 'welfare']

test('whatever is bought, charged, disposed of and taken back, the cards, their table and the books agree', () => {
  let disposals = 0
  let reversals = 0
  fc.assert(
    fc.property(fc.array(move, { minLength: 12, maxLength: 40 }), moves => {
      const coop = new Coop().play([ready, OLD])
      moves.forEach((each, index) => {
        play(coop, each, `${index}`)
        expect(cardsOut(coop.state)).toBeUndefined()
      })
      disposals += coop.events.filter(({ type }) => type === 'AssetDisposed').length
      reversals += coop.events.filter(({ type }) => type === 'VoucherReversed').length
      agreesWithTable(coop)
      exactAfterLastRun(coop)
    }),
    { numRuns: 40, seed: 17 },
  )
  expect(Math.min(disposals, reversals)).toBeGreaterThan(20)
})

const OLD = [
  'OpenAssetCard',
  {
    ...{ card: '旧', name: '综合楼', account: '151', cost: '500000', residual: '25000.01', life: 377 },
    ...{ inService: '2017-02', accumulated: '100000', use: 'let', on: '2025-01-01' },
  },
] as const

// What is refused changes nothing; a purchase and its card come together.
function play(coop: Coop, { what, pick, life, fen }: Move, id: string): void {
  const { cards, runs } = coop.state.property
  const next = plusMonths([...runs].sort().at(-1) ?? '2024-12', 1)
  const date = next > '2025-12' ? '2025-12-31' : lastDay(next)
  const some = [...cards.keys()][pick % cards.size]!
  if (what === 'run') attempt(coop, 'RunDepreciation', { month: next, date })
  if (what === 'dispose') attempt(coop, 'DisposeAsset', { ...{ card: some, date, reason: '报废' }, ...proceeds(fen) })
  if (what === 'use') attempt(coop, 'ChangeAssetUse', { card: some, use: USES[pick % 3], from: next, reason: '调整' })
  if (what === 'buy') {
    const account = ACCOUNTS[pick % 3]!
    const amount = (fen / 100).toFixed(2)
    const paid = { item: '购置', account, payee: { organisation: '某厂' }, amount, from: '102-基本户' }
    coop.run('PayExpense', { ...paid, id, date })
    const card = { card: id, name: '设备', account, cost: amount, life, inService: next > '2025-12' ? '2025-12' : next }
    coop.run('OpenAssetCard', { ...card, use: USES[pick % 3], on: date })
  }
  if (what === 'reverse') {
    const done = coop.events.filter(({ type }) => type === 'DepreciationCharged' || type === 'AssetDisposed')
    const data = done.at(-1 - (pick % 2))?.data
    const number = data && 'voucher' in data ? data.voucher.number : 'none'
    attempt(coop, 'ReverseVoucher', { number, date: '2025-12-31', reason: '错了' })
  }
}

function attempt(coop: Coop, name: CommandName, body: unknown): void {
  const decision = coop.ask(name, body)
  if ('events' in decision) for (const event of decision.events) coop.fold(event)
}

const proceeds = (fen: number) => (fen % 2 === 0 ? {} : { proceeds: (fen / 100).toFixed(2), into: '102-基本户' })

function agreesWithTable(coop: Coop): void {
  const events = coop.events.map((event, revision) => ({ ...event, coop: 'k', revision, position: revision + 1 }))
  const rows = assetCards(live(events as unknown as ProjectedEvent[], [assets]), 'k', '2025')
  const { books } = coop.state
  const sum = (code: string, of: 'cost' | 'accumulated' | 'net') =>
    total(
      rows.filter(({ account }) => account === code),
      row => fenOf(row[of]),
    )
  expect(sum('151', 'cost') - balance(books, '151')).toBe(0)
  expect(sum('161', 'cost') - balance(books, '161')).toBe(0)
  expect(sum('171', 'net') - balance(books, '171')).toBe(0)
  expect(sum('151', 'accumulated') + balance(books, '152')).toBe(0)
  expect(sum('161', 'accumulated') + balance(books, '162')).toBe(0)
  expect(balance(books, '154')).toBe(0)
}

// After a run every card stands where its straight line says, whatever happened before.
function exactAfterLastRun(coop: Coop): void {
  const { cards, runs } = coop.state.property
  const last = [...runs].sort().at(-1)
  if (!last || coop.events.at(-1)?.type !== 'DepreciationCharged') return
  for (const card of cards.values()) if (!card.disposed) expect(card.accumulated).toBe(accumulatedAfter(card, last))
}
