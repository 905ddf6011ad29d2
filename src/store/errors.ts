/** What every failure of a store has: a code that programs can rely on. */
export abstract class StoreError extends Error {
  abstract readonly code: string
}

/** The stream is not where the writer believed it was; nothing was stored. */
export class Conflict extends StoreError {
  readonly code = 'Conflict'
  readonly stream: string
  readonly expected: number
  readonly actual: number

  constructor(stream: string, expected: number, actual: number) {
    const other = expected === actual ? '，但末条事件不同（same revision, other hash）' : ''
    super(
      `账本 ${stream} 现为修订号 ${actual}，写入时以为是 ${expected}${other}（expected ${expected}, actual ${actual}）`,
    )
    this.name = 'Conflict'
    this.stream = stream
    this.expected = expected
    this.actual = actual
  }
}

/** The command id was used before with another input or other events; nothing was stored. */
export class CommandIdReused extends StoreError {
  readonly code = 'CommandIdReused'
  readonly stream: string
  readonly commandId: string

  constructor(stream: string, commandId: string) {
    super(`命令号 ${commandId} 在账本 ${stream} 里已用于另一内容（command id used before with other content）`)
    this.name = 'CommandIdReused'
    this.stream = stream
    this.commandId = commandId
  }
}

/** One append carries more than a store takes; nothing was stored. */
export class TooLarge extends StoreError {
  readonly code = 'TooLarge'
  readonly size: number
  readonly limit: number

  constructor(size: number, limit: number, unit: 'bytes' | 'events') {
    super(
      `一次写入 ${size} ${unit === 'bytes' ? '字节' : '条事件'}，超过上限 ${limit}（${size} ${unit}, limit ${limit}）`,
    )
    this.name = 'TooLarge'
    this.size = size
    this.limit = limit
  }
}

/** The store cannot be written or read now; nothing of this append was stored. */
export class Unavailable extends StoreError {
  readonly code = 'Unavailable'

  constructor(cause: unknown) {
    super(`账本暂不可用：${reasonOf(cause)}（the log is unavailable）`, { cause })
    this.name = 'Unavailable'
  }
}

/** The store failed while committing: the events may or may not be there. Resend the same events; do not decide anew. */
export class OutcomeUnknown extends StoreError {
  readonly code = 'OutcomeUnknown'

  constructor(cause: unknown) {
    super(`写入结果未知，请以同一命令号重试：${reasonOf(cause)}（outcome unknown, resend the same command）`, { cause })
    this.name = 'OutcomeUnknown'
  }
}

/** An envelope or payload that a store could not give back unchanged; a fault of the program, not of its user. */
export class Unstorable extends StoreError {
  readonly code = 'Unstorable'
  readonly path: string

  constructor(path: string, reason: string) {
    super(`无法原样存储 ${path}：${reason}（cannot be stored unchanged）`)
    this.name = 'Unstorable'
    this.path = path
  }
}

/** A recorded event this program cannot read: unknown type, newer version, broken JSON or a schema it does not satisfy. */
export class Unreadable extends StoreError {
  readonly code = 'Unreadable'

  constructor(where: string, reason: string, cause?: unknown) {
    super(`无法读取事件 ${where}：${reason}（unreadable event）`, { cause })
    this.name = 'Unreadable'
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
