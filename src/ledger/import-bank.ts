import { plusDays } from '../domain/calendar.ts'
import { add, type Fen, fenOf, total, yuan } from '../domain/money.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { CoopState } from '../domain/state.ts'
import { type Blobs, blobName } from '../store/blobs.ts'
import { readGrid } from './bank-grid.ts'
import { type BankProfile, BUILT_IN } from './bank-profiles.ts'
import { type BankStatement, readStatement, type StatementLine } from './bank-statement.ts'
import { foresee } from './foresee.ts'
import { BadFile } from './import-csv.ts'
import { type Imported, type ImportOptions, type ImportPorts, importedBefore, importId } from './import-run.ts'
import type { Ledger } from './ledger.ts'

export type BankOptions = Omit<ImportOptions, 'demo'> & {
  /** `102-基本户`. */
  account: string
  /** The last four digits the account is registered with, against which the file's own are held. */
  lastFour?: string
  /** Own column profiles; they come before the built-in ones. */
  profiles?: readonly BankProfile[]
  /** The one profile to read with, by name. */
  profile?: string
  /** First and last day, where the file does not say. */
  from?: string
  to?: string
  /** Balance before the first line in yuan, where the file has no running balance. */
  opening?: string
  /** For the first statement: what is booked before it and not passed by the bank; yuan. */
  outstanding?: readonly { voucher: string; amount: string }[]
}

/** What a statement brought; `known` lines had come with an earlier one. Yuan. */
export type ImportedStatement = Imported & {
  account: string
  statement: string
  profile: string
  from: string
  to: string
  opening: string
  closing: string
  known: number
  file: string
}

type BankPorts = ImportPorts & { ledger: Pick<Ledger, 'execute'>; blobs: Blobs }

const KIND = 'bank'

/**
 * Takes a bank's file (CSV or xlsx) as the statement of one account, whole or not at all: it is read by its headings, its
 * running balance is checked line by line, and the file is kept by its content before the ledger names it. Texts and names
 * stay in the file. Throws BadFile for a file that cannot be read.
 */
export async function importBank(
  ports: BankPorts,
  options: BankOptions,
): Promise<ImportedStatement | { refusal: Refusal }> {
  const { coop, account, bytes, actor, dryRun } = options
  const { encoding, ...grid } = await readGrid(bytes)
  const read = readStatement({ encoding, ...grid }, profilesOf(options))
  checkAccount(options, read)
  options.onStage?.(1)
  const state = await ports.ledger.state(coop)
  const body = bodyOf(options, read, state)
  const file = blobName(bytes)
  // The same file for another account is another import, and refused for what it is.
  const source = blobName(new TextEncoder().encode(`${account} ${file}`)).slice(0, 24)
  const facts = {
    ...{ dryRun, encoding, source, rows: read.lines.length, account, statement: body.statement, profile: read.profile },
    ...{ from: body.from, to: body.to, opening: body.opening, closing: body.closing, known: 0, file },
    warnings: warningsOf(options, read, body.to),
  }
  const id = importId(source, KIND, 1)
  const importedAt = await importedBefore(ports, coop, source, KIND)
  if (importedAt !== undefined) return { ...facts, events: 0, importedAt }
  const request = { coop, name: 'ImportBankStatement', body, actor, commandId: id }
  const decision = await foresee(ports, request)
  if ('refusal' in decision) return decision
  options.onStage?.(3)
  const [event] = decision.events
  const known = event?.type === 'BankStatementImported' ? event.data.known : 0
  const done = { ...facts, known, events: decision.events.length }
  if (dryRun) return done
  ports.blobs.put(bytes)
  const answer = await ports.ledger.execute(request)
  options.onStage?.(4)
  return 'refusal' in answer ? answer : done
}

function profilesOf({ profiles = [], profile }: BankOptions): readonly BankProfile[] {
  const all = [...profiles, ...BUILT_IN]
  if (profile === undefined) return all
  const named = all.filter(({ name }) => name === profile)
  if (named.length > 0) return named
  throw new BadFile([
    { line: 1, reason: `没有名为“${profile}”的列名方案；现有：${all.map(({ name }) => name).join('、')}。` },
  ])
}

function checkAccount({ account, lastFour }: BankOptions, read: BankStatement): void {
  if (lastFour === undefined || read.lastFour === undefined || lastFour === read.lastFour) return
  const reason = `文件里的账号末四位是 ${read.lastFour}，${account} 登记的是 ${lastFour}；请核对是不是另一个账户的对账单。`
  throw new BadFile([{ line: 1, reason }])
}

function bodyOf(options: BankOptions, read: BankStatement, state: CoopState) {
  const { account, outstanding = [] } = options
  const { from, to } = periodOf(options, read, state)
  const opening = openingOf(options, read, state, from)
  return {
    statement: `${account.slice(4, 34)}-${to}-${blobName(options.bytes).slice(0, 8)}`,
    ...{ account, from, to, opening: yuan(opening) },
    closing: yuan(add(opening, total(read.lines, amountOf))),
    lines: read.lines.map(({ date, amount, reference }) => ({ date, amount: yuan(amount), reference })),
    outstanding: [...outstanding],
    file: blobName(options.bytes),
  }
}

// What is asked for, else what the file says of itself, else from where the last statement ended to its last line: more
// would say that days are covered which nobody has asked the bank for.
function periodOf(options: BankOptions, { lines, ...read }: BankStatement, { bank }: CoopState) {
  const before = bank.accounts.get(options.account)?.to
  const next = before === undefined ? undefined : plusDays(before, 1)
  const first = lines[0]?.date
  const from = options.from ?? read.from ?? (next !== undefined && (!first || next <= first) ? next : first)
  const to = options.to ?? read.to ?? lines.at(-1)?.date
  if (from === undefined || to === undefined)
    throw new BadFile([{ line: 1, reason: '文件里没有流水，也没有写期间；请用 --from 和 --to（或 --month）写明。' }])
  return { from, to }
}

function openingOf({ opening, account }: BankOptions, read: BankStatement, { bank }: CoopState, from: string): Fen {
  if (read.opening !== undefined) return read.opening
  if (opening !== undefined) return fenOf(yuanOf(opening))
  const known = bank.accounts.get(account)
  if (known)
    return add(
      known.opening,
      total(
        [...known.lines.values()].filter(({ date }) => date < from),
        amountOf,
      ),
    )
  throw new BadFile([{ line: 1, reason: '文件里没有余额一列；第一份对账单请用 --opening 写明期初余额。' }])
}

function yuanOf(text: string): string {
  if (/^-?\d{1,11}(\.\d{1,2})?$/.test(text)) return yuan(Math.round(Number(text) * 100))
  throw new BadFile([{ line: 1, reason: `期初余额“${text}”不是金额，要像 1234.56。` }])
}

function warningsOf({ to }: BankOptions, read: BankStatement, until: string): string[] {
  const unsaid = to === undefined && read.to === undefined
  return [
    ...(unsaid ? [`文件没有写截止日，按最后一笔的 ${until} 算；到月末没有别的发生额的，请加 --month 或 --to。`] : []),
    ...(read.lines.some(({ balance }) => balance !== undefined) ? [] : ['文件没有余额一列，没有逐笔核对余额。']),
  ]
}

const amountOf = ({ amount }: Pick<StatementLine, 'amount'>): Fen => amount
