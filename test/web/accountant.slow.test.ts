import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Serving, serve } from '../../src/http/serve-node.ts'
import { atTheDesk } from '../http/desk-story.ts'
import { COOP, PEOPLE } from '../http/people.ts'
import { sunshine } from '../http/story.ts'
import type { TestOffice } from '../support/office.ts'

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium'
const LOOK = readFileSync(new URL('./look.js', import.meta.url), 'utf8')
const ROOM = `/staff/coops/${COOP}`
const ROOMS = ['entry', 'entry?template=power', 'review', 'bank', 'closing']

let office: TestOffice
let server: Serving
let browser: Browser

beforeAll(async () => {
  office = await atTheDesk(await sunshine())
  const accountant = office.codeOf(PEOPLE[2].idNumber)
  const reversal = { number: '2025-03-记-1', date: '2025-04-02', reason: '科目记错' }
  const waits = {
    coop: COOP,
    name: 'ReverseVoucher',
    body: reversal,
    actor: `${accountant} via web`,
    commandId: 'waits',
  }
  await office.office.ledger.execute(waits)
  server = await serve(office.office, { directory: office.directory, port: 0 })
  browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--headless'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  office?.close()
})

type Wish = { width?: number; big?: boolean; script?: boolean }

/** A browser logged in through the form, as a person does. */
async function atWork({ width = 1280, big = false, script = true }: Wish = {}): Promise<{
  context: BrowserContext
  page: Page
  faults: string[]
}> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: script })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  await page.goto(`${server.url}/login?big=${big ? 1 : 0}`)
  await page.getByLabel('访问码').fill(server.code!)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL('**/staff')
  return { context, page, faults }
}

const SIZES = [
  { width: 320, big: false, script: true },
  { width: 320, big: true, script: false },
  { width: 390, big: false, script: false },
  { width: 1280, big: false, script: true },
]
describe.each(SIZES)('at $width px, large type: $big, scripts: $script', wish => {
  test('the accountant’s pages fit, are labelled, and have large targets and strong contrast', async () => {
    const { context, page, faults } = await atWork(wish)
    for (const room of ROOMS) {
      await page.goto(`${server.url}${ROOM}/${room}`)
      const found = (await page.evaluate(LOOK)) as Record<string, unknown>
      const { overflow, headings, type, ...lists } = found
      expect(overflow, `${room} is wider than the screen`).toBeLessThanOrEqual(0)
      expect(lists, room).toEqual({ small: [], unlabelled: [], headless: 0, faint: [] })
      expect(headings, room).toMatch(/^1(?!3)[23]*$/)
      expect(type, room).toBe(wish.big ? 24 : 18)
    }
    expect(faults).toEqual([])
    await context.close()
  })
})

const line = (page: Page, no: number, field: string) => page.locator(`[name=${field}${no}]`)
const opened = async (page: Page, path = 'entry') => void (await page.goto(`${server.url}${ROOM}/${path}`))
const typeKeys = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

