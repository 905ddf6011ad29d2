import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { fenOf } from '../../src/domain/money.ts'
import { dataPackage } from '../../src/ledger/export-package.ts'
import { foldStream } from '../../src/ledger/fold.ts'
import { streamOf } from '../../src/ledger/ledger.ts'
import { at, mz, scratch } from '../cli/support.ts'
import { generate } from '../oracle/years.ts'
import { BEGINNING } from '../simulation/beginning.ts'
import { runProgram, testWith } from '../support/programs.ts'
import { executeReviewed } from '../support/review.ts'

type Reference = { fields: string; reference: { resource: string; fields: string } }
type Resource = {
  name: string
  path: string
  encoding: string
  bytes: number
  hash: string
  schema: {
    fields: { name: string; type: string; constraints?: { required?: boolean } }[]
    missingValues: string[]
    primaryKey: string | string[]
    foreignKeys: Reference[]
  }
}
type Descriptor = { profile: string; name: string; created?: string; resources: Resource[] }
type Rows = Record<string, string>[]

// Table Schema v1: what a value of each type looks like.
const VALUES: Record<string, RegExp> = {
  string: /./su,
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
}

/** What the Data Package and Table Schema specifications (v1) forbid in a package, in words; nothing when it is valid. */
function faultsOf(files: ReadonlyMap<string, string>): string[] {
  const descriptor = JSON.parse(files.get('datapackage.json') ?? '{}') as Descriptor
  const faults: string[] = []
  const must = (holds: boolean, what: string): void => void (holds || faults.push(what))
  must(descriptor.profile === 'tabular-data-package', 'the profile of a tabular package')
  must(/^[-a-z0-9._/]+$/.test(descriptor.name), 'a name in small letters')
  must(descriptor.created === undefined || VALUES.datetime!.test(descriptor.created), 'an instant of creation')
  must(Array.isArray(descriptor.resources) && descriptor.resources.length > 0, 'at least one resource')
  const names = descriptor.resources.map(({ name }) => name)
  must(new Set(names).size === names.length, 'resources of different names')
  const tables = new Map(descriptor.resources.map(each => [each.name, rowsOf(each, files)]))
  for (const resource of descriptor.resources) resourceFaults(resource, files, tables, must)
  return faults
}

function resourceFaults(
  resource: Resource,
  files: ReadonlyMap<string, string>,
  tables: Map<string, Rows>,
  must: (holds: boolean, what: string) => void,
): void {
  const { name, path, schema } = resource
  const text = files.get(path) ?? ''
  must(/^[-a-z0-9._/]+$/.test(name), `${name}: a name in small letters`)
  must(files.has(path) && !path.startsWith('/') && !path.includes('..'), `${name}: a file within the package`)
  must(resource.encoding === 'utf-8' && resource.bytes === Buffer.byteLength(text), `${name}: its size`)
  must(resource.hash === `sha256:${hash('sha256', text, 'hex')}`, `${name}: its hash`)
  const columns = schema.fields.map(field => field.name)
  must(new Set(columns).size === columns.length, `${name}: columns of different names`)
  must(text.split('\n')[0] === columns.join(','), `${name}: the heading is the columns`)
  const rows = tables.get(name) ?? []
  for (const { name: column, type, constraints } of schema.fields) {
    must(Object.hasOwn(VALUES, type), `${name}.${column}: a known type`)
    for (const row of rows) {
      const value = row[column] ?? ''
      if (schema.missingValues.includes(value)) must(!constraints?.required, `${name}.${column}: required`)
      else must(VALUES[type]?.test(value) ?? false, `${name}.${column}: ${value} is no ${type}`)
    }
  }
  keyFaults(resource, rows, tables, must)
}

function keyFaults(
  { name, schema }: Resource,
  rows: Rows,
  tables: Map<string, Rows>,
  must: (holds: boolean, what: string) => void,
): void {
  const columns = schema.fields.map(field => field.name)
  const key = [schema.primaryKey].flat()
  must(
    key.every(column => columns.includes(column)),
    `${name}: a key of its own columns`,
  )
  const keys = rows.map(row => JSON.stringify(key.map(column => row[column])))
  must(new Set(keys).size === keys.length, `${name}: the primary key holds`)
  for (const { fields, reference } of schema.foreignKeys) {
    const target = reference.resource === '' ? rows : tables.get(reference.resource)
    must(columns.includes(fields) && target !== undefined, `${name}.${fields}: refers to a table there is`)
    const known = new Set(target?.map(row => row[reference.fields]))
    for (const row of rows)
      must(
        row[fields] === '' || known.has(row[fields]),
        `${name}.${fields}: ${row[fields]} is in ${reference.resource}`,
      )
  }
}

