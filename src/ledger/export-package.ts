import { hash } from 'node:crypto'
import { stringify } from 'csv-stringify/sync'
import { fundAccount } from '../domain/books/state.ts'
import { accountName, CHART, codeOf, subOf } from '../domain/chart.ts'
import { yuan } from '../domain/money.ts'
import { holdingsOn } from '../domain/register/state.ts'
import { sharesText } from '../domain/shares.ts'
import type { CoopState } from '../domain/state.ts'
import type { Voucher } from '../domain/voucher.ts'
import type { Codec } from '../store/codec.ts'
import type { Events } from './export-journal.ts'
import { PACKAGE_TABLES, type TableName } from './export-package-tables.ts'
import { escaped } from './import-csv.ts'

type Cell = string | number | undefined
type Rows = Record<TableName, Cell[][]>

/**
 * A co-op's books as a Frictionless tabular data package (v1): `datapackage.json` and one CSV file a table, by name.
 * Persons are there by code alone. The same log gives the same bytes.
 */
export async function dataPackage(
  { coop, name, state }: { coop: string; name: string; state: CoopState },
  events: Events,
  codec: Codec,
): Promise<Map<string, string>> {
  const rows = stateRows(state)
  const accounts = new Set([...CHART.keys()])
  let recordedAt = ''
  for await (const event of events) {
    recordedAt = event.recordedAt
    const { voucher } = codec.decode(event) as { voucher?: Voucher }
    if (!voucher) continue
    const { number, date, summary, attachments, reverses, reference } = voucher
    rows.vouchers.push([number, date, summary, attachments, event.type, reverses, reference, recordedAt, event.hash])
    voucher.lines.forEach(({ account, debit, credit, fund, counterparty }, index) => {
      accounts.add(account)
      rows.lines.push([number, index + 1, account, debit, credit, fund, counterparty])
    })
  }
  for (const [, , , account] of rows.funds) accounts.add(String(account))
  for (const [, , account] of rows.payables) accounts.add(String(account))
  rows.accounts.push(...[...accounts].sort().map(accountRow))
  return packed({ coop, name, recordedAt }, rows)
}

function stateRows({ funds, register, payments }: CoopState): Rows {
  const persons = [...register.persons].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    accounts: [],
    vouchers: [],
    lines: [],
    funds: [...funds.funds.values()].map(({ fund, kind, purpose, on }) => [
      fund,
      kind,
      purpose,
      fundAccount(kind, fund),
      on,
    ]),
    persons: persons.map(([code, { memberFrom, memberUntil, household }]) => [
      code,
      memberFrom,
      memberUntil,
      household,
    ]),
    shares: [...holdingsOn(register, '9999-12-31')].map(([code, micro]) => [code, sharesText(micro)]),
    payables: [...payments.claims.values()].map(({ origin, person, account, fund, amount, state }) => [
      ...[origin, person, account, fund, yuan(amount), state],
    ]),
  }
}

function accountRow(account: string): Cell[] {
  const first = CHART.get(codeOf(account))
  return [
    account,
    accountName(account),
    first?.kind,
    first?.side,
    subOf(account) === undefined ? undefined : codeOf(account),
  ]
}

function packed(
  { coop, name, recordedAt }: Record<'coop' | 'name' | 'recordedAt', string>,
  rows: Rows,
): Map<string, string> {
  const files = new Map<string, string>()
  const resources = PACKAGE_TABLES.map(table => {
    const path = `${table.name}.csv`
    const cells = rows[table.name].map(row => row.map(cell => (typeof cell === 'string' ? escaped(cell) : cell)))
    const text = stringify([table.fields.map(field => field.name), ...cells])
    files.set(path, text)
    return {
      ...{ name: table.name, path, title: table.title, profile: 'tabular-data-resource' },
      ...{ format: 'csv', mediatype: 'text/csv', encoding: 'utf-8', bytes: Buffer.byteLength(text) },
      ...{ hash: `sha256:${hash('sha256', text, 'hex')}`, schema: schemaOf(table) },
    }
  })
  const descriptor = {
    ...{ profile: 'tabular-data-package', name: slug(coop), id: `coop-${coop}`, title: `${name}的账` },
    ...(recordedAt ? { created: recordedAt } : {}),
    resources,
  }
  return new Map([['datapackage.json', `${JSON.stringify(descriptor, null, 2)}\n`], ...files])
}

function schemaOf({ name: own, fields, key, references }: (typeof PACKAGE_TABLES)[number]) {
  return {
    fields: fields.map(({ name, type, title, ...rest }) => ({
      ...{ name, type, title },
      ...('optional' in rest && rest.optional ? {} : { constraints: { required: true } }),
    })),
    missingValues: [''],
    primaryKey: key.length === 1 ? key[0] : key,
    foreignKeys: references.map(({ fields, to, field }) => ({
      fields,
      reference: { resource: (to as string) === own ? '' : to, fields: field },
    })),
  }
}

// The specification allows small ASCII letters, digits and a few signs.
const slug = (coop: string): string => `mingzhang-${coop.toLowerCase().replace(/[^a-z0-9._-]+/g, '-')}`
