import { stringify } from 'csv-stringify/sync'
import { openingDay } from '../domain/books/opening-day.ts'
import { CHART, codeOf, subOf } from '../domain/chart.ts'
import type { Voucher } from '../domain/voucher.ts'
import type { Codec } from '../store/codec.ts'
import type { RecordedEvent } from '../store/port.ts'
import { escaped } from './import-csv.ts'
import { VOUCHER_COLUMNS } from './import-vouchers-file.ts'

export type Events = AsyncIterable<RecordedEvent>
/** A voucher with the type of its event and the day its amounts count from. */
export type Entry = { voucher: Voucher; type: string; date: string }

/**
 * Events as they are stored, one JSON envelope a line: `data` re-stringifies to the hashed bytes. The order of the lines is
 * the order of the log; a position is a store's own and is left out, so that another store gives the same bytes again.
 */
export async function* journalNdjson(events: Events): AsyncGenerator<string> {
  for await (const event of events) {
    const fields = Object.fromEntries(LINE_FIELDS.map(name => [name, event[name]]))
    yield `${JSON.stringify(fields).slice(0, -1)},"data":${event.data}}\n`
  }
}

/** Every voucher line as a row of the columns that `import vouchers` reads; amounts in yuan, red ones negative. */
export async function* journalCsv(events: Events, codec: Codec): AsyncGenerator<string> {
  yield stringify([VOUCHER_COLUMNS.map(({ name }) => name)])
  for await (const { voucher, date } of entriesOf(events, codec)) {
    const { number, summary, attachments } = voucher
    yield stringify(
      voucher.lines.map(({ account, debit = '', credit = '', fund = '', counterparty = '' }) => [
        ...[date, number, escaped(summary), account, debit, credit, fund, escaped(counterparty), attachments],
      ]),
    )
  }
}

/**
 * The books for hledger: the chart and the sub-accounts in use declared with their types, then one transaction a voucher,
 * in CNY, debit positive, fund and counterparty as tags.
 */
export async function* journalHledger(events: Events, codec: Codec, title: string): AsyncGenerator<string> {
  const { entries, accounts } = await inOrder(events, codec)
  yield `; ${title}\n\ncommodity 1000.00 CNY\n\n`
  for (const account of accounts) yield `account ${hledgerAccount(account)}${typeTag(account)}\n`
  for (const entry of entries) yield transaction(entry)
}

/** `102-基本户` → `102 银行存款:基本户`. */
export function hledgerAccount(account: string): string {
  const first = `${codeOf(account)} ${CHART.get(codeOf(account))?.name ?? '未知科目'}`
  const sub = subOf(account)
  return sub === undefined ? first : `${first}:${sub}`
}

/** All entries by day (those of one day as they were recorded), and the accounts on them with the first-level ones above. */
export async function inOrder(events: Events, codec: Codec): Promise<{ entries: Entry[]; accounts: string[] }> {
  const entries: Entry[] = []
  const accounts = new Set<string>()
  for await (const entry of entriesOf(events, codec)) {
    entries.push(entry)
    for (const { account } of entry.voucher.lines) accounts.add(codeOf(account)).add(account)
  }
  entries.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  return { entries, accounts: [...accounts].sort() }
}

// What is recorded as opening on the first day is what the day before closed with, as in the trial balance; of an opening in
// mid-year, what the year began with is an entry of its own on the last day of the year before.
async function* entriesOf(events: Events, codec: Codec): AsyncGenerator<Entry> {
  for await (const event of events) {
    const data = codec.decode(event) as { voucher?: Voucher }
    if (!data.voucher) continue
    if (event.type === 'OpeningBalancesRecorded') yield* openingEntries(data as Opening)
    else yield { voucher: data.voucher, type: event.type, date: data.voucher.date }
  }
}

type Opening = { on: string; yearToDate?: number; voucher: Voucher }

function openingEntries(data: Opening): Entry[] {
  const days = Map.groupBy(data.voucher.lines, (_, index) => openingDay(data, index))
  const type = 'OpeningBalancesRecorded'
  return [...days].map(([date, lines]) => ({ voucher: { ...data.voucher, lines }, type, date }))
}

/** The fields of a line before its data, in the order they are written, whatever the store's own is. */
export const LINE_FIELDS = [
  'stream',
  'revision',
  'id',
  'type',
  'version',
  'recordedAt',
  'actor',
  'commandId',
  'inputHash',
  'correlationId',
  'causationId',
  'hash',
] as const

const TYPES = { asset: 'A', cost: 'A', liability: 'L', equity: 'E', income: 'R', expense: 'X' } as const

function typeTag(account: string): string {
  const kind = account.length === 3 ? CHART.get(account)?.kind : undefined
  return kind ? `  ; type:${TYPES[kind]}` : ''
}

function transaction({ voucher, type, date }: Entry): string {
  const { number, summary, reference, lines } = voucher
  const tags = tagged([
    ['event', type],
    ['reference', reference],
  ])
  const postings = lines.map(({ account, debit, credit, fund, counterparty }) => {
    const amount = debit ?? negated(credit)
    const tail = tagged([
      ['fund', fund],
      ['counterparty', counterparty],
    ])
    return `    ${hledgerAccount(account)}  ${amount} CNY${tail}\n`
  })
  return `\n${date} (${number}) ${summary.replaceAll(';', '；')}${tags}\n${postings.join('')}`
}

/** The other side of an amount in yuan. */
export const negated = (amount = '0.00'): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`)

// In hledger a comma ends a tag's value.
function tagged(tags: [string, string | undefined][]): string {
  const present = tags.filter(([, value]) => value !== undefined)
  return present.length === 0
    ? ''
    : `  ; ${present.map(([name, value]) => `${name}:${value?.replaceAll(',', '，')}`).join(', ')}`
}
