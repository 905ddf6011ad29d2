import type { Refusal } from '../domain/refusal.ts'
import { DocumentRefused } from '../ledger/document-kind.ts'
import { VaultError } from '../ledger/vault.ts'
import { BlobDamaged } from '../store/blobs.ts'
import { StoreError, Unavailable, Unreadable } from '../store/errors.ts'
import { isDatabaseFault } from '../store/sql.ts'

/** A request that is not answered as asked: HTTP status, stable code, and a Chinese sentence that says what to do. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly article: string | undefined
  readonly facts: Record<string, unknown> | undefined
  readonly headers: Record<string, string>

  constructor(status: number, code: string, message: string, more: ProblemMore = {}) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.article = more.article
    this.facts = more.facts
    this.headers = more.headers ?? {}
  }
}
type ProblemMore = {
  article?: string | undefined
  facts?: Record<string, unknown> | undefined
  headers?: Record<string, string>
}

const UNKNOWN = 404
const CONFLICT = 409

/** The status of every code that is not a plain 422: what is named does not exist, or what is recorded already says otherwise. */
const STATUS: Record<string, number> = {
  ...codes(
    UNKNOWN,
    'CommandUnknown CoopUnknown PersonUnknown MemberUnknown FundUnknown AccountUnknown VoucherUnknown RunUnknown ResolutionUnknown RequestUnknown ProgrammeUnknown TierUnknown LeaseUnknown AssetUnknown ObligationUnknown ObjectionUnknown HouseholdUnknown DonationUnknown BatchUnknown UnknownPerson',
  ),
  ...codes(
    CONFLICT,
    'PeriodClosed PeriodPublished YearClosed LaterPeriodClosed IdTaken CommandIdReused CoopExists BooksBegun AccountExists AlreadyPaid AlreadyGranted AlreadyApproved AlreadyAccrued AlreadyDeclared AlreadyEarned AlreadyDisclosed AlreadyReversed AlreadyMember AlreadyOfficer ReversalOfReversal ReserveSetAside ResolutionDecided ObjectionAnswered PersonKnown FiguresChanged LeaseEnded AssetLet DemoLedger',
  ),
  ...codes(403, 'NotEntitled SamePerson'),
  ...codes(410, 'PersonForgotten PersonSealed'),
  ...codes(413, 'TooLarge'),
  ...codes(503, 'Unavailable OutcomeUnknown Conflict Unreadable'),
  ...codes(500, 'Unstorable SealBroken'),
}

const TITLES: Record<number, string> = {
  400: '请求写法有误',
  401: '请先登录',
  403: '没有权限',
  404: '找不到',
  405: '不支持这种操作',
  409: '与已有记录冲突',
  410: '已经注销',
  413: '内容太大',
  415: '内容类型不对',
  421: '地址不对',
  422: '不合规则，没有入账',
  429: '请稍后再试',
  500: '程序出错',
  503: '账本暂不可用',
}

/** The status of a refusal's or an error's code. */
export const statusOf = (code: string): number => STATUS[code] ?? 422

/** The Chinese heading of a status. */
export const titleOf = (status: number): string => TITLES[status] ?? '无法处理'

/** A refusal of the ledger as a problem. */
export function refusalProblem({ code, message, article, detail }: Refusal): Problem {
  return new Problem(statusOf(code), code, message, { article, facts: detail })
}

/** SQLite's primary result codes for a file that is not as it was written: SQLITE_CORRUPT, SQLITE_NOTADB. */
const DAMAGED: ReadonlySet<number> = new Set([11, 26])

/** Any error as a problem; what is not understood says nothing about the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof DocumentRefused) return new Problem(statusOf(error.code), error.code, error.message)
  if (error instanceof BlobDamaged) return new Problem(500, error.code, error.message)
  if (error instanceof VaultError || error instanceof StoreError) return outside(error)
  if (isDatabaseFault(error))
    return outside(DAMAGED.has(error.errcode ?? 0) ? new Unreadable('', '') : new Unavailable(error))
  return new Problem(500, 'InternalError', '程序出错，这一步没有完成。请稍后再试；再次出错请告诉维护人员。')
}

function outside(error: (VaultError | StoreError) & { code: string }): Problem {
  const status = statusOf(error.code)
  if (error.code === 'Unreadable') {
    return new Problem(503, 'ChainBroken', '这个组织的账本没有通过校验，已停止服务，请运行 verify 并用备份恢复。', {
      headers: { 'Retry-After': '3600' },
    })
  }
  if (status === 503) {
    return new Problem(503, error.code, '账本暂时写不进去，请用同一个命令编号再试一次。', {
      headers: { 'Retry-After': '5' },
    })
  }
  return new Problem(status, error.code, status === 500 ? '程序出错，这一步没有完成。' : error.message)
}

function codes(status: number, list: string): Record<string, number> {
  return Object.fromEntries(list.split(' ').map(code => [code, status]))
}
