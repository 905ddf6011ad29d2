import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trialBalanceOf } from '../../projections/trial-balance.ts'
import { vouchersBetween } from '../../projections/vouchers.ts'
import { BadFile, type Problem } from '../../src/ledger/import-csv.ts'
import { importVouchers } from '../../src/ledger/import-vouchers.ts'
import type { Request } from '../../src/ledger/ledger.ts'
import type { Office } from '../../src/office.ts'
import { at, HEADING, HISTORY, run, scratch } from './support.ts'

const TODAY = '2026-01-15'
const BASE = { coop: 'old', actor: '会计 via cli', dryRun: false, demo: false, openAccounts: true }

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.gone())

const within = <T>(work: (office: Office) => Promise<T>): Promise<T> => at(place.path('data'), TODAY, work)

async function imported(office: Office, text: string, options: Partial<typeof BASE> = {}) {
  const done = await importVouchers(office, { ...BASE, ...options, bytes: new TextEncoder().encode(text) })
  if ('refusal' in done) throw new Error(done.refusal.code)
  return done
}

async function problemsOf(office: Office, text: string, options: Partial<typeof BASE> = {}): Promise<Problem[]> {
  try {
    await imported(office, text, options)
  } catch (error) {
    if (error instanceof BadFile) return error.detail.problems
    throw error
  }
  return []
}

const eventsIn = (office: Office): number => office.sql.get<{ n: number }>('SELECT count(*) AS n FROM events')?.n ?? -1
const voucher = (line: string) => `${HEADING}\n2025-03-05,1,收款,101,100.00,,,,\n${line}\n`

