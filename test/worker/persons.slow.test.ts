import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { idNumber, PEOPLE } from '../http/people.ts'
import { sunshine } from '../http/story.ts'
import { pagesOf } from '../reports/pdf-tools.ts'
import { testOffice } from '../support/office.ts'
import { testWith } from '../support/programs.ts'
import { ask, lookInto, lookIntoDirectory, ORIGIN, server, tell, tellAll } from './coops.ts'

type Told = [name: string, body: unknown]

beforeAll(async () => {
  await server.listen()
  const told = await untilPaid()
  await accepted('sun', told)
  // The same people in another co-op, which pays them otherwise.
  const instead = { 阳光: '月光', '"600"': '"777"', '"1200"': '"1554"' }
  const text = Object.entries(instead).reduce((all, [was, is]) => all.replaceAll(was, is), JSON.stringify(told))
  const other = JSON.parse(text) as Told[]
  await accepted('moon', other)
})
afterAll(() => server.close())

async function accepted(coop: string, told: readonly Told[]): Promise<void> {
  for (const { name, answer } of await tellAll(coop, told, coop)) expect(answer.status, name).toBe(201)
}

/** The commands of a quarter up to the first allowance that is paid. */
async function untilPaid(): Promise<Told[]> {
  const told: Told[] = []
  const local = testOffice()
  await sunshine({
    ...local,
    async run(coop, ...commands) {
      await local.run(coop, ...commands)
      told.push(...commands.map(([, name, body]): Told => [name, body]))
    },
  })
  local.close()
  return told.slice(0, told.findIndex(([name]) => name === 'SettlePayments') + 1)
}

const everything = async (tables: readonly string[], look: (query: string) => Promise<unknown[]>): Promise<string> => {
  const rows = []
  for (const table of tables) rows.push(await look(`SELECT * FROM ${table}`))
  return JSON.stringify(rows)
}
const statement = async (coop: string, person: string): Promise<string> => {
  const paper = await ask(`/api/coops/${coop}/documents/statements/${person}/2025`)
  expect(paper.status).toBe(200)
  return pagesOf(paper.bytes).join('')
}
const evict = (coop: string) => server.getWorker().evictDurableObject('COOP', { name: coop })
const codes = (coop: string) => lookInto(coop, 'SELECT code, name FROM vault_persons ORDER BY number')
const admit = (coop: string, name: string, number: string, key: string) => {
  const members = [{ person: { name, idNumber: number }, on: '2025-01-02', basis: '章程第五条' }]
  return tell(coop, 'AdmitMembers', { members }, key)
}

test('a person has one code in all co-ops, and who is new in one takes no other’s', async () => {
  expect(await codes('moon')).toEqual(await codes('sun'))
  expect((await codes('sun')).map(({ code }) => code)).toEqual(['M00001', 'M00002', 'M00003', 'M00004'])
  expect((await admit('moon', '赵独', idNumber('19700101', 9), 'alone')).status).toBe(201)
  expect((await admit('sun', '钱独', idNumber('19710101', 8), 'alone')).status).toBe(201)
  expect((await codes('moon')).at(-1)).toEqual({ code: 'M00005', name: '赵独' })
  expect((await codes('sun')).at(-1)).toEqual({ code: 'M00006', name: '钱独' })
})

testWith(
  ['pdftotext'],
  'each statement names the person’s other co-op with its address and has none of its figures',
  async () => {
    const [sun, moon] = [await statement('sun', 'M00001'), await statement('moon', 'M00001')]
    expect(sun).toContain('月光社区股份经济合作社')
    expect(sun).toContain(`${ORIGIN}/coops/moon`)
    expect(sun).toContain('600.00')
    expect(sun).not.toContain('777.00')
    expect(moon).toContain('阳光社区股份经济合作社')
    expect(moon).toContain(`${ORIGIN}/coops/sun`)
    expect(moon).toContain('777.00')
    expect(moon).not.toContain('600.00')
    expect(await statement('sun', 'M00006')).not.toContain('其他组织')
  },
)

