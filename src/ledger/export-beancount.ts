import { CHART, codeOf, subOf } from '../domain/chart.ts'
import type { Codec } from '../store/codec.ts'
import { type Entry, type Events, inOrder, negated } from './export-journal.ts'

/**
 * The books for beancount: the accounts in use opened in CNY with their own names as metadata, then one transaction a
 * voucher, debit positive, its number as link and metadata (a red one is linked to its original too), fund and
 * counterparty as metadata of the posting.
 */
export async function* journalBeancount(events: Events, codec: Codec, title: string): AsyncGenerator<string> {
  const { entries, accounts } = await inOrder(events, codec)
  const names = beancountAccounts(accounts)
  yield `option "title" ${quoted(title)}\noption "operating_currency" "CNY"\n\n`
  for (const account of accounts)
    yield `${entries[0]!.date} open ${names.get(account)} CNY\n  account: ${quoted(account)}\n`
  for (const entry of entries) yield transaction(entry, names)
}

const ROOTS = {
  asset: 'Assets',
  cost: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
} as const

/** `102-基本户` → `Assets:102-银行存款:基本户`, for each account a name of its own that beancount 2.3 takes. */
export function beancountAccounts(accounts: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const account of accounts) {
    const { kind, name } = CHART.get(codeOf(account)) ?? { kind: 'asset', name: '未知科目' }
    const sub = subOf(account)
    const whole = `${ROOTS[kind]}:${codeOf(account)}-${part(name)}${sub === undefined ? '' : `:${first(part(sub))}`}`
    let free = whole
    for (let n = 2; taken.has(free); n++) free = `${whole}-${n}`
    taken.add(free)
    names.set(account, free)
  }
  return names
}

// A part of a name may hold ASCII letters, digits and dashes, and anything that is not ASCII; a small letter may not begin it.
const part = (name: string): string => name.replace(/[^A-Za-z0-9\u0080-\u{10ffff}-]/gu, fullWidth)
const first = (name: string): string => name.replace(/^[a-z-]/, fullWidth)
const fullWidth = (character: string): string =>
  character === ' ' ? '\u3000' : String.fromCodePoint(character.codePointAt(0)! + 0xfee0)

function transaction({ voucher, type, date }: Entry, names: ReadonlyMap<string, string>): string {
  const { number, summary, reference, reverses, lines } = voucher
  const links = [number, ...(reverses ? [reverses] : [])].map(each => ` ^${link(each)}`)
  const head = `\n${date} * ${quoted(summary)}${links.join('')} #${type}\n`
  const postings = lines.map(({ account, debit, credit, fund, counterparty }) => {
    const posting = `  ${names.get(account)}  ${debit ?? negated(credit)} CNY\n`
    return posting + meta('    ', { fund, counterparty })
  })
  return head + meta('  ', { voucher: number, reference, reverses }) + postings.join('')
}

const KINDS: Record<string, string> = { 记: 'ji', 收: 'shou', 付: 'fu', 转: 'zhuan' }

// A link may hold ASCII only: 2025-03-记-15 becomes 2025-03-ji-15.
const link = (number: string): string =>
  number.replace(/[^A-Za-z0-9./_-]/gu, character => KINDS[character] ?? character.codePointAt(0)!.toString(16))

function meta(indent: string, values: Record<string, string | undefined>): string {
  const present = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return present.map(([name, value]) => `${indent}${name}: ${quoted(value)}\n`).join('')
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