describe('importing vouchers', () => {
  test('opens the co-op and the sub-accounts, and numbers the vouchers of each month by date and file order', () =>
    within(async office => {
      const done = await imported(office, HISTORY)
      expect(done).toMatchObject({
        vouchers: 3,
        established: true,
        opened: ['102-基本户'],
        from: '2023-12-20',
        to: '2024-02-03',
      })
      const booked = vouchersBetween(office.sql, 'old', '2023-12', '2024-02')
      expect(booked.map(({ number, date, reference, attachments }) => [number, date, reference, attachments])).toEqual([
        ['2023-12-记-1', '2023-12-20', '3', 1],
        ['2024-01-记-1', '2024-01-05', '3', 1],
        ['2024-02-记-1', '2024-02-03', '7', 2],
      ])
      expect(trialBalanceOf(office.sql, 'old', '2024').find(row => row.account === '102-基本户')).toMatchObject({
        opening: '-800.50',
        closing: '61199.50',
      })
    }))

  test('the same file twice changes nothing and says when it was imported', () =>
    within(async office => {
      await imported(office, HISTORY)
      const before = eventsIn(office)
      expect(await imported(office, HISTORY)).toMatchObject({ importedAt: `${TODAY}T02:00:00.000Z`, events: 0 })
      expect(eventsIn(office)).toBe(before)
    }))

  test('a dry run tells what would be booked and writes nothing', () =>
    within(async office => {
      expect(await imported(office, HISTORY, { dryRun: true })).toMatchObject({ vouchers: 3, events: 6 })
      expect(eventsIn(office)).toBe(0)
      expect(await imported(office, HISTORY)).toMatchObject({ events: 6 })
    }))

  test('a red voucher is booked red, and a minus in a voucher that is not red in every line is named', () =>
    within(async office => {
      const red = [
        HEADING,
        '2025-03-05,1,收款,101,100.00,,,,',
        '2025-03-05,1,收款,501,,100.00,,,',
        '2025-03-06,2,更正记-1,101,-40.00,,,,',
        '2025-03-06,2,更正记-1,501,,-40.00,,,',
      ]
      expect(await imported(office, red.join('\n'))).toMatchObject({ vouchers: 2 })
      expect(trialBalanceOf(office.sql, 'old', '2025')).toMatchObject([
        { account: '101', debit: '60.00', closing: '60.00' },
        { account: '501', credit: '60.00', closing: '-60.00' },
      ])
      const mixed = [...red.slice(0, 2), '2025-03-05,1,收款,501,,90.00,,,', '2025-03-05,1,收款,504,,-10.00,,,']
      expect(await problemsOf(office, mixed.join('\n'))).toContainEqual({
        line: 4,
        reason: expect.stringContaining('红字凭证每一行都要是负数'),
      })
    }))

  test('every wrong row of a file is named with its line and reason, and nothing is booked', () =>
    within(async office => {
      const rows = [
        HEADING,
        '2025-02-30,1,收款,101,100.00,,,,',
        '2025-03-05,2,收款,101,1e3,,,,',
        '2025-03-05,2,收款,501,,100.00,,,',
        '2025-03-06,3,收款,199,１２３,,,,',
        '2025-03-06,4,收款,101,"12,34",,,,',
        '2025-03-06,5,收款,101,0.001,5.00,,,',
        '2025-03-06,6,收款,101,,,,,',
        '2025-03-07,7,收款,101,-5.00,,,,',
        '2025-03-07,8,收款,101,100.00,,,,',
        '2025-03-07,8,收款,501,,99.99,,,',
        '2025-03-08,9,收款,101,100000000000.00,,,,x',
        '2025-03-09,10,收款,101,8.00,,没有的资金,,',
        '2025-03-09,10,收款,501,,8.00,没有的资金,,',
        '2025-03-10,11,收款,199,8.00,,,,',
        '2025-03-11,11,收款,501,,8.00,,,',
        '2026-02-01,12,收款,101,8.00,,,,',
        '2026-02-01,12,收款,501,,8.00,,,',
        '2026-01-02,13,只有一行,101,8.00,,,,',
      ]
      const problems = await problemsOf(office, rows.join('\n'))
      const reasons = Map.groupBy(problems, ({ line }) => line)
      const said = (line: number) => (reasons.get(line) ?? []).map(({ reason }) => reason).join(' ')
      expect(said(2)).toContain('没有这一天')
      expect(said(3)).toContain('debit：金额要写成')
      expect(said(4)).toBe('')
      expect(said(5)).toContain('debit：金额要写成')
      expect(said(6)).toContain('debit：金额要写成')
      expect(said(7)).toContain('只能填借方或贷方一边')
      expect(said(8)).toContain('借方和贷方都没有金额')
      expect(said(9)).toContain('只有一行')
      expect(said(10)).toContain('借贷不平：借方 100.00，贷方 99.99，差 0.01')
      expect(said(12)).toContain('附件张数')
      expect(said(12)).toContain('不超过 99,999,999,999.99')
      expect(said(13)).toContain('没有“没有的资金”这个资金')
      expect(said(15)).toContain('没有 199 这个一级科目')
      expect(said(16)).toContain('各行日期不同')
      expect(said(17)).toContain('本月之后')
      expect(said(19)).toContain('只有一行')
      expect(eventsIn(office)).toBe(0)
    }))

  test('an account that is not open is named, unless accounts may be opened', () =>
    within(async office => {
      await run(office, 'old', ['EstablishCoop', { name: '旧社', level: '村', firstDay: '2025-01-01' }])
      const text = voucher('2025-03-05,1,收款,501-新项目,,100.00,,,')
      expect(await problemsOf(office, text, { openAccounts: false })).toEqual([
        { line: 3, reason: '科目 501-新项目 还没有开设；加 --open-accounts 可随导入开设。' },
      ])
      expect(await imported(office, text)).toMatchObject({ opened: ['501-新项目'], established: false })
    }))

  test('a co-op the ledger does not know is refused, unless it may be opened', () =>
    within(async office => {
      await expect(imported(office, HISTORY, { openAccounts: false })).rejects.toThrow('CoopUnknown')
    }))

  test('a month that is closed takes no imported voucher', () =>
    within(async office => {
      await imported(office, HISTORY)
      await run(
        office,
        'old',
        ['CloseYear', { year: 2023 }],
        ['ClosePeriod', { month: '2023-12', unreconciled: '对账单未到', uncounted: '未盘点' }],
        ['ClosePeriod', { month: '2024-01', unreconciled: '对账单未到', uncounted: '未盘点' }],
      )
      const on = (day: string) =>
        problemsOf(office, voucher('2025-03-05,1,收款,501,,100.00,,,').replaceAll('2025-03-05', day))
      expect(await on('2023-12-01')).toMatchObject([{ line: 2, reason: expect.stringContaining('早于建账日') }])
      expect(await on('2023-12-25')).toMatchObject([{ line: 2, reason: expect.stringContaining('2023年度已经结账') }])
      expect(await on('2024-01-25')).toMatchObject([{ line: 2, reason: expect.stringContaining('2024-01 已经结账') }])
    }))

  test('a file of more vouchers than one command takes is booked as a whole', () =>
    within(async office => {
      const rows = Array.from({ length: 2100 }, (_, index) => [
        `2025-01-${String(1 + (index % 28)).padStart(2, '0')},${index},收款,101,1.00,,,,`,
        `2025-01-${String(1 + (index % 28)).padStart(2, '0')},${index},收款,501-项目${index % 40},,1.00,,,`,
      ])
      expect(await imported(office, [HEADING, ...rows.flat()].join('\n'))).toMatchObject({ vouchers: 2100 })
      const booked = vouchersBetween(office.sql, 'old', '2025-01', '2025-01')
      expect(booked.at(-1)?.number).toBe('2025-01-记-2100')
      expect(booked.every((each, index) => index === 0 || booked[index - 1]!.date <= each.date)).toBe(true)
    }))

  test('a file of which only the first part was stored when the power failed is completed by importing it again', () =>
    within(async office => {
      const rows = Array.from({ length: 1000 }, (_, index) => [
        `2025-01-02,${index},收款,101,1.00,,,王晓芳,`,
        `2025-01-02,${index},收款,501,,1.00,,,`,
      ])
      const text = [HEADING, ...rows.flat()].join('\n')
      const ledger = {
        state: (coop: string) => office.ledger.state(coop),
        head: (coop: string) => office.ledger.head(coop),
        executeTogether: async (requests: readonly Request[]) => {
          await office.ledger.executeTogether(requests.slice(0, 2))
          throw new Error('the power fails')
        },
      }
      await expect(imported({ ...office, ledger } as unknown as Office, text)).rejects.toThrow('the power fails')
      const stored = vouchersBetween(office.sql, 'old', '2025-01', '2025-01').length
      expect(stored > 0 && stored < 1000).toBe(true)
      expect(await imported(office, text)).toMatchObject({ vouchers: 1000, enrolled: 0 })
      expect(vouchersBetween(office.sql, 'old', '2025-01', '2025-01').at(-1)?.number).toBe('2025-01-记-1000')
    }))

  test('the summaries of all rows are kept when each row has its own', () =>
    within(async office => {
      await imported(office, voucher('2025-03-05,1,租金收入,501,,100.00,,,'))
      expect(vouchersBetween(office.sql, 'old', '2025-03', '2025-03')[0]?.summary).toBe('收款；租金收入')
    }))
})

