import { describe, expect, test } from 'vitest'
import { checkDigitOf } from '../../src/ledger/id-number.ts'
import { importVouchers } from '../../src/ledger/import-vouchers.ts'
import type { Answer } from '../../src/ledger/ledger.ts'
import { verifyChain } from '../../src/store/verify.ts'
import { ACTOR } from '../support/coop.ts'
import { COOP, INVENTED, invented, numbersOf, office } from '../support/ledger.ts'
import { bank, ESTABLISHED, established, opening } from '../support/stories.ts'
import { give, level, readModels, rebuilt, SERVERS, story, type TestNode, twoNodes } from './nodes.ts'

const RACING = 30

const eventsOf = (answers: readonly Answer[]) =>
  answers.flatMap(answer => {
    if ('refusal' in answer) throw new Error(JSON.stringify(answer.refusal))
    return answer.events
  })

/** Many commands to one node, all at once. */
function many(at: TestNode, name: string, cents: string): Promise<Answer[]> {
  const post = (index: number) => give(at, 'PostVoucher', office(`${index + 1}.${cents}`), `${name}-${index}`)
  return Promise.all(Array.from({ length: RACING }, (_, index) => post(index)))
}

/** Another citizen's number of the region that does not exist. */
const OTHER = `99910119500307003${checkDigitOf('99910119500307003')}`
const REAL_COOP = { ...ESTABLISHED, demo: false }
const nameless = (name: string) => ({
  members: [{ person: { name }, birthMonth: '1960-01', on: '2025-01-01', basis: '成员大会确认' }],
})

describe.each(SERVERS)('two nodes on %s', (_, server) => {
  test('race on one co-op: every command is in, numbers are gapless, and both nodes have the same tables', async () => {
    const [one, two] = await twoNodes(await server())
    await story(one, [established, bank, opening])
    const events = eventsOf((await Promise.all([many(one, 'a', '11'), many(two, 'b', '22')])).flat())
    const revisions = events.map(({ revision }) => revision).sort((a, b) => a - b)
    expect(revisions).toEqual(Array.from({ length: 2 * RACING }, (_, index) => (revisions[0] ?? 0) + index))
    const numbers = numbersOf(events).map(number => Number(number.split('-').at(-1)))
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 2 * RACING }, (_, index) => index + 1))
    await level(one, two)
    expect(readModels(two.office.sql)).toEqual(readModels(one.office.sql))
    expect(rebuilt(one)).toEqual(readModels(one.office.sql))
    for (const { office } of [one, two]) {
      expect((await verifyChain(office.store, { codec: office.codec })).bad).toBeUndefined()
    }
  })

  test('enrol the same person at once under one code', async () => {
    const [one, two] = await twoNodes(await server())
    await story(one, [established])
    await story(two, [established], 'second')
    const answers = [give(one, 'AdmitMembers', invented(), 'm1'), give(two, 'AdmitMembers', invented(), 'm2', 'second')]
    const persons = eventsOf(await Promise.all(answers)).map(({ data }) => (data as { person: string }).person)
    expect(new Set(persons).size).toBe(1)
    await level(one, two)
    for (const { office } of [one, two]) {
      expect(office.vault.findById(INVENTED)).toBe(persons[0])
      expect(office.vault.resolve(persons[0] ?? '')).toEqual({ name: '王某某', idNumber: INVENTED })
    }
  })

  test('give different persons without ID numbers different codes, and both know their names', async () => {
    const [one, two] = await twoNodes(await server())
    await story(one, [['EstablishCoop', REAL_COOP]])
    const names = ['甲某', '乙某', '丙某', '丁某']
    const at = (index: number) => (index % 2 === 0 ? one : two)
    const answers = await Promise.all(names.map((name, index) => give(at(index), 'AdmitMembers', nameless(name), name)))
    const persons = eventsOf(answers).map(({ data }) => (data as { person: string }).person)
    expect(new Set(persons).size).toBe(names.length)
    await level(one, two)
    for (const { office } of [one, two]) {
      expect(persons.map(code => office.vault.resolve(code))).toEqual(names.map(name => ({ name })))
    }
  })

  test('know by name whom one of them enrolled from the counterparties of an imported file', async () => {
    const [one, two] = await twoNodes(await server())
    const bytes = new TextEncoder().encode(
      'date,voucher,summary,account,debit,credit,counterparty\n2025-03-05,1,借款,101,100.00,,张三丰\n2025-03-05,1,借款,112,,100.00,张三丰\n',
    )
    const options = { coop: COOP, bytes, actor: ACTOR, dryRun: false, demo: false, openAccounts: true }
    expect(await importVouchers(one.office, options)).toMatchObject({ vouchers: 1, enrolled: 1 })
    await level(one, two)
    const codes = [one, two].map(({ office }) => office.vault.findByName('张三丰'))
    expect(codes).toEqual([[expect.stringMatching(/^M\d{5}$/)], codes[0]])
  })

  test('refuse to give one person the ID number of another', async () => {
    const [one, two] = await twoNodes(await server())
    await story(one, [established])
    const [known] = eventsOf([await give(one, 'AdmitMembers', invented(), 'first')])
    const code = (known?.data as { person: string }).person
    const other = { ...invented().members[0], person: { name: '李某某', idNumber: OTHER } }
    const [next] = eventsOf([await give(two, 'AdmitMembers', { members: [other] }, 'second')])
    const change = {
      person: (next?.data as { person: string }).person,
      on: '2025-12-01',
      reason: '录错',
      details: { idNumber: INVENTED },
    }
    expect(await give(two, 'ChangeMemberDetails', change, 'change')).toMatchObject({
      refusal: { code: 'InvalidPerson' },
    })
    const right = { ...change, person: code, details: { name: '王某' } }
    eventsOf([await give(two, 'ChangeMemberDetails', right, 'right')])
    await level(one, two)
    expect([one, two].map(({ office }) => office.vault.resolve(code))).toEqual([
      { name: '王某', idNumber: INVENTED },
      { name: '王某', idNumber: INVENTED },
    ])
  })

  test('answer a command that is sent to both the same, and store it once', async () => {
    const [one, two] = await twoNodes(await server())
    await story(one, [established, bank, opening])
    await level(one, two)
    const [first, second] = await Promise.all([one, two].map(at => give(at, 'PostVoucher', office('9.90'), 'same')))
    expect(eventsOf([first as Answer])).toEqual(eventsOf([second as Answer]))
    expect([first, second]).toContainEqual(expect.objectContaining({ repeated: true }))
    const other = await give(two, 'PostVoucher', office('9.91'), 'same')
    expect(other).toMatchObject({ refusal: { code: 'CommandIdReused' } })
  })

  test('store commands that belong together in one append, and answer them again from either', async () => {
    const [one, two] = await twoNodes(await server())
    const lot = [established, bank, opening].map(([name, body]) => ({
      coop: COOP,
      name,
      body,
      actor: ACTOR,
      commandId: `lot-${name}`,
    }))
    const first = await one.office.ledger.executeTogether(lot)
    const events = eventsOf(first)
    await level(one, two)
    expect(eventsOf(await two.office.ledger.executeTogether(lot))).toEqual(events)
    const half = await two.office.ledger.executeTogether([
      { coop: COOP, name: 'PostVoucher', body: office('1.00'), actor: ACTOR, commandId: 'good' },
      { coop: COOP, name: 'PostVoucher', body: office('99999999.00'), actor: ACTOR, commandId: 'bad' },
    ])
    expect(half).toMatchObject([{ refusal: {} }])
    expect(await one.office.store.findCommand(`coop-${COOP}`, 'good')).toEqual([])
  })
})
