import { beforeEach, describe, expect, test } from 'vitest'
import { type Directory, openDirectory, type Registered } from '../../src/edge/directory.ts'
import { Enrolment } from '../../src/edge/enrolment.ts'
import { createVaultTables } from '../../src/ledger/vault-schema.ts'
import { openVault } from '../../src/ledger/vault-sqlite.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { idNumber } from '../http/people.ts'

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
const SUN = { coop: 'sun', name: '阳光' }
const MOON = { coop: 'moon', name: '月光' }
const registered = (number: number, idMac: string | null = null): Registered => ({ number, idMac, forgotten: false })

let directory: Directory
beforeEach(() => {
  directory = openDirectory(openNodeSql(':memory:'), random)
})

describe('the directory', () => {
  test('keeps one key for all, also when it is opened again', async () => {
    const sql = openNodeSql(':memory:')
    const key = await openDirectory(sql, random).key()
    expect(key).toHaveLength(32)
    expect(await openDirectory(sql, random).key()).toEqual(key)
    expect(await directory.key()).not.toEqual(key)
  })

  test('gives a person known by the HMAC the same number again, and whoever has none a new one each time', async () => {
    expect(await directory.numbers(['a', null, 'b', 'a', null])).toEqual([1, 2, 3, 1, 4])
    expect(await directory.numbers(['b', 'c'])).toEqual([3, 5])
    expect([await directory.holder('b'), await directory.holder('z')]).toEqual([3, undefined])
  })

  test('names the other co-ops of a person, never the one that asks, and lists all', async () => {
    await directory.numbers(['a', 'b'])
    await directory.note(SUN, [registered(1, 'a'), registered(2, 'b')])
    await directory.note(MOON, [registered(1, 'a')])
    expect(await directory.others('sun', 1)).toEqual([MOON])
    expect(await directory.others('moon', 1)).toEqual([SUN])
    expect(await directory.others('sun', 2)).toEqual([])
    expect(await directory.coops()).toEqual([MOON, SUN])
  })

  test('takes the same news twice as once, and a new name for the old', async () => {
    const persons = [registered(1, 'a')]
    for (const name of ['阳光', '阳光', '新阳光']) await directory.note({ coop: 'sun', name }, persons)
    expect(await directory.coops()).toEqual([{ coop: 'sun', name: '新阳光' }])
    expect(await directory.others('moon', 1)).toEqual([{ coop: 'sun', name: '新阳光' }])
  })

  test('finds a person by a corrected ID number, which stays with whoever had it first', async () => {
    await directory.numbers(['wrong', 'other'])
    await directory.note(SUN, [registered(1, 'right')])
    expect([await directory.holder('wrong'), await directory.holder('right')]).toEqual([undefined, 1])
    await directory.note(SUN, [registered(1, 'other')])
    expect([await directory.holder('right'), await directory.holder('other')]).toEqual([1, 2])
  })

  test('knows a forgotten person by no HMAC any more, and gives the number to nobody else', async () => {
    await directory.numbers(['a'])
    await directory.note(SUN, [registered(1, 'a')])
    await directory.note(MOON, [registered(1, 'a')])
    await directory.note(MOON, [{ number: 1, idMac: null, forgotten: true }])
    expect(await directory.holder('a')).toBeUndefined()
    expect(await directory.others('sun', 1)).toEqual([])
    expect(await directory.others('moon', 1)).toEqual([SUN])
    expect(await directory.numbers(['a'])).toEqual([2])
  })
})

const [OLD, NEW] = [idNumber('19500310', 1), idNumber('19601105', 2)]
const person = (name: string, number?: string) => ({ name, ...(number ? { idNumber: number } : {}) })
const admission = (...people: ReturnType<typeof person>[]) => ({
  members: people.map(each => ({ person: each, on: '2025-01-02', basis: '章程第五条', birthMonth: '1950-03' })),
})
const away: Directory = new Proxy({} as Directory, { get: () => async () => Promise.reject(new Error('away')) })

