import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { persons } from '../../projections/register.ts'
import { checkDigitOf } from '../../src/ledger/id-number.ts'
import { BadFile, type Problem } from '../../src/ledger/import-csv.ts'
import { importMembers } from '../../src/ledger/import-members.ts'
import { importShares } from '../../src/ledger/import-shares.ts'
import type { Office } from '../../src/office.ts'
import { at, run, scratch } from './support.ts'

const number = (birth: string, order: number): string => {
  const body = `999101${birth}${String(order).padStart(3, '0')}`
  return `${body}${checkDigitOf(body)}`
}
const [ANNA, BO] = [number('19580310', 1), number('19700101', 2)]
const MEMBERS = 'name,id_number,birth_month,household,bank_account,phone,on,basis'
const SHARES = 'member,id_number,shares,kind,on,basis'
const ROSTER = `${MEMBERS}\n陈一,${ANNA},,37,6222 0000 1111,0595-85600001,2025-01-01,成员大会确认\n林二,${BO},1970-01,,,,2025-01-01,\n`

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.gone())

const within = (work: (office: Office) => Promise<void>): Promise<void> =>
  at(place.path('data'), '2025-06-01', async office => {
    await run(office, 'sun', ['EstablishCoop', { name: '示例社', level: '村', firstDay: '2025-01-01', demo: true }])
    await work(office)
  })

const options = (text: string, dryRun = false) => ({
  ...{ coop: 'sun', actor: '会计 via cli', demo: true, dryRun },
  bytes: new TextEncoder().encode(text),
})

async function faults(work: Promise<unknown>): Promise<Problem[]> {
  try {
    await work
  } catch (error) {
    if (error instanceof BadFile) return error.detail.problems
    throw error
  }
  return []
}

const registered = (office: Office) => persons(office.sql, 'sun', { on: '2025-06-01' })

describe('a roster of members', () => {
  test('admits everybody with birth month from the ID number, and once only', () =>
    within(async office => {
      expect(await importMembers(office, options(ROSTER))).toMatchObject({ members: 2, events: 2 })
      expect(registered(office)).toMatchObject([
        { person: 'M00001', birthMonth: '1958-03', household: '37', member: true },
        { person: 'M00002', birthMonth: '1970-01', member: true },
      ])
      expect(office.vault.resolve('M00001')).toMatchObject({ name: '陈一', bankAccount: '622200001111' })
      expect(await importMembers(office, options(ROSTER))).toMatchObject({ events: 0, importedAt: expect.any(String) })
      expect(await faults(importMembers(office, options(`${ROSTER}\n`)))).toMatchObject([
        { line: 2, reason: '已经是成员，不能重复确认' },
        { line: 3, reason: '已经是成员，不能重复确认' },
      ])
    }))

  test('tried on a dry run leaves neither members nor personal data', () =>
    within(async office => {
      expect(await importMembers(office, options(ROSTER, true))).toMatchObject({ members: 2 })
      expect(registered(office)).toEqual([])
      expect(office.vault.findByName('陈一')).toEqual([])
    }))

  test('is refused whole, with every wrong row named', () =>
    within(async office => {
      const wrong = `${ANNA.slice(0, 17)}${ANNA[17] === '0' ? '1' : '0'}`
      const rows = [
        MEMBERS,
        `,${ANNA},,,,,2025-01-01,`,
        `甲,${wrong},,,,,2025-01-01,`,
        `乙,9.99E+17,,,,,2025-01-01,`,
        `丙,${BO},1971-01,,,,2025-01-01,`,
        `丁,${BO},,,,,2025-13-01,`,
        `戊,${number('19800101', 3)},,,12ab,,2025-07-01,`,
        '己,110101195803100017,,,,,2025-01-01,',
      ]
      const problems = await faults(importMembers(office, options(rows.join('\n'))))
      const said = (line: number) =>
        problems
          .filter(problem => problem.line === line)
          .map(({ reason }) => reason)
          .join(' ')
      expect(said(2)).toContain('name：不能为空')
      expect(said(3)).toContain('校验不通过')
      expect(said(4)).toContain('设为文本')
      expect(said(5)).toContain('birth_month：和身份证号不一致')
      expect(said(6)).toContain('和第 5 行是同一个人')
      expect(said(6)).toContain('on：')
      expect(said(7)).toContain('bank_account：银行账号只有数字')
      expect(said(8)).toContain('演示账本')
      expect(registered(office)).toEqual([])
    }))
})

describe('a list of shares', () => {
  test('gives shares by 成员码 or ID number, fractions exact, one issue for each kind, day and basis', () =>
    within(async office => {
      await importMembers(office, options(ROSTER))
      const list = `${SHARES}\nM00001,,12.5,成员股,2025-02-01,量化方案\n,${BO},3,成员股,2025-02-01,量化方案\nM00002,,1,人口股,2025-02-01,量化方案\n`
      expect(await importShares(office, options(list, true))).toMatchObject({ holders: 2, events: 2 })
      expect(registered(office).map(({ shares }) => shares)).toEqual(['0', '0'])
      expect(await importShares(office, options(list))).toMatchObject({ holders: 2, events: 2 })
      expect(registered(office).map(({ shares }) => shares)).toEqual(['12.5', '4'])
      expect(await importShares(office, options(list))).toMatchObject({ events: 0, importedAt: expect.any(String) })
    }))

  test('is refused whole, with every wrong row named', () =>
    within(async office => {
      await importMembers(office, options(ROSTER))
      const rows = [
        SHARES,
        'M00001,,12.5,成员股,2025-02-01,量化方案',
        'M00001,,1,成员股,2025-02-01,量化方案',
        'M00009,,1,成员股,2025-02-01,量化方案',
        ',,1,成员股,2025-02-01,量化方案',
        `M00001,${BO},1,人口股,2025-02-01,量化方案`,
        'M00002,,0,成员股,2025-07-01,',
      ]
      const problems = await faults(importShares(office, options(rows.join('\n'))))
      expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 7, 7])
      expect(problems.map(({ reason }) => reason).join('\n')).toContain('应是 M00002')
      expect(registered(office).map(({ shares }) => shares)).toEqual(['0', '0'])
    }))
})