test('the directory holds no name, no ID number and no amount; a co-op’s object holds nothing of another', async () => {
  const shared = await everything(['numbers', 'registered', 'coops'], lookIntoDirectory)
  for (const { name, idNumber: number } of PEOPLE) {
    expect(shared).not.toContain(name)
    expect(shared).not.toContain(number)
  }
  expect(shared).not.toMatch(/\d\.\d\d/)
  expect(shared).toContain('"number":1')
  const tables = (
    await lookInto('sun', "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
  ).map(({ name }) => String(name))
  const own = await everything(tables, query => lookInto('sun', query))
  expect(tables.length).toBeGreaterThan(20)
  expect(own).toContain('阳光')
  for (const part of [/月光/, /\b777\.00|\b77700\b/, /赵独/]) expect(part.test(own), part.source).toBe(false)
})

test('without the directory new persons have to wait, known ones are paid, and statements say what is not known', async () => {
  await lookIntoDirectory('ALTER TABLE registered RENAME TO registered_away')
  await lookIntoDirectory('ALTER TABLE numbers RENAME TO numbers_away')
  try {
    const refused = await admit('sun', '孙新', idNumber('19720101', 7), 'late')
    expect([refused.status, refused.json().code]).toEqual([503, 'Unavailable'])
    expect(refused.headers.get('retry-after')).toBe('5')
    const voucher = {
      ...{ date: '2025-03-05', summary: '付办公费' },
      lines: [
        { account: '513-办公', debit: '10.00' },
        { account: '101', credit: '10.00' },
      ],
    }
    expect((await tell('sun', 'PostVoucher', voucher, 'while-away')).status).toBe(201)
    const page = new TextDecoder().decode((await ask('/staff/coops/sun/members/M00001/2025')).bytes)
    expect(page).toContain('没有能够查询您还在哪些组织登记')
    expect(page).toContain('600.00')
  } finally {
    await lookIntoDirectory('ALTER TABLE numbers_away RENAME TO numbers')
    await lookIntoDirectory('ALTER TABLE registered_away RENAME TO registered')
  }
  expect((await admit('sun', '孙新', idNumber('19720101', 7), 'late')).status).toBe(201)
})

test('what the directory could not be told it is told by itself a little later', async () => {
  await lookIntoDirectory('ALTER TABLE registered RENAME TO registered_away')
  expect((await admit('moon', '钱独', idNumber('19710101', 8), 'second')).status).toBe(201)
  await lookIntoDirectory('ALTER TABLE registered_away RENAME TO registered')
  const told = () => lookIntoDirectory("SELECT number FROM registered WHERE coop = 'moon' AND number = 6")
  expect(await told()).toEqual([])
  await vi.waitFor(async () => expect(await told()).toEqual([{ number: 6 }]), { timeout: 60_000, interval: 500 })
})

test('the ID number of a person whom a co-op has forgotten is found in the directory no more', async () => {
  const known = () => lookIntoDirectory('SELECT id_mac IS NOT NULL AS known FROM numbers WHERE number = 5')
  expect(await known()).toEqual([{ known: 1 }])
  const gone = 'id_mac = NULL, identity_key = NULL, name = NULL, id_number = NULL, bank_account = NULL'
  await lookInto('moon', `UPDATE vault_persons SET ${gone}, identity_destroyed_at = '2025-04-01' WHERE code = 'M00005'`)
  await evict('moon')
  await ask('/api/coops/moon')
  expect(await known()).toEqual([{ known: 0 }])
  expect(await lookIntoDirectory('SELECT coop FROM registered WHERE number = 5')).toEqual([])
  expect(await lookIntoDirectory('SELECT 1 FROM numbers WHERE number = 4 AND id_mac IS NOT NULL')).toHaveLength(1)
})

test('details that a crash kept from the vault are taken up when the object begins anew', async () => {
  await lookInto('sun', "UPDATE vault_persons SET name = '还没有' WHERE code = 'M00004'")
  await lookInto('sun', 'UPDATE log_read SET position = 0')
  await evict('sun')
  await ask('/api/coops/sun')
  expect(await lookInto('sun', "SELECT name FROM vault_persons WHERE code = 'M00004'")).toEqual([
    { name: PEOPLE[3].name },
  ])
})
