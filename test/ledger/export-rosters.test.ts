import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdings, persons } from '../../projections/register.ts'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { journalCsv } from '../../src/ledger/export-journal.ts'
import { membersCsv, sharesCsv } from '../../src/ledger/export-rosters.ts'
import { checkDigitOf } from '../../src/ledger/id-number.ts'
import { importMembers } from '../../src/ledger/import-members.ts'
import { importShares } from '../../src/ledger/import-shares.ts'
import { importVouchers } from '../../src/ledger/import-vouchers.ts'
import { streamOf } from '../../src/ledger/ledger.ts'
import type { Office } from '../../src/office.ts'
import { at, run, scratch } from '../cli/support.ts'

const TODAY = '2026-01-15'
const established = ['EstablishCoop', { name: '示例社', level: '村', firstDay: '2024-01-01', demo: true }] as const
const bytes = (text: string) => new TextEncoder().encode(text)
const options = (text: string) => ({
  coop: 'sun',
  actor: '会计 via cli',
  demo: true,
  dryRun: false,
  bytes: bytes(text),
})

const day = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([month, date]) => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `2025-${two(month)}-${two(date)}`
})
const words = fc.stringMatching(/^[一-龥A-Z="'+@-][一-龥a-z0-9 ,;"'=+@-]{0,12}[一-龥a-z0-9]$/)
const amount = fc.integer({ min: 1, max: 9_999_999_999 }).map(fen => (fen / 100).toFixed(2))

const people = fc.uniqueArray(
  fc.record({
    order: fc.integer({ min: 0, max: 999 }),
    name: fc.stringMatching(/^[一-龥]{2,4}$/),
    basis: words,
    on: day,
  }),
  { minLength: 1, maxLength: 6, selector: ({ order }) => order },
)
const accounts = ['102-基本户', '101', '513-办公', '501-停车', '113-租金', '322-未分配收益']
const vouchers = fc.array(
  fc.record({
    ...{ date: day, summary: words, amount, red: fc.boolean() },
    debit: fc.constantFrom(...accounts),
    credit: fc.constantFrom(...accounts),
    counterparty: fc.constantFrom('', '红星商店', 'M00001', '=1+1公司'),
    attachments: fc.integer({ min: 0, max: 999 }),
  }),
  { minLength: 1, maxLength: 8 },
)

type Person = { order: number; name: string; basis: string; on: string }
type Voucher = {
  date: string
  summary: string
  amount: string
  red: boolean
  debit: string
  credit: string
  counterparty: string
  attachments: number
}

function begun(list: readonly Person[]) {
  const idOf = (order: number): string => {
    const body = `99910119600101${String(order).padStart(3, '0')}`
    return `${body}${checkDigitOf(body)}`
  }
  const members = list.map(({ order, name, on, basis }) => ({
    person: {
      name,
      idNumber: idOf(order),
      ...(order % 2 ? { bankAccount: `6222000000${order + 1000}`, phone: '0595-85600001' } : {}),
    },
    ...{ on, basis, ...(order % 3 ? { household: `户${order}` } : {}) },
  }))
  return [
    established,
    ['OpenSubAccount', { account: '102-基本户', on: '2025-01-01' }],
    ['AdmitMembers', { members }],
  ] as const
}

const row = (of: Voucher, number: number, side: 'debit' | 'credit'): string => {
  const signed = `${of.red ? '-' : ''}${of.amount}`
  const text = (value: string) => `"${(/^['\s]*[=+@-]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
  const amounts = side === 'debit' ? `${signed},` : `,${signed}`
  return [of.date, number, text(of.summary), of[side], amounts, '', text(of.counterparty), of.attachments].join(',')
}
const HEADING = 'date,voucher,summary,account,debit,credit,fund,counterparty,attachments'
const voucherFile = (list: readonly Voucher[]): string =>
  `${[HEADING, ...list.flatMap((each, index) => [row(each, index + 1, 'debit'), row(each, index + 1, 'credit')])].join('\n')}\n`

async function taken(work: Promise<unknown>): Promise<void> {
  const done = await work
  if (done && typeof done === 'object' && 'refusal' in done) throw new Error(JSON.stringify(done))
}

async function exportsOf(office: Office) {
  const resolve = (code: string) => office.vault.resolve(code)
  const events = () => office.store.read(streamOf('sun'))
  let journal = ''
  for await (const piece of journalCsv(events(), office.codec)) journal += piece
  return {
    members: (await membersCsv(events(), office.codec, resolve)).text,
    shares: (await sharesCsv(events(), office.codec, resolve)).text,
    journal,
  }
}

const shown = (office: Office) => ({
  persons: persons(office.sql, 'sun').map(({ person, ...rest }) => ({ ...rest, ...office.vault.resolve(person) })),
  shares: holdings(office.sql, 'sun').map(({ person, shares }) => [office.vault.resolve(person), shares]),
  balances: trialBalanceOf(office.sql, 'sun', '2025'),
})

// A voucher keeps its number as the reference of the one it becomes: the rest of each row is the same.
const withoutNumbers = (journal: string) => journal.split('\n').map(line => line.replace(/,\d{4}-\d\d-记-\d+,/, ',#,'))

describe('what is exported as CSV', () => {
  test('imported into an empty ledger gives the same members, shares and vouchers', () =>
    fc.assert(
      fc.asyncProperty(people, vouchers, async (list, booked) => {
        const place = scratch()
        try {
          const first = await at(place.path('first'), TODAY, async office => {
            await run(office, 'sun', ...begun(list))
            const holdings = list.map((_, index) => [`M0000${index + 1}`, `${index + 1}.5`])
            const issue = { id: '量化', on: '2025-12-31', kind: '成员股', basis: '方案', holdings }
            await run(office, 'sun', ['IssueShares', issue])
            await taken(importVouchers(office, { ...options(voucherFile(booked)), openAccounts: true }))
            return { files: await exportsOf(office), shown: shown(office) }
          })
          await at(place.path('second'), TODAY, async office => {
            await run(office, 'sun', established)
            await taken(importMembers(office, options(first.files.members)))
            await taken(importShares(office, options(first.files.shares)))
            await taken(importVouchers(office, { ...options(first.files.journal), openAccounts: true }))
            expect(shown(office)).toEqual(first.shown)
            const again = await exportsOf(office)
            expect([again.members, again.shares]).toEqual([first.files.members, first.files.shares])
            expect(withoutNumbers(again.journal).sort()).toEqual(withoutNumbers(first.files.journal).sort())
          })
        } finally {
          place.gone()
        }
      }),
      { numRuns: 25 },
    ))

  test('leaves out who was forgotten, and writes present holdings once shares have changed hands', async () => {
    const place = scratch()
    const two = [
      { order: 1, name: '陈一', basis: '名册', on: '2025-01-01' },
      { order: 2, name: '林二', basis: '名册', on: '2025-01-01' },
    ]
    await at(place.path('books'), TODAY, async office => {
      const issue = {
        id: '量化',
        on: '2025-01-01',
        kind: '成员股',
        basis: '方案',
        holdings: [
          ['M00001', '2'],
          ['M00002', '1'],
        ],
      }
      const transfer = { id: '转1', from: 'M00001', to: 'M00002', shares: '0.5', on: '2025-06-01', basis: '协议' }
      await run(office, 'sun', ...begun(two), ['IssueShares', issue], ['TransferShares', transfer])
      office.vault.destroyIdentity('M00002')
      const { members } = await exportsOf(office)
      expect(members).toContain('陈一')
      expect(members.trim().split('\n')).toHaveLength(2)
      const { text } = await sharesCsv(office.store.read(streamOf('sun')), office.codec)
      expect(text.split('\n').slice(1, 3)).toEqual([
        'M00001,,1.5,现有股份,2025-06-01,截至2025-06-01的股份登记',
        'M00002,,1.5,现有股份,2025-06-01,截至2025-06-01的股份登记',
      ])
    })
    place.gone()
  })
})
