import type { Context } from 'hono'
import { z } from 'zod'
import { statementFiles } from '../../../projections/bank.ts'
import { documentsOf, keptKind } from '../../../projections/papers.ts'
import { MEDIA_TYPES } from '../../ledger/document-kind.ts'
import { attachOriginals } from '../../ledger/documents.ts'
import { coopOf, notFound } from '../coop-of.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { Problem, refusalProblem } from '../problem.ts'
import { readQuery } from '../read-query.ts'
import { idempotencyKey } from './commands.ts'

const OF_VOUCHER = '/api/coops/:coop/vouchers/:number/originals'
const ONE = '/api/coops/:coop/originals/:hash'
const NUMBER = /^\d{4}-\d{2}-记-\d{1,9}$/
const ACTOR = 'operator via web'
/** The most an upload may be, in bytes: what an original may be. */
const MOST = 10_485_760
/** Nothing of a kept file runs, loads or is shown inside of a page, whatever it turns out to be. */
const SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"

/** The electronic originals of vouchers: attached with a POST of the file itself, listed, and given out as downloads. */
export function originalRoutes(app: App, house: House): void {
  app.post(OF_VOUCHER, async c => {
    await requireOperator(c, house)
    const { coop } = await coopOf(c, house)
    const { see } = readQuery(c, z.strictObject({ see: z.string().regex(NUMBER).optional() }))
    const commandId = idempotencyKey(c)
    const { ledger, store, now } = house.office
    const done = await attachOriginals(
      { ledger, store, now, blobs: house.blobs },
      {
        ...{ coop, voucher: numberOf(c), files: [await readBytes(c)], actor: ACTOR, commandId },
        ...(see === undefined ? {} : { seeVoucher: see }),
      },
    )
    if ('refusal' in done) throw refusalProblem(done.refusal)
    return c.json({ data: done.originals[0] }, done.repeated ? 200 : 201)
  })

  app.get(OF_VOUCHER, async c => {
    await requireOperator(c, house)
    const { coop } = await coopOf(c, house)
    return c.json({ data: documentsOf(house.office.sql, coop, numberOf(c)) })
  })

  app.get(ONE, async c => {
    await requireOperator(c, house)
    const { coop } = await coopOf(c, house)
    const { hash, type, ending } = namedFile(c, house, coop)
    const bytes = house.blobs.get(hash)
    if (!bytes) throw new Problem(404, 'DocumentMissing', '账上有这份文件，但数据目录里找不到；请从备份里取回。')
    c.header('Content-Disposition', `attachment; filename="${hash.slice(0, 16)}.${ending}"`)
    c.header('Content-Security-Policy', SANDBOX)
    return c.body(bytes as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': type })
  })
}

/** The paths above for the OpenAPI document. */
export function originalPaths(problem: unknown): [string, Record<string, unknown>][] {
  const parameter = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })
  const answered = (description: string, more: object = {}) => ({ 200: { description, ...more }, default: problem })
  const anyFile = { 'application/octet-stream': {} }
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', maxLength: 100 } }
  const see = { name: 'see', in: 'query', required: false, description: '附件见哪张凭证', schema: { type: 'string' } }
  return [
    [
      '/api/coops/{coop}/vouchers/{number}/originals',
      {
        parameters: [parameter('coop'), parameter('number')],
        get: { summary: '一张凭证的电子原始凭证', tags: ['originals'], responses: answered('JSON') },
        post: {
          summary: '给凭证附一份原始凭证（PDF、JPEG、PNG、OFD、XML，不超过 10 MB）',
          tags: ['originals'],
          parameters: [key, see],
          requestBody: { required: true, content: anyFile },
          responses: { 201: { description: '已附上' }, ...answered('这个编号已经附过') },
        },
      },
    ],
    [
      '/api/coops/{coop}/originals/{hash}',
      {
        parameters: [parameter('coop'), parameter('hash')],
        get: {
          summary: '下载一份原始凭证或银行对账单文件',
          tags: ['originals'],
          responses: answered('文件', { content: anyFile }),
        },
      },
    ],
  ]
}

// Only what this co-op's own log names is given out: the store is shared by all co-ops of a ledger.
function namedFile(c: Context, { office }: House, coop: string): { hash: string; type: string; ending: string } {
  const hash = c.req.param('hash') ?? ''
  const kind = keptKind(office.sql, coop, hash)
  if (kind) return { hash, type: MEDIA_TYPES[kind], ending: kind === 'jpeg' ? 'jpg' : kind }
  const isStatement = statementFiles(office.sql).some(file => file.coop === coop && file.hash === hash)
  if (!isStatement) throw notFound('DocumentUnknown', '这个组织的账上没有这份文件。')
  return { hash, type: 'application/octet-stream', ending: 'bin' }
}

function numberOf(c: Context): string {
  const number = c.req.param('number') ?? ''
  if (!NUMBER.test(number)) throw notFound('VoucherUnknown', '没有这个编号的凭证。')
  return number
}

// Counts as it reads: a length that is missing or lies must not fill the memory.
async function readBytes(c: Context): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of c.req.raw.body ?? []) {
    size += part.byteLength
    if (size > MOST) throw new Problem(413, 'BodyTooLarge', '文件超过 10 MB；请压缩图片或分成几个文件。')
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