async function coop(from: Directory = directory) {
  const key = await directory.key()
  const enrolment = new Enrolment({ directory: from, key, vault: () => vault })
  const sql = openNodeSql(':memory:')
  createVaultTables(sql, () => key, 'persons')
  const vault = openVault(sql, {
    now: () => '2025-01-02T00:00:00.000Z',
    random,
    numberOf: idMac => enrolment.numberOf(idMac),
  })
  return { enrolment, vault }
}

describe('enrolment', () => {
  test('gives one person one code in every co-op, and persons without an ID number codes of their own', async () => {
    const [sun, moon] = [await coop(), await coop()]
    const people = [person('陈甲', OLD), person('林乙'), person('陈甲', OLD), person('王丙', NEW)]
    await sun.enrolment.prepare('AdmitMembers', admission(...people))
    expect(people.map(each => sun.vault.enrol(each).code)).toEqual(['M00001', 'M00002', 'M00001', 'M00003'])
    await moon.enrolment.prepare('AdmitMembers', admission(person('王丙', NEW), person('林乙')))
    expect(moon.vault.enrol(person('王丙', NEW)).code).toBe('M00003')
    expect(moon.vault.enrol(person('林乙')).code).toBe('M00004')
  })

  test('asks for nobody whom the co-op knows, so that they can be named while the directory is away', async () => {
    const { enrolment, vault } = await coop(away)
    const failed = enrolment.prepare('AdmitMembers', admission(person('陈甲', OLD)))
    await expect(failed).rejects.toMatchObject({ code: 'Unavailable' })
    expect(() => vault.enrol(person('陈甲', OLD))).toThrow(/no number/)
    const known = new Enrolment({
      directory: away,
      key: await directory.key(),
      vault: () => ({ findById: () => 'M00001' }),
    })
    await known.prepare('AdmitMembers', admission(person('陈甲', OLD)))
    await known.prepare('PostVoucher', {})
  })

  test('keeps the numbers that a refused command did not use for the next', async () => {
    const { enrolment, vault } = await coop()
    const refused = await enrolment.prepare('AdmitMembers', admission(person('林乙'), person('王丙')))
    const [one, other] = [person('赵丁'), person('钱戊')]
    const [first, second] = await Promise.all(
      [one, other].map(each => enrolment.prepare('AdmitMembers', admission(each))),
    )
    expect([one, other].map(each => vault.enrol(each).code)).toEqual(['M00001', 'M00002'])
    for (const release of [refused, first, second]) release?.()
    await enrolment.prepare('AdmitMembers', admission(one, other))
    expect([one, other].map(each => vault.enrol(each).code)).toEqual(['M00003', 'M00004'])
    expect(await directory.numbers([null])).toEqual([5])
  })

  test('leaves to the decision what it would refuse: a wrong body, a wrong check digit', async () => {
    const { enrolment } = await coop(away)
    await enrolment.prepare('AdmitMembers', { members: 'nobody' })
    await enrolment.prepare('RegisterPersons', {})
    const wrong = `${OLD.slice(0, 17)}${OLD.endsWith('1') ? '2' : '1'}`
    await enrolment.prepare('AdmitMembers', admission(person('陈甲', wrong)))
  })

  test('refuses an ID number that another person has in another co-op', async () => {
    await directory.numbers([null])
    const [sun, moon] = [await coop(), await coop()]
    await sun.enrolment.prepare('AdmitMembers', admission(person('陈甲', OLD)))
    const change = (code: string) => ({ person: code, on: '2025-01-03', reason: '补登', details: { idNumber: OLD } })
    const refused = moon.enrolment.prepare('ChangeMemberDetails', change('M00001'))
    await expect(refused).rejects.toMatchObject({ code: 'InvalidPerson' })
    await moon.enrolment.prepare('ChangeMemberDetails', change('M00002'))
  })
})
