import { describe, expect, test } from 'vitest'
import { Unavailable } from '../../src/store/errors.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import type { EventStore } from '../../src/store/port.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { begin, invented, office, openLedger, tell } from '../support/ledger.ts'
import { FaultyStore, nthCall } from './faulty-store.ts'

const PERSON = 'M00001'
const changed = (details: object) => ({ person: PERSON, on: '2025-12-01', reason: '换卡', details })
const account = '6228800000000001'

async function withMember(inner: EventStore = new MemoryStore()) {
  const store = new FaultyStore(inner)
  const opened = openLedger(store)
  await begin(opened.ledger)
  await tell(opened.ledger, 'AdmitMembers', invented())
  return { ...opened, store }
}

describe('a bank account whose change is stored, but not acknowledged', () => {
  const lost = { when: 'after', error: new Unavailable(new Error('connection lost')) } as const

  test('is what payments use once the command was given again', async () => {
    const { ledger, vault, store } = await withMember()
    store.arm(nthCall(2, lost, false))
    await expect(tell(ledger, 'ChangeMemberDetails', changed({ bankAccount: account }))).rejects.toBe(lost.error)
    expect(store.heal()).toBe(1)
    await tell(ledger, 'ChangeMemberDetails', changed({ bankAccount: account }))
    expect(vault.resolve(PERSON)).toMatchObject({ bankAccount: account })
  })

  test('is what payments use after any other command, if nobody asks again', async () => {
    const { ledger, vault, store } = await withMember()
    store.arm(nthCall(2, lost, false))
    await expect(tell(ledger, 'ChangeMemberDetails', changed({ bankAccount: account }))).rejects.toBe(lost.error)
    store.heal()
    await tell(ledger, 'PostVoucher', office('1'))
    expect(vault.resolve(PERSON)).toMatchObject({ bankAccount: account })
  })

  test('stays as it was when the change was not stored', async () => {
    const { ledger, vault, store } = await withMember()
    store.arm(nthCall(2, { ...lost, when: 'before' }, false))
    await expect(tell(ledger, 'ChangeMemberDetails', changed({ bankAccount: account }))).rejects.toBe(lost.error)
    store.heal()
    await tell(ledger, 'PostVoucher', office('1'))
    expect(vault.resolve(PERSON)).not.toHaveProperty('bankAccount', account)
  })
})

test('two changes of one person under way at once are both kept', async () => {
  const { ledger, vault } = await withMember(new SqliteStore(openNodeSql(':memory:')))
  await tell(ledger, 'ChangeMemberDetails', changed({ bankAccount: '6228800000000000' }), 'c0')
  await Promise.all([
    tell(ledger, 'ChangeMemberDetails', changed({ bankAccount: account }), 'c1'),
    tell(ledger, 'ChangeMemberDetails', changed({ phone: '13800000000' }), 'c2'),
  ])
  expect(vault.resolve(PERSON)).toMatchObject({ bankAccount: account, phone: '13800000000' })
})
