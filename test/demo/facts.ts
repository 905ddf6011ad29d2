import { type ProjectedEvent, voucherOf } from '../../projections/projection.ts'
import { fenOf, yuan } from '../../src/domain/money.ts'
import { signed } from '../../src/domain/voucher.ts'

/** One line of the tables in docs/demo-facts.md. */
export type Claim = { figure: string; coop: string; found: string; value: string }

/** The claims of every table headed `figure | co-op | how it is found | value`. */
export function claimsIn(markdown: string): Claim[] {
  return markdown.split('\n').flatMap(line => {
    const [, figure, coop, found, value] = line.split('|').map(cell => cell.trim())
    const query = /^`(.+)`$/.exec(found ?? '')?.[1]
    if (!figure || !coop || !query || !value || !/^[a-z0-9-]+$/.test(coop)) return []
    return [{ figure, coop, found: query, value: value.replaceAll(',', '') }]
  })
}

/** Asks the log of one co-op (all are given for what two levels pay together) the question of a claim. */
export function answer(events: readonly ProjectedEvent[], { coop, found }: Claim): string {
  if (found === 'least dividend of two levels') return yuan(Math.min(...dividends(events, coop).values()))
  const mine = events.filter(event => event.coop === coop)
  const [question = '', condition] = found.split(' where ')
  const [verb = '', ...rest] = question.split(' ')
  const kept = mine.filter(event => !condition || holds(event, condition))
  switch (verb) {
    case 'booked':
      return booked(mine, rest[0] === 'debit', rest.slice(1))
    case 'opening':
      return yuan(
        linesOf(
          mine.filter(({ type }) => type === 'OpeningBalancesRecorded'),
          rest,
        ).reduce((a, b) => a + b, 0),
      )
    case 'count':
      return String(kept.filter(({ type }) => type === rest[0]).length)
    case 'sum':
      return summed(valuesOf(kept, rest[0]!))
    case 'each':
      return [...new Set(valuesOf(kept, rest[0]!).map(String))].join('、')
    case 'length':
      return String(
        rest.flatMap(path => valuesOf(kept, path) as unknown[][]).reduce((sum, list) => sum + list.length, 0),
      )
    default:
      throw new Error(`nobody understands “${found}”`)
  }
}

/** What each holder of the community was declared by it and by the 小组 under it, in fen. */
export function dividends(events: readonly ProjectedEvent[], community: string): Map<string, number> {
  const sums = new Map<string, number>()
  const runs = events.filter(({ coop }) => coop === community || coop.startsWith(`${community}-`))
  for (const event of runs) {
    if (event.type !== 'DividendDeclared') continue
    for (const [person, , amount] of [...event.data.members, ...event.data.outsiders])
      sums.set(person, (sums.get(person) ?? 0) + fenOf(amount))
  }
  return sums
}

function booked(events: readonly ProjectedEvent[], debit: boolean, accounts: readonly string[]): string {
  const year = events.filter(({ type }) => type !== 'OpeningBalancesRecorded' && type !== 'YearClosed')
  const usual = linesOf(year, accounts, debit)
  return yuan(usual.reduce((a, b) => a + b, 0))
}

// One side of the accounts, red amounts negative on it; both sides, debit positive, when no side is named.
function linesOf(events: readonly ProjectedEvent[], accounts: readonly string[], debit?: boolean): number[] {
  const lines = events.flatMap(event => voucherOf(event)?.lines ?? [])
  return lines
    .filter(({ account }) => accounts.some(each => account === each || account.startsWith(`${each}-`)))
    .filter(line => debit === undefined || (line.debit !== undefined) === debit)
    .map(line => (debit === false ? -signed(line) : signed(line)))
}

function holds(event: ProjectedEvent, condition: string): boolean {
  const [, path = '', sign, text = ''] = /^(.+?)(\^?=)(.+)$/.exec(condition) ?? []
  const values = at(event.data, path.split('.')).map(String)
  return values.some(value => (sign === '^=' ? value.startsWith(text) : value === text))
}

function valuesOf(events: readonly ProjectedEvent[], question: string): unknown[] {
  const [type, ...path] = question.split('.')
  return events.filter(event => event.type === type).flatMap(event => at(event.data, path))
}

function at(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return [value]
  if (value === undefined || value === null) return []
  if (step === '*') return (value as unknown[]).flatMap(each => at(each, rest))
  return at((value as Record<string, unknown>)[step], rest)
}

function summed(values: readonly unknown[]): string {
  const numbers = values.filter(value => typeof value === 'number')
  if (numbers.length > 0) return String(numbers.reduce((a, b) => a + b, 0))
  return yuan(values.filter(value => typeof value === 'string').reduce((sum, text) => sum + fenOf(text), 0))
}
