import { describe, expect, test } from 'vitest'
import { budgetReport } from '../../projections/budget.ts'
import type { EventOf } from '../../projections/projection.ts'
import { spentOn } from '../../src/domain/books/budget-check.ts'
import { yuan } from '../../src/domain/money.ts'
import { emptyCoop, evolve } from '../../src/domain/state.ts'
import { live } from './fixture.ts'
import { village } from './village.ts'

const { events } = village()
const sql = live(events)
const rows = (period: string) => budgetReport(sql, 'sun', period)!.rows

describe('the budget report', () => {
  test('sets what was booked beside what was planned, item by item, up to the end of the period', () => {
    expect(rows('2025Q3')[0]).toEqual({
      ...{
        item: '办公',
        title: '办公费',
        direction: 'out',
        account: '513-办公',
        programme: undefined,
        fund: undefined,
      },
      ...{ adopted: '100.00', planned: '400.00', actual: '325.00', left: '75.00', percent: '81.3', over: false },
    })
    expect(rows('2025Q1')[0]).toMatchObject({ actual: '205.00', left: '195.00' })
  })

  test('takes programmes, funds and income as well as accounts, and shows an item that the plan got later', () => {
    const brief = rows('2025').map(({ item, actual, percent }) => [item, actual, percent])
    expect(brief.slice(1)).toEqual([
      ['津贴', expect.stringMatching(/^[1-9]/), expect.any(String)],
      ['路灯', '3000.00', '37.5'],
      ['停车', '60.00', '25.0'],
      ['差旅', '0.00', '0.0'],
    ])
    expect(rows('2025').at(-1)).toMatchObject({ adopted: '0.00', planned: '500.00' })
  })

  test('names its resolutions, and is not there for a year without a plan', () => {
    const proposed = events.filter(
      (event): event is EventOf<'ResolutionProposed'> => event.type === 'ResolutionProposed',
    )
    const plans = proposed.filter(({ data }) => data.matter === 'budget').map(({ data }) => data.no)
    expect(plans).toHaveLength(2)
    expect(budgetReport(sql, 'sun', '2025-09')).toMatchObject({
      year: 2025,
      binding: false,
      resolutions: plans,
    })
    expect(budgetReport(sql, 'sun', '2024')).toBeUndefined()
  })

  test('says of every item what the domain says of it', () => {
    const state = emptyCoop()
    for (const event of events) evolve(state, event)
    const items = [...state.plans.get(2025)!.items.values()]
    const told = items.map(item => [item.item, yuan(spentOn(state, item, 2025))])
    expect(rows('2025').map(({ item, actual }) => [item, actual])).toEqual(told)
    expect(told.some(([, amount]) => amount !== '0.00')).toBe(true)
  })
})
