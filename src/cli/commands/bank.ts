import { Command, InvalidArgumentError } from 'commander'
import { bankLines, bankStatements } from '../../../projections/bank.ts'
import { type ReconciliationRow, reconciliation, statementsReach } from '../../../projections/bank-reconciliation.ts'
import { bankAccounts } from '../../../projections/profile.ts'
import { type Suggestion, suggestMatches } from '../../domain/bank/suggest.ts'
import { lastDay } from '../../domain/calendar.ts'
import { type LineText, lineTexts } from '../../ledger/bank-texts.ts'
import type { Office } from '../../office.ts'
import { fileBlobs } from '../../store/blobs-node.ts'
import { cliActor } from '../actor.ts'
import { reconciliationText } from '../bank-table.ts'
import { knownCoop } from '../coops.ts'
import { ownProfiles } from '../kept-files.ts'
import { reading, writing } from '../offices.ts'
import { type Common, common, ofCoop, oneOf } from '../options.ts'
import { CliError, print, printJson, refused } from '../output.ts'

type Options = Common & { coop: string; account?: string; month?: string }
type MatchOptions = Options & { account: string; accept?: boolean; as?: string }
type ReconcileOptions = Options & { month: string; format?: string }

/** The most matches one command takes. */
const MOST = 500

/** `bank match` and `bank reconcile`: what the bank says beside what the books say. */
export function bankCommand(): Command {
  const command = new Command('bank').description('银行对账：勾对流水和凭证，出余额调节表')
  command.addCommand(
    ofCoop(common(new Command('match')))
      .description('按金额和日期给出勾对建议；摘要和对方户名取自保存的对账单文件')
      .requiredOption('--account <102-…>', '银行账户，如 102-基本户')
      .option('--month <2025-03>', '只看到这个月末；不写则看到最近一份对账单', month)
      .option('--suggest', '只列出建议（不写 --accept 时就是这样）')
      .option('--accept', '照建议勾对')
      .option('--as <ACTOR>', '以谁的名义')
      .action(match),
  )
  command.addCommand(
    ofCoop(common(new Command('reconcile')))
      .description('银行存款余额调节表')
      .requiredOption('--month <2025-03>', '月份', month)
      .option('--account <102-…>', '只看一个账户；不写则看全部')
      .option('--format <json|text>', '格式', oneOf('json', 'text'))
      .action(reconcile),
  )
  return command
}

type Seen = { line: string; date: string; amount: string; reference: string } & Partial<LineText>
type Matched = {
  account: string
  on: string
  suggestions: (Suggestion & { told: Seen[] })[]
  open: Seen[]
  accepted: boolean
}

async function match(options: MatchOptions): Promise<void> {
  const { data, accept = false, json } = options
  const done = await (accept
    ? writing(data, office => matched(office, options))
    : reading(data, at => matched(at, options)))
  if (json) printJson(done)
  else print(told(done))
}

async function matched(office: Office, options: MatchOptions): Promise<Matched> {
  const { coop, account, accept = false, as, month } = options
  knownCoop(office, coop)
  const { bank, books } = await office.ledger.state(coop)
  const on = month === undefined ? bank.accounts.get(account)?.to : lastDay(month)
  if (on === undefined || !bank.accounts.has(account))
    throw new CliError('NoStatement', `${account} 还没有录入对账单，请先用 import bank 录入。`)
  const seen = await seenLines(office, options, on)
  const suggestions = suggestMatches(bank, books, account, on)
  const used = new Set(suggestions.flatMap(({ lines }) => lines))
  if (accept) await acceptAll(office, coop, account, suggestions, cliActor(as))
  return {
    ...{ account, on, accepted: accept },
    suggestions: suggestions.map(each => ({ ...each, told: seen.filter(({ line }) => each.lines.includes(line)) })),
    open: seen.filter(({ line }) => !used.has(line)),
  }
}

// The bank's open lines up to a day, with the texts that stand in the kept files.
async function seenLines(office: Office, { data, coop, account }: MatchOptions, on: string): Promise<Seen[]> {
  const blobs = fileBlobs(data)
  const profiles = ownProfiles(data)
  const all = bankLines(office.sql, coop, account, '0000-01-01', '9999-12-31')
  const texts = new Map<string, LineText>()
  for (const { statement, file } of bankStatements(office.sql, coop, account)) {
    const own = all.filter(line => line.statement === statement)
    for (const [line, text] of await lineTexts(blobs, file, own, profiles)) texts.set(line, text)
  }
  return all
    .filter(({ date, matched }) => matched === undefined && date <= on)
    .map(({ line, date, amount, reference }) => ({ line, date, amount, reference, ...texts.get(line) }))
}

async function acceptAll({ ledger }: Office, coop: string, account: string, all: Suggestion[], actor: string) {
  const { revision, hash } = await ledger.head(coop)
  const requests = []
  for (let from = 0; from < all.length; from += MOST) {
    const body = { account, matches: all.slice(from, from + MOST) }
    requests.push({
      coop,
      name: 'MatchBankLines',
      body,
      actor,
      commandId: `match-${revision}-${from}-${hash.slice(0, 16)}`,
    })
  }
  for (const answer of await ledger.executeTogether(requests)) if ('refusal' in answer) throw refused(answer.refusal)
}

function told({ account, on, suggestions, open, accepted }: Matched): string {
  const head = `${account} 到 ${on}：${accepted ? '已勾对' : '建议勾对'} ${suggestions.length} 组，还有 ${open.length} 条流水没有着落。`
  const groups = suggestions.map(({ vouchers, told }) => `${vouchers.join('、')} ← ${told.map(lineText).join('；')}`)
  return [head, ...groups, ...open.map(line => `？ ${lineText(line)}`)].join('\n')
}

const lineText = ({ line, date, amount, reference, summary, counterparty }: Seen): string =>
  [line, date, amount, reference, summary, counterparty].filter(Boolean).join(' ')

async function reconcile(options: ReconcileOptions): Promise<void> {
  const tables = await reading(options.data, office => reconciled(office, options))
  if (options.json || options.format === 'json') printJson(tables)
  else print(tables.map(table => reconciliationText(options.coop, table)).join('\n\n'))
}

function reconciled(office: Office, { coop, account, month }: ReconcileOptions): ReconciliationRow[] {
  knownCoop(office, coop)
  const accounts = bankAccounts(office.sql, coop).map(each => each.account)
  const asked = account === undefined ? accounts.filter(each => statementsReach(office.sql, coop, each)) : [account]
  if (asked.length === 0) throw new CliError('NoStatement', `${coop} 还没有录入银行对账单，请先用 import bank 录入。`)
  return asked.map(each => {
    const table = reconciliation(office.sql, coop, each, lastDay(month))
    if (table) return table
    const reach = statementsReach(office.sql, coop, each)
    const until = reach === undefined ? '还没有录入对账单' : `的对账单只录到 ${reach}`
    throw new CliError('NoStatement', `${each} ${until}，出不了 ${month} 月末的调节表；请先用 import bank 录入。`)
  })
}

function month(text: string): string {
  if (!/^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('月份要写成 2025-03。')
  return text
}
