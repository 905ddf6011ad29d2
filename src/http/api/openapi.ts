import { z } from 'zod'
import { commands } from '../../domain/commands.ts'
import { documents } from './documents.ts'
import { originalPaths } from './documents-kept.ts'
import { QUERIES } from './queries.ts'

type Json = Record<string, unknown>

const PROBLEM = { $ref: '#/components/responses/Problem' }
const COOP = { name: 'coop', in: 'path', required: true, description: '组织编号', schema: { type: 'string' } }

/**
 * The OpenAPI 3.1 document: exactly the ledger's commands, the queries and the documents. `cookie` is the session's name
 * without its prefix, where one serves all.
 */
export function openApi(origin: string | undefined, cookie?: string): Json {
  const session = cookie === undefined ? {} : { session: { type: 'apiKey', in: 'cookie', name: `__Host-${cookie}` } }
  return {
    openapi: '3.1.0',
    info: {
      title: '明账 Mingzhang',
      version: '1',
      description: '集体经济账本：命令记事实，查询看账，文件出两公开和对账单。',
    },
    ...(origin ? { servers: [{ url: origin }] } : {}),
    security: [{ accessCode: [] }, ...(cookie === undefined ? [] : [{ session: [] }])],
    paths: Object.fromEntries([
      ...servicePaths(),
      ...commandPaths(),
      ...queryPaths(),
      ...documentPaths(),
      ...originalPaths(PROBLEM),
    ]),
    components: {
      securitySchemes: {
        accessCode: { type: 'http', scheme: 'bearer', description: '数据目录的访问码' },
        ...session,
      },
      responses: {
        Problem: {
          description: '没有受理：code 是稳定的代号，detail 是中文说明，article 是依据的条文',
          content: { 'application/problem+json': { schema: z.toJSONSchema(problem) } },
        },
      },
    },
  }
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  article: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string(),
})

const events = z.object({
  events: z.array(
    z.object({
      type: z.string(),
      revision: z.int(),
      hash: z.string(),
      recordedAt: z.string(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  // 已提交复核（S12），等……复核后入账: there when a second person has to look at it first.
  waits: z.string().optional(),
})

function servicePaths(): [string, Json][] {
  const answer = (summary: string) => ({ get: { summary, security: [], responses: { 200: { description: 'JSON' } } } })
  return [
    ['/healthz', answer('服务在运行')],
    ['/readyz', answer('账本可以读写')],
    ['/api/openapi.json', answer('本说明')],
    ['/api/coops', { get: { summary: '全部组织', responses: { 200: { description: 'JSON' }, default: PROBLEM } } }],
  ]
}

function commandPaths(): [string, Json][] {
  return Object.entries(commands).map(([name, { title, schema, marks }]) => [
    `/api/coops/{coop}/commands/${name}`,
    {
      post: {
        operationId: name,
        summary: title,
        tags: ['commands', ...marks],
        parameters: [
          COOP,
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: true,
            description: '这一次提交的编号；同一编号再交一次，得到第一次的答复',
            schema: { type: 'string', maxLength: 100 },
          },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: z.toJSONSchema(schema, { io: 'input' }) } },
        },
        responses: {
          201: {
            description: '已入账；有 waits 的是已提交复核',
            content: { 'application/json': { schema: z.toJSONSchema(events) } },
          },
          200: { description: '这个编号已经办过，这是当时的答复' },
          default: PROBLEM,
        },
      },
    },
  ])
}

function queryPaths(): [string, Json][] {
  return QUERIES.map(({ path, title, takes }) => {
    const full = `/api/coops/:coop${path}`
    const schema = z.toJSONSchema(takes, { io: 'input' })
    const parameters = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
      name,
      in: full.includes(`:${name}`) ? 'path' : 'query',
      required: schema.required?.includes(name) ?? false,
      schema: field,
    }))
    return [
      braced(full),
      {
        get: {
          summary: title,
          tags: ['queries'],
          parameters: [COOP, ...parameters],
          responses: { 200: { description: 'JSON' }, default: PROBLEM },
        },
      },
    ]
  })
}

function documentPaths(): [string, Json][] {
  return documents.map(({ path, title }) => {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name)
    const parameters = names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
    return [
      braced(path),
      {
        get: {
          summary: title,
          tags: ['documents'],
          parameters,
          responses: { 200: { description: 'PDF', content: { 'application/pdf': {} } }, default: PROBLEM },
        },
      },
    ]
  })
}

const braced = (path: string): string => path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}')
