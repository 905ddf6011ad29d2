import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import type { TestOffice } from '../support/office.ts'
import { testOffice } from '../support/office.ts'
import { followed, post as postForm } from './desk-forms.ts'
import { atTheDesk } from './desk-story.ts'
import { asOperator, sessionCookie, testHouse } from './house.ts'
import { COOP, PEOPLE } from './people.ts'
import { sunshine } from './story.ts'

const ROOM = `/staff/coops/${COOP}`
let office: TestOffice
let app: App
let cookie: string
let chair: string
let accountant: string
let count = 0

beforeAll(async () => {
  office = await atTheDesk(await sunshine())
  app = testHouse(office.office)
  cookie = await sessionCookie(app)
  chair = office.codeOf(PEOPLE[0].idNumber)
  accountant = office.codeOf(PEOPLE[2].idNumber)
})
afterAll(() => office.close())

const read = async (path: string) => (await asOperator(app, `${ROOM}/${path}`, cookie)).text()
const post = (path: string, fields: Record<string, string>) => postForm(app, cookie, `${ROOM}/${path}`, fields)
const key = () => `key-${++count}`

describe('the bank page', () => {
  test('suggests what belongs together; one click matches it, and the reconciliation stays equal', async () => {
    const before = await read('bank')
    expect(before).toContain('value="L1|2025-02-记-1"')
    expect(before).toContain('✓ 相符')
    const fields = { account: '102-基本户', on: '2025-03-31', clerk: accountant, key: key() }
    const text = await followed(app, cookie, await post('bank', { ...fields, match: 'L1|2025-02-记-1' }))
    expect(text).not.toContain('value="L1|2025-02-记-1"')
    expect(text).toContain('✓ 相符')
    const again = await post('bank', { ...fields, match: 'L2|2025-02-记-2' })
    expect(again.status, 'another button of the same page is another deed').toBe(303)
  })

  test('what is chosen by hand must be equal on both sides', async () => {
    const fields = { account: '102-基本户', on: '2025-03-31', clerk: accountant, match: 'chosen', key: key() }
    const answer = await post('bank', { ...fields, 'line-L4': 'on', 'item-2025-03-记-4': 'on' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('不能勾对')
  })

  test('a match is undone with a reason', async () => {
    const fields = { account: '102-基本户', on: '2025-03-31', clerk: accountant, undo: 'D1', key: key() }
    expect((await post('bank/unmatch', { ...fields, reason: '' })).status).toBe(422)
    const text = await followed(app, cookie, await post('bank/unmatch', { ...fields, reason: '勾错' }))
    expect(text).toContain('value="L1|2025-02-记-1"')
  })

  test('a statement is taken from pasted rows; the next one begins where it ended', async () => {
    expect(await read('bank')).toContain('value="2025-04-01"')
    const fields = {
      account: '102-基本户',
      statement: '基本户-2025-04',
      from: '2025-04-01',
      to: '2025-04-10',
      opening: '1,053,725.30',
      closing: '1051725.30',
      clerk: accountant,
    }
    const bad = await post('bank/statement', { ...fields, lines: '2025-04-02\t-2,000.00\tX1\r\n昨天 5', key: key() })
    expect(bad.status).toBe(422)
    const shown = await bad.text()
    expect(shown).toContain('流水第 2 行读不懂')
    expect(shown).toContain('昨天 5</textarea>')
    const good = await post('bank/statement', { ...fields, lines: '2025年04月02日\t-2,000.00\tX1\r\n', key: key() })
    expect(await followed(app, cookie, good)).toContain('X1')
    expect(await read('bank')).toContain('value="2025-04-11"')
  })

  test('a statement that does not add up is shown again with the reason', async () => {
    const fields = { account: '102-基本户', statement: 'x', from: '2025-04-10', to: '2025-04-10', clerk: accountant }
    const answer = await post('bank/statement', {
      ...fields,
      opening: '1051725.30',
      closing: '1',
      lines: '',
      key: key(),
    })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('核对有没有漏行')
  })

  test('an account nobody registered is not found', async () => {
    expect((await asOperator(app, `${ROOM}/bank?account=102-x`, cookie)).status).toBe(404)
  })
})

describe('the closing page', () => {
  test('lists each fault with where to go, and cannot be pressed before the month is over', async () => {
    const text = await read('closing')
    for (const part of ['2025年4月', '凭证都已复核', '去对账', '2025年4月30日起才能结账', 'disabled'])
      expect(text).toContain(part)
  })

  test('a closed month is sent for review like any closing, with the reason for a missing statement', async () => {
    const own = await sunshine(testOffice())
    const house = testHouse(own.office)
    const session = await sessionCookie(house)
    const send = (path: string, fields: Record<string, string>) => postForm(house, session, `${ROOM}/${path}`, fields)
    await own.run(COOP, ['2025-05-01', 'OpenSubAccount', { account: '513-差旅', on: '2025-05-01' }])
    const close = { month: '2025-04', clerk: own.codeOf(PEOPLE[2].idNumber), key: key() }
    expect((await send('closing', close)).status).toBe(422)
    const text = await followed(
      house,
      session,
      await send('closing', { ...close, unreconciled: '银行未出', uncounted: '出纳请假', key: key() }),
    )
    expect(text).toContain('已提交复核')
    const closed = async () => (await own.office.ledger.state(COOP)).books.closedMonths.has('2025-04')
    const reviewed = async (path: string, fields: Record<string, string>) => {
      const did = new URL((await send(path, fields)).headers.get('location') ?? '', 'http://x').searchParams.get('did')
      const verdict = { verdict: 'approve', clerk: own.codeOf(PEOPLE[0].idNumber), key: key() }
      return followed(house, session, await send(`review/${did}`, verdict))
    }
    expect(await closed()).toBe(false)
    await reviewed('closing', { ...close, unreconciled: '银行未出', uncounted: '出纳请假', key: key() })
    expect(await closed()).toBe(true)
    expect(await (await asOperator(house, `${ROOM}/closing`, session)).text()).toContain('重开2025年4月')
    const reopen = { month: '2025-04', reason: '补录电费', secondPerson: own.codeOf(PEOPLE[0].idNumber) }
    await reviewed('closing/reopen', { ...reopen, clerk: close.clerk, key: key() })
    expect(await closed()).toBe(false)
    own.close()
  })

  test('a published month is not offered for reopening', async () => {
    expect(await read('closing')).toContain('不能重开')
    const body = { month: '2025-03', reason: '补录', secondPerson: chair, clerk: accountant, key: key() }
    expect((await post('closing/reopen', body)).status).toBe(409)
  })
})

test('the year is not closed before its months, and the page says which', async () => {
  const answer = await post('closing/year', { year: '2025', clerk: accountant, key: key() })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('请先完成 2025-04 的月末结账')
})

test('a co-op without officers, accounts or vouchers has all these pages; nobody is asked for a name', async () => {
  const bare = testOffice()
  const charter = { reserveRate: '0.30', objectionDays: 7, representatives: 30 }
  const founding = { name: '新社', level: '社区', firstDay: '2025-01-01', demo: true, charter }
  await bare.run('new', ['2025-01-02', 'EstablishCoop', founding])
  const house = testHouse(bare.office)
  const session = await sessionCookie(house)
  for (const room of ['entry', 'review', 'bank', 'closing']) {
    const answer = await asOperator(house, `/staff/coops/new/${room}`, session)
    expect(answer.status, room).toBe(200)
    expect(await answer.text(), room).not.toContain('name="clerk"')
  }
  const lines = { account1: '101', debit1: '5', account2: '301', credit2: '5' }
  const fields = { date: '2025-01-02', summary: '收到投资', attachments: '1', ...lines, key: key() }
  const text = await followed(house, session, await postForm(house, session, '/staff/coops/new/entry', fields))
  expect(text).toContain('1月 记-1')
  bare.close()
})
