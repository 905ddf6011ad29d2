import { z } from 'zod'
import type { Envelope } from '../store/port.ts'

/** A log that cannot be imported: which line (1 = the first; 0 = the file as a whole) and why; nothing was written. */
export class BadLog extends Error {
  readonly code: 'LogUnreadable' | 'LogAltered' | 'LogOutOfOrder' | 'LogCut' | 'NotEmpty'
  readonly detail: { line: number; reason: string }

  constructor(code: BadLog['code'], line: number, reason: string) {
    super(`${line > 0 ? `第 ${line} 行：` : ''}${reason}。没有导入任何内容。`)
    this.name = 'BadLog'
    this.code = code
    this.detail = { line, reason }
  }
}

/** One event of an exported log, with the line it stands on. */
export type LogLine = { line: number; event: Envelope }

const whole = z.int().min(0)
const text = z.string().min(1)
const hex = z.string().regex(/^[0-9a-f]{64}$/)
const line = z.strictObject({
  // Exports of earlier versions name the place in the store they come from.
  position: whole.optional(),
  stream: text,
  revision: whole,
  id: text,
  type: text,
  version: z.int().min(1),
  recordedAt: text,
  actor: text,
  commandId: text,
  inputHash: text,
  correlationId: text,
  causationId: text,
  hash: hex,
  data: z.unknown(),
})

/** Reads a line as `export log` writes it; throws BadLog when it is anything else, to the last byte. */
export function readLine(written: string, number: number): LogLine {
  const parsed = line.safeParse(json(written, number))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new BadLog('LogUnreadable', number, `不是日志的一行：${issue?.path.join('.') || '整行'} ${issue?.message}`)
  }
  const { data: _, position, ...envelope } = parsed.data
  // Quotes inside texts are escaped, so this is where the payload begins.
  const at = written.indexOf(',"data":')
  const data = written.slice(at + 8, -1)
  const again = `${JSON.stringify({ ...(position === undefined ? {} : { position }), ...envelope }).slice(0, -1)},"data":${data}}`
  if (again !== written) throw new BadLog('LogUnreadable', number, '写法与导出的不同（字段的次序、空格或多余的字段）')
  return { line: number, event: { ...envelope, data } }
}

function json(written: string, number: number): unknown {
  try {
    return JSON.parse(written)
  } catch {
    throw new BadLog('LogUnreadable', number, written.endsWith('}') ? '不是 JSON' : '这一行不完整，文件可能被截断')
  }
}
