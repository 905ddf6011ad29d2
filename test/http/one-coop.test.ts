import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coopHouse } from '../../src/edge/coop-house.ts'
import type { Directory } from '../../src/edge/directory.ts'
import type { App } from '../../src/http/house.ts'
import type { TestOffice } from '../support/office.ts'
import { asOperator, CODE, SAME_SITE, testHouse } from './house.ts'
import { COOP, PEOPLE } from './people.ts'
import { sunshine } from './story.ts'

const MOON = { coop: '月光-1组', name: '月光<b>合作社</b>' }
const DESK = `/staff/coops/${COOP}`

let office: TestOffice
let asked: [string, number][]
let others: Directory['others']
let app: App
let cookie: string

beforeAll(async () => {
  office = await sunshine()
  const directory = { others: (coop: string, number: number) => others(coop, number) } as Directory
  app = testHouse(office.office, coopHouse(COOP, directory, 'https://ledger.example.cn'))
  asked = []
  others = async (...question) => {
    asked.push(question)
    return [MOON]
  }
  const answer = await app.request(`${DESK}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...SAME_SITE },
    body: new URLSearchParams({ code: CODE }).toString(),
  })
  expect(answer.headers.get('location')).toBe(DESK)
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
})
afterAll(() => office.close())

const statement = async () => {
  const code = office.codeOf(PEOPLE[0].idNumber)
  return { code, text: await (await asOperator(app, `${DESK}/members/${code}/2025`, cookie)).text() }
}

describe('a house of one co-op among others', () => {
  test('has its doors at its own desk, and none at the site’s', async () => {
    expect((await app.request('/login')).status).toBe(404)
    const door = await (await app.request(DESK)).text()
    expect(door).toContain(`action="${DESK}/login"`)
    const desk = await (await asOperator(app, DESK, cookie)).text()
    for (const part of [`href="${DESK}"`, `action="${DESK}/logout"`]) expect(desk).toContain(part)
  })

  test('names a person’s other payers on the statement, with links, and asks for them by number alone', async () => {
    const { code, text } = await statement()
    expect(asked).toEqual([[COOP, Number(code.slice(1))]])
    expect(text).toContain('本人所在的其他组织')
    expect(text).toContain('href="https://ledger.example.cn/coops/%E6%9C%88%E5%85%89-1%E7%BB%84"')
    expect(text).toContain('月光&lt;b&gt;合作社&lt;/b&gt;')
  })

  test('gives a statement although the others cannot be asked, and says so', async () => {
    others = () => Promise.reject(new Error('away'))
    const { text } = await statement()
    expect(text).toContain('没有能够查询您还在哪些组织登记')
    expect(text).toContain('人民币壹仟贰佰元整')
    others = async () => []
    expect((await statement()).text).not.toContain('其他组织')
  })
})
