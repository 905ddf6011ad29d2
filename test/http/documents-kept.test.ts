import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/http/house.ts'
import { BlobDamaged, type Blobs, blobName } from '../../src/store/blobs.ts'
import { sqlBlobs } from '../../src/store/blobs-sql.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { joined, jpeg, pdf, png, xml } from '../ledger/document-files.ts'
import type { TestOffice } from '../support/office.ts'
import { attach, CODE, command, testHouse } from './house.ts'
import { COOP } from './people.ts'
import { sunshine } from './story.ts'

const NUMBER = '2025-03-%E8%AE%B0-1'
let office: TestOffice
let app: App
let blobs: Blobs
beforeAll(async () => {
  office = await sunshine()
  blobs = sqlBlobs(openNodeSql(':memory:'))
  app = testHouse(office.office, { blobs })
})
afterAll(() => office.close())

const get = (path: string, coop = COOP) =>
  app.request(`/api/coops/${coop}${path}`, { headers: { authorization: `Bearer ${CODE}` } })
const problem = async (answer: Response) => ({
  status: answer.status,
  ...((await answer.json()) as { code: string; detail: string }),
})

describe('an original', () => {
  test('is attached by sending it, listed with its voucher, and given out byte for byte as a download that cannot act', async () => {
    const sent = await attach(app, NUMBER, pdf, 'a')
    expect(sent.status).toBe(201)
    expect(await sent.json()).toEqual({ data: { hash: blobName(pdf), kind: 'pdf', size: pdf.length } })
    expect((await attach(app, NUMBER, pdf, 'a')).status, 'the same again').toBe(200)
    const list = (await (await get(`/vouchers/${NUMBER}/originals`)).json()) as { data: object[] }
    expect(list.data).toMatchObject([{ hash: blobName(pdf), kind: 'pdf' }])
    const given = await get(`/originals/${blobName(pdf)}`)
    expect(new Uint8Array(await given.arrayBuffer())).toEqual(pdf)
    expect(Object.fromEntries(given.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${blobName(pdf).slice(0, 16)}.pdf"`,
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  test('that is no original, too large or two kinds at once is refused with what to do, and not kept', async () => {
    const page = joined('<html><script>alert(1)</script></html>')
    for (const [bytes, status, code] of [
      [page, 422, 'DocumentUnsafe'],
      [joined(png, page), 422, 'DocumentMixed'],
      [new Uint8Array(10_485_761), 413, 'BodyTooLarge'],
      [new Uint8Array(0), 422, 'DocumentKindUnknown'],
    ] as const) {
      expect(await problem(await attach(app, NUMBER, bytes, code))).toMatchObject({
        status,
        code,
        detail: expect.stringMatching(/[；。]/),
      })
      expect(blobs.has(blobName(bytes))).toBe(false)
    }
  })

  test('that another voucher holds needs to say so', async () => {
    await attach(app, NUMBER, jpeg, 'b')
    const other = '2025-03-%E8%AE%B0-2'
    await attach(app, other, png, 'g')
    expect(await problem(await attach(app, other, jpeg, 'c'))).toMatchObject({ code: 'DocumentUsed' })
    expect((await attach(app, `${other}`, jpeg, 'd', `?see=${NUMBER}`)).status).toBe(201)
  })

  test('of no voucher, of no co-op’s or without an id for the submission is a problem', async () => {
    expect(await problem(await attach(app, '2025-03-%E8%AE%B0-99', xml, 'e'))).toMatchObject({
      code: 'VoucherUnknown',
      status: 404,
    })
    expect(await problem(await attach(app, 'x', xml, 'f'))).toMatchObject({ code: 'VoucherUnknown', status: 404 })
    expect(await problem(await attach(app, NUMBER, xml, ''))).toMatchObject({ code: 'IdempotencyKeyMissing' })
    expect((await get(`/originals/${blobName(pdf)}`, 'nobody')).status).toBe(404)
  })

  test('named by a command must have been sent before', async () => {
    const path = `/api/coops/${COOP}/commands/AttachDocuments`
    const named = (hash: string) => ({ voucher: '2025-03-记-1', documents: [{ hash, kind: 'xml', size: xml.length }] })
    const refused = await command(app, path, named('0'.repeat(64)), { key: 'h' })
    expect(await problem(refused)).toMatchObject({ status: 422, code: 'DocumentNotKept' })
    const statement = await command(
      app,
      `/api/coops/${COOP}/commands/ImportBankStatement`,
      { file: '0'.repeat(64) },
      { key: 'i' },
    )
    expect(await problem(statement)).toMatchObject({ code: 'DocumentNotKept' })
    expect((await command(app, path, named(blobName(pdf)), { key: 'j' })).status, 'kept, but attached already').toBe(
      422,
    )
    expect((await command(app, path, { documents: 1 }, { key: 'k' })).status).toBe(422)
  })

  test('is given out only when the co-op’s own log names it, whole or not at all', async () => {
    blobs.put(xml)
    expect(await problem(await get(`/originals/${blobName(xml)}`))).toMatchObject({
      status: 404,
      code: 'DocumentUnknown',
    })
    expect((await get('/originals/..%2f..%2fledger.db')).status).toBe(404)
    const gone = testHouse(office.office, { blobs: { ...blobs, get: () => undefined } })
    const damaged = (name: string) => {
      throw new BlobDamaged(name)
    }
    const broken = testHouse(office.office, { blobs: { ...blobs, get: damaged } })
    const ask = (from: App) =>
      from.request(`/api/coops/${COOP}/originals/${blobName(pdf)}`, { headers: { authorization: `Bearer ${CODE}` } })
    expect(await problem(await ask(gone))).toMatchObject({ status: 404, code: 'DocumentMissing' })
    expect(await problem(await ask(broken))).toMatchObject({ status: 500, code: 'DocumentDamaged' })
  })
})
