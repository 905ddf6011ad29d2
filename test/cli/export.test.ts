import { readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { catalogue } from '../../src/domain/events.ts'
import { hledgerAccount, journalCsv, journalHledger, journalNdjson } from '../../src/ledger/export-journal.ts'
import { importVouchers } from '../../src/ledger/import-vouchers.ts'
import { createCodec } from '../../src/store/codec.ts'
import { hashOf } from '../../src/store/hash.ts'
import { runProgram, testWith } from '../support/programs.ts'
import { at, file, HISTORY, mz, run, scratch } from './support.ts'

const place = scratch()
const TODAY = '2026-01-15'
const OPENING = {
  on: '2025-01-01',
  priorYearClosed: true,
  lines: [
    { account: '102-基本户', debit: '80000.00' },
    { account: '322-未分配收益', credit: '80000.00' },
  ],
}

beforeAll(() =>
  at(place.path('books'), TODAY, office =>
    run(
      office,
      'sun',
      ['EstablishCoop', { name: '示例社', level: '村', firstDay: '2025-01-01' }],
      ['OpenSubAccount', { account: '102-基本户', on: '2025-01-01' }],
      ['RecordOpeningBalances', OPENING],
      ['PostVoucher', posted('2025-03-05', '收租金; a|b, 三月', '102-基本户', '501-物业租赁', '1200.10')],
      ['PostVoucher', posted('2025-04-05', '付水电', '511-水电', '102-基本户', '99.99', '供电所, 东区')],
      ['ReverseVoucher', { number: '2025-04-记-1', date: '2025-04-30', reason: '重复' }],
    ),
  ),
)
afterAll(() => place.gone())

function posted(
  date: string,
  summary: string,
  debited: string,
  credited: string,
  amount: string,
  counterparty = '某公司',
) {
  const lines = [
    { account: debited, debit: amount },
    { account: credited, credit: amount, counterparty },
  ]
  return { date, summary, attachments: 1, lines }
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('the exported journal', () => {
  test('as ndjson is each envelope with its payload under data, from which the stored bytes and the chain come again', () =>
    at(place.path('books'), TODAY, async office => {
      const lines = (await whole(journalNdjson(office.store.read('coop-sun')))).trimEnd().split('\n')
      expect(lines).toHaveLength(7)
      let previous = '0'.repeat(64)
      for (const line of lines) {
        const { data, ...envelope } = JSON.parse(line)
        expect(hashOf(previous, { ...envelope, data: JSON.stringify(data) })).toBe(envelope.hash)
        previous = envelope.hash
      }
    }))

  test('as csv has the columns of the import, red vouchers negative, the opening on the day before', () =>
    at(place.path('books'), TODAY, async office => {
      const csv = await whole(journalCsv(office.store.read('coop-sun'), createCodec(catalogue)))
      expect(csv.split('\n').slice(0, 2)).toEqual([
        'date,voucher,summary,account,debit,credit,fund,counterparty,attachments',
        '2024-12-31,2025-01-记-1,期初余额,102-基本户,80000.00,,,,0',
      ])
      expect(csv).toContain('511-水电,-99.99,')
    }))

  test('imported into another ledger gives the same trial balance, account for account', async () => {
    const bytes = new TextEncoder().encode(HISTORY)
    const options = { coop: 'old', actor: '会计 via cli', dryRun: false, demo: false, openAccounts: true }
    const balances = await at(place.path('first'), TODAY, async office => {
      await importVouchers(office, { ...options, bytes })
      const csv = await whole(journalCsv(office.store.read('coop-old'), createCodec(catalogue)))
      file(place.path('again.csv'), csv)
      return ['2023', '2024', '2024-01'].map(period => trialBalanceOf(office.sql, 'old', period))
    })
    expect(balances[1]).not.toEqual([])
    await at(place.path('second'), TODAY, async office => {
      await importVouchers(office, { ...options, bytes: readFileSync(place.path('again.csv')) })
      expect(['2023', '2024', '2024-01'].map(period => trialBalanceOf(office.sql, 'old', period))).toEqual(balances)
    })
  })

  testWith(['hledger'], 'as hledger passes its strict checks and has the trial balance’s figures', () =>
    at(place.path('books'), TODAY, async office => {
      const text = await whole(journalHledger(office.store.read('coop-sun'), createCodec(catalogue), '示例社'))
      const journal = file(place.path('books.journal'), text)
      runProgram('hledger', ['-f', journal, 'check', '--strict'])
      const rows = trialBalanceOf(office.sql, 'sun', '2025')
      expect(rows.length).toBeGreaterThan(4)
      for (const { account, opening, debit, credit, closing } of rows) {
        expect([account, balance(journal, account, '2025-01-01')]).toEqual([account, opening])
        expect([account, balance(journal, account, '2026-01-01')]).toEqual([account, closing])
        expect(Number(opening) + Number(debit) - Number(credit)).toBeCloseTo(Number(closing), 2)
      }
    }),
  )
})

describe('a roster', () => {
  test('is written only when personal data are asked for, into a file that its owner alone may read', async () => {
    const asked = ['export', 'members', '--coop', 'sun', '--data', place.path('books')]
    const { code, err } = await mz([...asked, '--json'])
    expect([code, JSON.parse(err).code]).toEqual([1, 'NamesNotAsked'])
    expect((await mz([...asked, '--names', '--out', place.path('members.csv')])).code).toBe(0)
    expect(statSync(place.path('members.csv')).mode & 0o077).toBe(0)
    expect((await mz(['export', 'shares', '--coop', 'sun', '--data', place.path('books')])).out).toBe(
      'member,id_number,shares,kind,on,basis\n',
    )
  })
})

// The balance before a day, of an account with all that lies under it.
function balance(journal: string, account: string, before: string): string {
  const name = hledgerAccount(account).replace(/[()]/g, '\\$&')
  const csv = runProgram('hledger', [
    '-f',
    journal,
    'bal',
    '-e',
    before,
    '-O',
    'csv',
    '-N',
    '--depth',
    '1',
    `^${name}(:|$)`,
  ])
  return amountIn(csv.toString())
}

function amountIn(csv: string): string {
  const amount = /"(-?[\d.]+) CNY"/.exec(csv)?.[1]
  return amount === undefined ? '0.00' : Number(amount).toFixed(2)
}