function rowsOf({ path }: Resource, files: ReadonlyMap<string, string>): Rows {
  return parse(files.get(path) ?? '', { columns: true }) as Rows
}

const place = scratch()
beforeAll(async () => {
  await at(place.path('books'), '2025-12-31', async office => {
    for (const [index, [name, body]] of BEGINNING.entries()) {
      const answer = await executeReviewed(office.ledger, {
        coop: 'sun',
        name,
        body,
        actor: '会计 via test',
        commandId: `c${index}`,
      })
      if ('refusal' in answer) throw new Error(answer.refusal.message)
    }
  })
})
afterAll(() => place.gone())

const folder = (path: string): Map<string, string> =>
  new Map(readdirSync(path).map(name => [name, readFileSync(`${path}/${name}`, 'utf8')]))

const exported = (out: string) =>
  mz(['export', 'package', '--coop', 'sun', '--data', place.path('books'), '--out', out])

describe('the data package of a co-op', () => {
  test('keeps the specification: names, types, sizes, hashes, primary and foreign keys', async () => {
    expect((await exported(place.path('package'))).code).toBe(0)
    const files = folder(place.path('package'))
    expect([...files.keys()].sort()).toEqual(
      'accounts.csv datapackage.json funds.csv lines.csv payables.csv persons.csv shares.csv vouchers.csv'.split(' '),
    )
    expect(faultsOf(files)).toEqual([])
  })

  test('holds no personal data, and every figure of the trial balance', async () => {
    await exported(place.path('package'))
    const files = folder(place.path('package'))
    expect([...files.values()].join('\n')).not.toMatch(/虚构|999101/)
    const sums = new Map<string, number>()
    for (const { account = '', debit, credit } of parse(files.get('lines.csv') ?? '', { columns: true }) as Rows)
      sums.set(account, (sums.get(account) ?? 0) + fenOf(debit || '0.00') - fenOf(credit || '0.00'))
    await at(place.path('books'), '2025-12-31', async office => {
      const rows = trialBalanceOf(office.sql, 'sun', '2025').filter(({ account }) => sums.has(account))
      expect(rows.length).toBeGreaterThan(10)
      // A first-level account is shown with what lies under it.
      for (const { account, closing } of rows.filter(each => each.account.length > 3))
        expect([account, sums.get(account)]).toEqual([account, fenOf(closing)])
    })
  })

  test('of ledgers that chance made keeps it too', async () => {
    for (const seed of [1, 2, 3]) {
      const books = await generate(seed)
      const { store, codec } = books
      for (const coop of ['yangguang', 'jufu']) {
        const { state } = await foldStream(store, codec, streamOf(coop))
        expect(faultsOf(await dataPackage({ coop, name: '示例社', state }, store.read(streamOf(coop)), codec))).toEqual(
          [],
        )
      }
      books.close()
    }
  })

  test('is found faulty when a key, a type or a reference does not hold', async () => {
    await exported(place.path('package'))
    const faulty = (name: string, change: (text: string) => string) => {
      const files = folder(place.path('package'))
      files.set(name, change(files.get(name) ?? ''))
      return faultsOf(files).filter(each => !/size|hash/.test(each))
    }
    expect(faulty('shares.csv', text => `${text}${text.split('\n')[1]}\n`)).toEqual(['shares: the primary key holds'])
    expect(faulty('shares.csv', text => text.replace('M00001', 'M99999'))).toHaveLength(1)
    expect(faulty('lines.csv', text => text.replace('.00', '.0x')).length).toBeGreaterThan(0)
    expect(faulty('accounts.csv', text => text.replace('\n102,银行存款', '\n102,')).length).toBeGreaterThan(0)
  })

  testWith(['python3'], 'as a ZIP holds the same files, and is the same file each time', async () => {
    await exported(place.path('package'))
    await exported(place.path('a.zip'))
    await exported(place.path('b.zip'))
    expect(readFileSync(place.path('a.zip')).equals(readFileSync(place.path('b.zip')))).toBe(true)
    runProgram('python3', ['-m', 'zipfile', '-t', place.path('a.zip')])
    runProgram('python3', ['-m', 'zipfile', '-e', place.path('a.zip'), place.path('unzipped')])
    expect(folder(place.path('unzipped'))).toEqual(folder(place.path('package')))
  })
})
