import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import type { TestOffice } from '../support/office.ts'
import { followed, post as postForm } from './desk-forms.ts'
import { atTheDesk, PAYMENT } from './desk-story.ts'
import { asOperator, command, sessionCookie, testHouse } from './house.ts'
import { COOP, PEOPLE } from './people.ts'
import { sunshine } from './story.ts'

const ROOM = `/staff/coops/${COOP}`
let office: TestOffice
let app: App
let cookie: string
let chair: string
let supervisor: string
let accountant: string
let count = 0

beforeAll(async () => {
  office = await atTheDesk(await sunshine())
  app = testHouse(office.office)
  cookie = await sessionCookie(app)
  ;[chair, supervisor, accountant] = PEOPLE.map(({ idNumber }) => office.codeOf(idNumber)) as [string, string, string]
})
afterAll(() => office.close())

const read = async (path: string) => (await asOperator(app, `${ROOM}/${path}`, cookie)).text()
const post = (path: string, fields: Record<string, string>) => postForm(app, cookie, `${ROOM}/${path}`, fields)
const key = () => `key-${++count}`
const submitted = async (): Promise<string> => {
  const answer = await post('entry', { ...PAYMENT, clerk: accountant, key: key() })
  return new URL(answer.headers.get('location') ?? '', 'http://x').searchParams.get('did') ?? ''
}
const state = () => office.office.ledger.state(COOP)
const booked = async () => (await state()).books.vouchers.size

describe('the entry form', () => {
  const receipt = {
    date: '2025-04-05',
    summary: '存入现金',
    attachments: '1',
    account1: '基本户',
    debit1: '￥1,200.5',
    account3: '库存现金',
    credit3: '1200.50',
  }

  test('books what pays nobody at once, and says under which number', async () => {
    const before = await booked()
    const text = await followed(app, cookie, await post('entry', { ...receipt, clerk: accountant, key: key() }))
    expect(text).toContain('已办理：')
    expect(text).toContain('4月 记-2')
    expect(await booked()).toBe(before + 1)
  })

  test('posted twice under one key books once; other content under that key is shown again with a key of its own', async () => {
    const once = { ...receipt, clerk: accountant, key: key() }
    const before = await booked()
    await post('entry', once)
    expect((await post('entry', once)).status).toBe(303)
    expect(await booked()).toBe(before + 1)
    const other = await post('entry', { ...once, debit1: '7', credit3: '7' })
    expect(other.status).toBe(409)
    const text = await other.text()
    expect(text).toContain('这张表单已经保存过一张凭证')
    expect(text).not.toContain(`name="key" value="${once.key}"`)
  })

  test('what is refused is shown again as it was typed, with the reason', async () => {
    const answer = await post('entry', { ...receipt, credit3: '1000', clerk: accountant, key: 'kept-key' })
    expect(answer.status).toBe(422)
    const text = await answer.text()
    for (const part of ['借贷不平', '差 200.50', 'value="存入现金"', 'value="1200.5"', 'name="key" value="kept-key"'])
      expect(text).toContain(part)
  })

  test('a field that is filled in wrongly is named by its line', async () => {
    const answer = await post('entry', { ...receipt, debit1: '12x', clerk: accountant, key: key() })
    expect(await answer.text()).toContain('第 1 行 debit')
  })

  test('a payment waits, and the page says for whom', async () => {
    const before = await booked()
    const text = await followed(app, cookie, await post('entry', { ...PAYMENT, clerk: accountant, key: key() }))
    expect(text).toMatch(/已提交复核（S\d+），等陈䶮（理事长）复核后入账。/)
    expect(await booked()).toBe(before)
  })

  test('whoever is not in office cannot be named as the preparer', async () => {
    const nobody = await post('entry', { ...receipt, clerk: office.codeOf(PEOPLE[3].idNumber), key: key() })
    expect(await nobody.text()).toContain('请选定经办人')
  })

  test('a template fills the lines, and members are found by name without a name in an address', async () => {
    const text = await read('entry?template=power')
    for (const part of ['value="支付办公楼电费"', 'value="513-运转"', 'value="国网供电公司"'])
      expect(text).toContain(part)
    const found = await (await post('entry/people', { sought: '小梅' })).json()
    expect(found).toEqual({ people: [{ code: office.codeOf(PEOPLE[3].idNumber), name: '黄小梅' }] })
  })

  test('brings a script of this site; no other page may run one', async () => {
    const policy = async (path: string) =>
      (await asOperator(app, path, cookie)).headers.get('content-security-policy') ?? ''
    expect(await policy(`${ROOM}/entry`)).toContain("script-src 'self'")
    for (const path of ['/', ROOM, `${ROOM}/review`, `${ROOM}/bank`])
      expect(await policy(path)).toContain("script-src 'none'")
  })

  test('an asset asked for by its version is kept; one that a script imports by name is asked for again', async () => {
    const kept = async (query: string) => (await app.request(`/assets/style.css${query}`)).headers.get('cache-control')
    expect(await kept('?v=v1')).toContain('immutable')
    expect(await kept('')).toBe('no-cache')
  })

  test('fields it does not have and another site’s page are refused', async () => {
    expect((await post('entry', { ...receipt, clerk: accountant, nonsense: '1' })).status).toBe(400)
    const foreign = await app.request(`${ROOM}/entry`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams(receipt).toString(),
    })
    expect(foreign.status).toBe(403)
  })
})