describe('by keyboard', () => {
  test('a two-line recurring voucher takes at most 25 strokes after its template, and waits with its number', async () => {
    const { context, page } = await atWork()
    await opened(page)
    await page.getByLabel('常用凭证').selectOption({ label: '付办公楼电费' })
    const keys = ['8', '6', '0', '.', '5', 'Enter', 'Enter', 'Enter', '=', 'F8']
    expect(keys.length).toBeLessThanOrEqual(25)
    await typeKeys(page, ...keys)
    await page.waitForURL(/did=S/)
    expect(await page.getByRole('status').first().textContent()).toMatch(
      /已提交复核（S\d+），等陈䶮（理事长）复核后入账/,
    )
    await context.close()
  })

  test('an account is found by pinyin, the amount is balanced by =, flipped by space, and the sums follow', async () => {
    const { context, page } = await atWork()
    await opened(page)
    await page.locator('#summary').fill('存入现金')
    await line(page, 1, 'account').focus()
    await page.keyboard.type('jbh')
    await typeKeys(page, 'Enter', '5', '0', 'Enter')
    await page.keyboard.type('kcxj')
    await typeKeys(page, 'Enter', 'Enter', '=')
    expect(await line(page, 1, 'account').inputValue()).toBe('102-基本户')
    expect(await line(page, 2, 'account').inputValue()).toBe('101')
    expect(await line(page, 2, 'credit').inputValue()).toBe('50.00')
    expect(await page.locator('.sums').textContent()).toContain('差额 0.00 ✓')
    await typeKeys(page, 'Space')
    expect(await line(page, 2, 'debit').inputValue()).toBe('50.00')
    expect(await page.locator('#why').textContent()).toContain('借贷不平，差 100.00 元')
    await typeKeys(page, 'F8')
    expect(await page.evaluate('document.activeElement.name')).toBe('account3')
    expect(new URL(page.url()).search).toBe('')
    await context.close()
  })

  test('the date turns with + - t; rows are inserted, deleted and added; .. and // copy', async () => {
    const { context, page } = await atWork()
    await opened(page)
    const date = page.locator('#date')
    await date.fill('2025-02-28')
    await date.press('+')
    expect(await date.inputValue()).toBe('2025-03-01')
    await date.press('-')
    await date.press('-')
    expect(await date.inputValue()).toBe('2025-02-27')
    await line(page, 1, 'counterparty').fill('甲公司')
    await line(page, 2, 'counterparty').fill('乙公司')
    await line(page, 3, 'counterparty').fill('..')
    await line(page, 4, 'counterparty').fill('//')
    expect(await line(page, 3, 'counterparty').inputValue()).toBe('乙公司')
    expect(await line(page, 4, 'counterparty').inputValue()).toBe('甲公司')
    await line(page, 2, 'counterparty').press('Control+i')
    expect(await line(page, 3, 'counterparty').inputValue()).toBe('乙公司')
    await line(page, 2, 'counterparty').press('Control+d')
    expect(await line(page, 2, 'counterparty').inputValue()).toBe('乙公司')
    const rows = await page.locator('.grid tbody tr').count()
    await line(page, rows, 'debit').fill('1')
    await line(page, rows, 'debit').press('Enter')
    expect(await page.locator('.grid tbody tr').count()).toBe(rows + 1)
    await context.close()
  })
})

test('what was typed is there after a reload with the same key, and is gone once dropped', async () => {
  const { context, page } = await atWork()
  await opened(page)
  page.on('dialog', dialog => dialog.accept())
  await page.locator('#summary').fill('半张凭证')
  await line(page, 1, 'debit').fill('3')
  const key = () => page.locator('form.entry [name=key]').inputValue()
  const before = await key()
  await page.reload()
  expect(await page.locator('#summary').inputValue()).toBe('半张凭证')
  expect(await key()).toBe(before)
  await page.getByRole('button', { name: '丢弃' }).click()
  await page.waitForFunction('document.querySelector("#summary").value === ""')
  await context.close()
})

// Plain script for the browser: what pressing Ctrl+V does with two rows copied from a spreadsheet.
const PASTE = `
  const clipboardData = new DataTransfer()
  const text = '付会议费\\t管理费用-办公\\t1,200.00\\t\\r\\n付会议费\\t101\\t\\t1,200.00\\r\\n'
  clipboardData.setData('text/plain', text)
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  document.querySelector('[name=account1]').dispatchEvent(event)`

test('a block copied from a spreadsheet fills the grid, its summary column the head', async () => {
  const { context, page } = await atWork()
  await opened(page)
  await page.evaluate(PASTE)
  expect(await page.locator('#summary').inputValue()).toBe('付会议费')
  expect(await line(page, 1, 'account').inputValue()).toBe('513-办公')
  expect(await line(page, 2, 'credit').inputValue()).toBe('1200.00')
  expect(await page.locator('#why').textContent()).toContain('可以保存')
  await context.close()
})

test('without scripts a voucher is booked from the plain form', async () => {
  const { context, page } = await atWork({ script: false })
  await opened(page)
  await page.locator('#summary').fill('存入现金')
  await line(page, 1, 'account').fill('102-基本户')
  await line(page, 1, 'debit').fill('80')
  await line(page, 2, 'account').fill('101')
  await line(page, 2, 'credit').fill('80')
  await page.getByRole('button', { name: '保存凭证' }).click()
  expect(await page.getByRole('status').textContent()).toContain('已办理')
  await context.close()
})

test('on paper the bank page is its reconciliation alone', async () => {
  const { context, page } = await atWork({ script: false })
  await opened(page, 'bank')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.worksheet:visible').count()).toBe(0)
  expect(await page.getByRole('heading', { name: '银行存款余额调节表' }).isVisible()).toBe(true)
  await context.close()
})
