import type { Context } from 'hono'
import type { z } from 'zod'
import { Problem } from './problem.ts'

/** The checked query of a request: every name known and given once; `big`, the reader's type size, is for all pages. */
export function readQuery<S extends z.ZodType>(c: Context, schema: S): z.infer<S> {
  const given: Record<string, string> = {}
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (values.length > 1) throw new Problem(400, 'RepeatedParameter', `参数 ${name.slice(0, 40)} 只能给一次。`)
    if (name !== 'big') given[name] = values[0] ?? ''
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join('、') : '参数')
  const what = issue?.code === 'unrecognized_keys' ? '没有这个参数' : issue?.message
  throw new Problem(400, 'BadParameter', `${where.slice(0, 80)}：${what}。`)
}