test('the API says in words, too, whom a command waits for', async () => {
  const body = { number: '2025-03-记-1', date: '2025-04-10', reason: '记错' }
  const answer = await command(app, `/api/coops/${COOP}/commands/ReverseVoucher`, body, { key: 'waits-1' })
  expect(answer.status).toBe(201)
  const { waits, events } = (await answer.json()) as { waits: string; events: { data: { id: string } }[] }
  const id = events[0]!.data.id
  expect(waits).toMatch(new RegExp(`^已提交复核（${id}），等.*${chair}（理事长）.*复核后入账。$`))
  await post(`review/${id}`, { verdict: 'reject', reason: '试交', clerk: chair, key: key() })
})

describe('the review page', () => {
  let id: string
  beforeEach(async () => {
    id = await submitted()
  })

  test('shows what waits as the entry it would make, and offers every reviewer but the maker', async () => {
    const text = await read('review')
    const card = text.slice(text.indexOf(`id="${id}"`), text.indexOf('</section>', text.indexOf(`id="${id}"`)))
    for (const part of ['录入记账凭证', '¥860.00', '王会计', '513 管理费用', '国网供电公司', '860.00', '附单据 2 张'])
      expect(card).toContain(part)
    expect(card).toContain(`<option value="${chair}">陈䶮（理事长）</option>`)
    expect(card).not.toContain(`<option value="${accountant}"`)
    expect(card).not.toContain(`<option value="${supervisor}"`)
  })

  test('approval books it with both names', async () => {
    const text = await followed(
      app,
      cookie,
      await post(`review/${id}`, { verdict: 'approve', clerk: chair, key: key() }),
    )
    expect(text).toContain('已办理：')
    const voucher = [...(await state()).books.vouchers.values()].at(-1)?.voucher
    expect(voucher?.review).toEqual({ person: chair, preparer: `${accountant} via web` })
  })

  test('its own maker cannot approve it', async () => {
    const answer = await post(`review/${id}`, { verdict: 'approve', clerk: accountant, key: key() })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('制单人不能复核自己经办的事项')
  })

  test('is sent back with a reason, which the list of what was decided shows', async () => {
    const without = await post(`review/${id}`, { verdict: 'reject', reason: '', clerk: chair, key: key() })
    expect(without.status).toBe(422)
    await post(`review/${id}`, { verdict: 'reject', reason: '缺发票', clerk: chair, key: key() })
    const text = await read('review')
    expect(text).not.toContain(`id="${id}"`)
    expect(text).toContain('缺发票')
  })

  test('says beforehand when it could not be booked any more', async () => {
    await office.run(COOP, [
      '2025-04-10',
      'ReverseVoucher',
      { number: '2025-04-记-1', date: '2025-04-10', reason: '重录' },
    ])
    const reversal = { number: '2025-03-记-1', date: '2025-04-10', reason: '记错' }
    const given = { coop: COOP, name: 'ReverseVoucher', body: reversal, actor: `${accountant} via web` }
    await office.office.ledger.execute({ ...given, commandId: 'twice-1' })
    await office.office.ledger.execute({ ...given, commandId: 'twice-2' })
    const [first] = [...(await state()).governance.waiting.values()].filter(
      ({ body }) => body.number === reversal.number,
    )
    await post(`review/${first!.id}`, { verdict: 'approve', clerk: chair, key: key() })
    expect(await read('review')).toContain('现在批准会被拒绝：')
  })
})
