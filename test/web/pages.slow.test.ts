import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Serving, serve } from '../../src/http/serve-node.ts'
import { COOP, PEOPLE } from '../http/people.ts'
import { sunshine } from '../http/story.ts'
import type { TestOffice } from '../support/office.ts'

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium'
const SIZES = [
  { width: 320, big: false },
  { width: 320, big: true },
  { width: 1280, big: false },
]

const LOOK = readFileSync(new URL('./look.js', import.meta.url), 'utf8')

let office: TestOffice
let server: Serving
let browser: Browser
const publicPages = [
  '/',
  '/money-in',
  '/money-out',
  '/my-share',
  '/how-to-check',
  '/login',
  '/no-such-page',
  `/coops/${COOP}`,
  `/coops/${COOP}/quarters/2025Q1`,
  `/coops/${COOP}/quarters/2025Q1/accounts/501-物业租赁`,
  `/coops/${COOP}/quarters/2025Q1/outcome/4`,
  `/coops/${COOP}/resolutions/2025-1`,
]
const staffPages = () => {
  const room = `/staff/coops/${COOP}`
  const member = `${room}/members/${office.codeOf(PEOPLE[0].idNumber)}`
  const rooms = [
    '',
    '/trial-balance',
    '/accounts/102?period=2025Q1',
    '/vouchers?period=2025-03',
    '/vouchers/2025-03-记-2',
    '/members',
    '/funds',
    '/reports?period=2025Q1',
    '/reports/balance-sheet?period=2025Q1',
    '/reports/bank-journal?period=2025Q1',
    '/reports/vouchers?period=2025-03',
    '/rent?period=2025Q1',
    '/payables',
    '/payables/R202503',
    '/resolutions',
    '/resolutions/2025-1',
  ]
  return ['/staff', ...rooms.map(path => `${room}${path}`), member, `${member}/2025`]
}

beforeAll(async () => {
  office = await sunshine()
  server = await serve(office.office, { directory: office.directory, port: 0 })
  browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--headless'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  office?.close()
})

/** A browser without script, logged in through the form as a person does. */
async function reader(width: number, big: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${server.url}/login?big=${big ? 1 : 0}`)
  await page.getByLabel('访问码').fill(server.code!)
  await page.getByRole('button', { name: '登录' }).click()
  expect(new URL(page.url()).pathname).toBe('/staff')
  return { context, page }
}

describe.each(SIZES)('at $width px, large type: $big', ({ width, big }) => {
  test('pages fit the screen, have large targets and strong contrast, labels, headers and headings in order', async () => {
    const { context, page } = await reader(width, big)
    for (const path of [...publicPages, ...staffPages()]) {
      await page.goto(`${server.url}${path}`)
      const found = (await page.evaluate(LOOK)) as Look
      expect(found.overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
      expect(found.small, `${path}: targets under 44 px`).toEqual([])
      expect(found.headings, `${path}: headings ${found.headings}`).toMatch(/^1[23]*$/)
      expect(found.headings, `${path}: a level of heading is left out`).not.toMatch(/^13/)
      expect(found.unlabelled, `${path}: fields without a label`).toEqual([])
      expect(found.headless, `${path}: tables without column headers`).toBe(0)
      expect(found.faint, `${path}: figures below 7:1`).toEqual([])
      expect(found.type, `${path}: size of the text`).toBe(big ? 24 : 18)
    }
    await context.close()
  })
})

test('on paper the menus are gone and the tables are whole', async () => {
  const { context, page } = await reader(1280, false)
  await page.goto(`${server.url}/coops/${COOP}/quarters/2025Q1`)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.menu').isVisible()).toBe(false)
  expect(await page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX")).toBe('visible')
  await context.close()
})

test('after logging out, going back shows nothing of the books', async () => {
  const { context, page } = await reader(1280, false)
  await page.goto(`${server.url}/staff/coops/${COOP}/members`)
  await page.getByRole('button', { name: '退出' }).click()
  await page.goto(`${server.url}/staff/coops/${COOP}/members`)
  expect(await page.content()).not.toContain('黄小梅')
  await page.goBack()
  await page.goBack()
  expect(await page.content()).not.toContain('黄小梅')
  await context.close()
})

type Look = {
  overflow: number
  small: string[]
  headings: string
  unlabelled: string[]
  headless: number
  faint: string[]
  type: number
}