describe('a counterparty of an imported voucher', () => {
  const paid = (name: string) => voucher(`2025-03-05,1,收款,501,,100.00,,${name},`)
  const partyIn = (office: Office) =>
    vouchersBetween(office.sql, 'old', '2025-03', '2025-03')[0]?.lines[1]?.counterparty

  test('that is an organisation stays as it is', () =>
    within(async office => {
      await imported(office, paid('聚龙小镇物业公司（二期）'))
      expect(partyIn(office)).toBe('聚龙小镇物业公司（二期）')
    }))

  test('that is a person is written as a code, and the name is in the vault alone', () =>
    within(async office => {
      expect(await imported(office, paid('欧阳晓芳'))).toMatchObject({ enrolled: 1 })
      expect(partyIn(office)).toMatch(/^M\d{5}$/)
      expect(office.vault.resolve(partyIn(office)!)).toEqual({ name: '欧阳晓芳' })
      const stored = office.sql.rows('SELECT data FROM events').flat().join('')
      expect(stored).not.toContain('欧阳晓芳')
    }))

  test('that was met by name in an earlier file gets the same code again', () =>
    within(async office => {
      await imported(office, paid('欧阳晓芳'))
      expect(await imported(office, `${paid('欧阳晓芳')}\n`)).toMatchObject({ enrolled: 0 })
    }))

  test('that is a registered person of the co-op is written as that code; two of one name must be told apart', () =>
    within(async office => {
      const person = { birthMonth: '1960-05', on: '2025-01-01', basis: '确认' }
      await run(
        office,
        'old',
        ['EstablishCoop', { name: '旧社', level: '村', firstDay: '2025-01-01' }],
        [
          'AdmitMembers',
          {
            members: [
              { person: { name: '陈一' }, ...person },
              { person: { name: '陈一' }, ...person },
            ],
          },
        ],
        ['AdmitMembers', { members: [{ person: { name: '林二' }, ...person }] }],
      )
      expect(await problemsOf(office, paid('陈一'))).toEqual([
        { line: 3, reason: 'counterparty：往来人同名的有 2 位（M00001、M00002），请改填成员码。' },
      ])
      expect(await problemsOf(office, paid('M00009'))).toMatchObject([{ line: 3 }])
      await imported(office, paid('林二'))
      expect(partyIn(office)).toBe('M00003')
    }))

  test('is not enrolled on a dry run, nor in a demonstration', () =>
    within(async office => {
      await imported(office, paid('欧阳晓芳'), { dryRun: true })
      expect(office.vault.findByName('欧阳晓芳')).toEqual([])
      expect(await problemsOf(office, paid('欧阳晓芳'), { demo: true })).toMatchObject([
        { line: 3, reason: expect.stringContaining('演示账本') },
      ])
    }))

  test('a summary with a member’s name is booked, and the import says so', () =>
    within(async office => {
      const person = { person: { name: '林二' }, birthMonth: '1960-05', on: '2025-01-01', basis: '确认' }
      await run(
        office,
        'old',
        ['EstablishCoop', { name: '旧社', level: '村', firstDay: '2025-01-01' }],
        ['AdmitMembers', { members: [person] }],
      )
      const { warnings } = await imported(office, paid('').replaceAll('收款', '收林二还款'))
      expect(warnings).toMatchObject([expect.stringContaining('第 2 行')])
    }))
})
