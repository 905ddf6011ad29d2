import type { Refusal } from '../domain/refusal.ts'

/** Ends a command with a message for people and a code for programs; nothing has been written. */
export class CliError extends Error {
  readonly code: string
  readonly detail: Record<string, unknown> | undefined

  constructor(code: string, message: string, detail?: Record<string, unknown>) {
    super(message)
    this.name = 'CliError'
    this.code = code
    this.detail = detail
  }
}

/** A refusal as what ends a command, its article in brackets behind the sentence. */
export function refused({ code, message, article, detail }: Refusal): CliError {
  return new CliError(code, article ? `${message}（${article}）` : message, {
    ...(article ? { article } : {}),
    ...detail,
  })
}

/** Writes text to standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Writes one JSON value to standard output, for `--json`. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** Writes a remark for people to standard error, where it does not disturb what a program reads. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Says on standard error why a command ended, as a sentence or (`json`) as an object with `code` and `message`. */
export function complain(error: unknown, json: boolean): void {
  const { code, message, detail } = explained(error)
  remark(json ? JSON.stringify({ code, message, ...detail }) : message)
}

type Explained = { code: string; message: string; detail?: Record<string, unknown> | undefined }

function explained(error: unknown): Explained {
  if (error instanceof CliError) return error
  if (!(error instanceof Error)) return { code: 'InternalError', message: String(error) }
  const { code, detail } = error as { code?: unknown; detail?: Record<string, unknown> }
  if (typeof code !== 'string') return { code: 'InternalError', message: `程序内部出错，没有写入：${error.message}` }
  return { code, message: FILE_FAULTS[code]?.(error) ?? error.message, detail }
}

const pathOf = (error: Error): string => (error as { path?: string }).path ?? ''

const FILE_FAULTS: Record<string, (error: Error) => string> = {
  ENOENT: error => `找不到文件或目录：${pathOf(error)}`,
  EACCES: error => `没有权限读写：${pathOf(error)}`,
  EPERM: error => `没有权限读写：${pathOf(error)}`,
  EISDIR: error => `这是一个目录，不是文件：${pathOf(error)}`,
  ENOTDIR: error => `路径中有一段不是目录：${pathOf(error)}`,
  EEXIST: error => `已有同名文件，不能建目录：${pathOf(error)}`,
  ENOSPC: () => '磁盘已满，请先腾出空间。',
  EADDRINUSE: () => '端口已被占用，请用 --port 换一个。',
  ERR_SQLITE_ERROR: error => `账本文件无法读写：${error.message}。请运行 verify 检查。`,
}
