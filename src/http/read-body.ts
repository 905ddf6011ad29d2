import type { Context } from 'hono'
import { JsonTrouble, parseStrictly } from './json-guard.ts'
import { Problem } from './problem.ts'

const MIB = 1024 * 1024
const FORM_LIMIT = 4096

/** The JSON body of a request whose content type is exactly `application/json`, at most 1 MiB. */
export async function readJson(c: Context): Promise<unknown> {
  needType(c, 'application/json')
  const text = await readText(c, MIB)
  try {
    return parseStrictly(text)
  } catch (error) {
    if (error instanceof JsonTrouble) throw new Problem(400, 'BadJson', `内容读不懂：${error.message}。`)
    throw error
  }
}

/**
 * The fields of a posted form, each at most once, at most 4 KiB unless told; a form with as many fields as it has rows
 * says by a pattern how they are called.
 */
export async function readForm(
  c: Context,
  fields: readonly string[] | RegExp,
  limit: number = FORM_LIMIT,
): Promise<Record<string, string>> {
  const isKnown = (name: string) => (fields instanceof RegExp ? fields.test(name) : fields.includes(name))
  needType(c, 'application/x-www-form-urlencoded')
  const form = new URLSearchParams(await readText(c, limit))
  const read: Record<string, string> = {}
  for (const [name, value] of form) {
    if (!isKnown(name) || Object.hasOwn(read, name)) throw new Problem(400, 'BadForm', '表单内容有误，请重新填写。')
    read[name] = value
  }
  return read
}

function needType(c: Context, type: string): void {
  const given = (c.req.header('content-type') ?? '').toLowerCase().replaceAll(' ', '')
  if (given !== type && given !== `${type};charset=utf-8`) {
    throw new Problem(415, 'WrongContentType', `内容类型要写 ${type}。`)
  }
}

// Counts as it reads: a length that is missing or lies must not fill the memory.
async function readText(c: Context, limit: number): Promise<string> {
  const reader = c.req.raw.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      reader.cancel().catch(() => undefined)
      throw new Problem(413, 'BodyTooLarge', `内容超过 ${limit / 1024} KB，请分几次提交。`)
    }
    text += decoded(() => decoder.decode(value, { stream: true }))
  }
  return text + decoded(() => decoder.decode())
}

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch {
    throw new Problem(400, 'NotUtf8', '内容不是 UTF-8 文字。')
  }
}
