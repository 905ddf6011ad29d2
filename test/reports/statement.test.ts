import { afterEach, expect, test, vi } from 'vitest'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { renderStatement } from '../../reports/statement/pdf.ts'
import { testWith } from '../support/programs.ts'
import { onPdf, pagesOf } from './pdf-tools.ts'
import { emptyStatement, group, longStatement, seniorStatement, shortStatement, statement } from './samples.ts'

const fonts = loadFonts()

afterEach(() => {
  vi.unstubAllEnvs()
})

testWith(['pdftotext'], 'the statement of most people is one page; 31 entries flow on to further pages', async () => {
  expect(pagesOf(await renderStatement(shortStatement, fonts))).toHaveLength(1)
  expect(longStatement.groups.flatMap(one => one.rows)).toHaveLength(31)
  expect(pagesOf(await renderStatement(longStatement, fonts)).length).toBeGreaterThan(1)
})

testWith(['pdftotext'], 'the year stands in one sentence, with 大写 and what is still unpaid', async () => {
  const [page] = pagesOf(await renderStatement(seniorStatement, fonts))
  expect(page).toContain('2025年，合作社应发给您¥11,000.00（人民币壹万壹仟元整），已付¥10,400.00，还有¥600.00未付。')
})

testWith(['pdftotext'], 'a settled year says so, and an overpaid one says what is to be returned', async () => {
  expect(pagesOf(await renderStatement(shortStatement, fonts))[0]).toContain('已全部付清。')
  const overpaid = { ...shortStatement, total: { ...shortStatement.total, paid: '4000.00', outstanding: '-200.00' } }
  expect(pagesOf(await renderStatement(overpaid, fonts))[0]).toContain('已付¥4,000.00，多付¥200.00待退回。')
})

testWith(['pdftotext'], 'a year without payments says so instead of showing an empty table', async () => {
  expect(pagesOf(await renderStatement(emptyStatement, fonts))[0]).toMatch(
    /2025年，合作社没有应发给您的款项。.*本年度没有发放记录/,
  )
})

testWith(
  ['pdftotext'],
  'what another organisation paid is kept out of the total and joined in a line below',
  async () => {
    const text = pagesOf(await renderStatement(seniorStatement, fonts)).join('')
    expect(text).toContain('合计11,950.00950.0011,000.00')
    expect(text).toContain('小计4,300.00860.003,440.00')
    expect(text).toContain('您2025年共应发¥16,250.00，代扣¥1,810.00，实发¥14,440.00（人民币壹万肆仟肆佰肆拾元整）')
    expect(pagesOf(await renderStatement(shortStatement, fonts)).join('')).not.toContain('本人在其他组织的收入')
  },
)

testWith(
  ['pdftotext'],
  'an organisation with a ledger of its own is named with its address; where none could be asked, the paper says so',
  async () => {
    const moon = { organisation: '月光股份经济合作社', address: 'https://ledger.example.cn/coops/moon' }
    const named = pagesOf(await renderStatement({ ...shortStatement, otherPayers: [moon] }, fonts)).join('')
    expect(named).toContain('本人所在的其他组织')
    expect(named).toContain(moon.organisation)
    expect(named).toContain(moon.address)
    const unasked = pagesOf(await renderStatement({ ...shortStatement, otherPayers: 'unasked' }, fonts)).join('')
    expect(unasked).toContain('没有能够查询您还在哪些组织登记')
    expect(pagesOf(await renderStatement(shortStatement, fonts)).join('')).not.toContain('其他组织')
  },
)

testWith(
  ['pdftotext'],
  'a character that the fonts lack is printed 〓 and named at the foot of each page that has it',
  async () => {
    const pages = pagesOf(await renderStatement(longStatement, fonts))
    for (const page of pages) expect(page).toMatch(/㛃〓.*〓：字库未收的字，编码按出现先后为U\+20BB7。/)
    const [short] = pagesOf(await renderStatement(shortStatement, fonts))
    expect(short).toContain('欧阳𠅤宁')
    expect(short).not.toContain('〓')
  },
)

testWith(['pdftotext'], 'subtotal, total and 大写 stay on the page of the last entry', async () => {
  const last = longStatement.groups.at(-1)!.rows.at(-1)!
  for (let extra = 0; extra < 12; extra++) {
    const rows = [...longStatement.groups[0]!.rows, ...longStatement.groups[1]!.rows.slice(0, extra % 7), last]
    const data = statement({ groups: [group('relief', '困难救助', rows.slice(extra > 6 ? 3 : 0))] })
    const pages = pagesOf(await renderStatement(data, fonts))
    expect(pages.find(page => page.includes(`${last.item}`))).toContain('实发合计（大写）')
  }
})

testWith(['pdftotext'], 'the table head stands again on every page that carries entries', async () => {
  const pages = pagesOf(await renderStatement(longStatement, fonts))
  const carrying = pages.filter(page => /第\d+笔/.test(page) && !page.includes('未付原因'))
  expect(carrying.length).toBeGreaterThan(1)
  for (const page of carrying) expect(page).toContain('凭证号项目与计算依据应发代扣实发状态与付款日期')
})

test('one document never changes the text or bytes of the next', async () => {
  const fresh = await renderStatement(shortStatement, fonts)
  const radicals = { ...shortStatement, person: { name: '\u2f45\u2f8f\u2f08', code: 'M00001' } }
  await renderStatement(radicals, fonts)
  expect(Buffer.compare(await renderStatement(shortStatement, fonts), fresh)).toBe(0)
})

testWith(['pdftotext'], 'a name written with radicals can be found by its ideographs', async () => {
  const radicals = { ...shortStatement, person: { name: '\u2f45\u2f8f\u2f08', code: 'M00001' } }
  expect(pagesOf(await renderStatement(radicals, fonts))[0]).toContain('方行人')
})

test('the bytes are the same in every time zone', async () => {
  vi.stubEnv('TZ', 'America/New_York')
  const west = await renderStatement(seniorStatement, fonts)
  vi.stubEnv('TZ', 'Pacific/Kiritimati')
  expect(Buffer.compare(await renderStatement(seniorStatement, fonts), west)).toBe(0)
})

testWith(['pdfinfo'], 'a name with & and < leaves the metadata well formed', async () => {
  const data = { ...shortStatement, person: { name: '甲&乙<丙>', code: 'M00002' } }
  const meta = onPdf('pdfinfo', await renderStatement(data, fonts), ['-meta', 'FILE']).toString()
  expect(meta).toContain('甲＆乙＜丙＞')
  expect(meta).not.toMatch(/&(?!amp;|lt;|gt;)/)
})

testWith(['pdftotext'], 'a draft is marked on every page', async () => {
  for (const page of pagesOf(await renderStatement(longStatement, fonts))) expect(page).toContain('草稿')
})
