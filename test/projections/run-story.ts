import { entitlementRows } from '../../projections/entitlement-rows.ts'
import { live, Story } from './fixture.ts'

const identity = 'v1.cipher'

/** Two members and an outsider owed 600 each by one run, approved by the voucher 2025-02-记-1. */
export function run(story = new Story()): Story {
  for (const person of ['M00001', 'M00002'])
    story.add('MemberAdmitted', { person, identity, birthMonth: '1950-01', on: '2025-01-01', basis: '户籍' })
  story.add('ProgrammeAdopted', {
    ...{ programme: 'ELDER', name: '养老津贴', kind: 'allowance', treatment: 'welfare', scope: 'residents' },
    ...{ minAge: 60, monthly: '600.00', from: '2025-01', on: '2025-01-01', rule: '每月600元' },
  })
  return approve(story)
}

/** Prepares and approves the run E1. */
export function approve(story: Story): Story {
  const members: [string, string][] = [
    ['M00001', '600.00'],
    ['M00002', '600.00'],
  ]
  const outsiders: [string, string][] = [['M00003', '600.00']]
  const lists = {
    run: 'E1',
    programme: 'ELDER',
    period: '2025-02',
    members,
    outsiders,
    basis: '每月600元',
    total: '1800.00',
  }
  story.add('RunPrepared', { ...lists, heads: 3 })
  return story.add('RunApproved', {
    ...lists,
    voucher: story.voucher('2025-02-10', '津贴', [
      ['514-老年人津贴', 'D', '1800.00'],
      ['113-津贴', 'C', '1200.00', { breakdown: 'members' }],
      ['211-津贴', 'C', '600.00', { breakdown: 'outsiders' }],
    ]),
  })
}

export type Item = [string, string, string]
/** What E1 owes a person, as a payment names it. */
export const owed = (person: string): Item => [person, 'E1', '600.00']

/** Pays items in one batch of the bank; `failed` come back at once. */
export function pay(story: Story, items: Item[], failed: Item[] = []): Story {
  const total = `${(items.length + failed.length) * 600}.00`
  const batch = `B${story.events.length}`
  story.add('PaymentBatchPrepared', { batch, from: '102', on: '2025-02-11', items: [...items, ...failed], total })
  story.add('PaymentBatchApproved', {
    batch,
    on: '2025-02-11',
    by: '理事长',
    count: items.length + failed.length,
    total,
  })
  const paid = `${items.length * 600}.00`
  const voucher = story.voucher('2025-02-12', '代发', [
    ['113-津贴', 'D', paid],
    ['102', 'C', paid],
  ])
  return story.add('PaymentsSettled', { batch, items, failed, voucher })
}

/** The voucher of 600.00 coming back. */
export const refund = (story: Story) =>
  story.voucher('2025-02-20', '退票', [
    ['102', 'D', '600.00'],
    ['113-津贴', 'C', '600.00'],
  ])
/** The first thing granted to a person. */
export const statusOf = (story: Story, person = 'M00001') => entitlementRows(live(story.events), { person })[0]
