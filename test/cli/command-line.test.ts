import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commands } from '../../src/domain/commands.ts'
import { file, HEADING, HISTORY, mz, mzProgram, scratch } from './support.ts'

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.gone())

/** Every file of a directory with the hash of its content. */
function contents(directory: string): string[] {
  return readdirSync(directory).map(
    name =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex')}`,
  )
}

const body = JSON.stringify({ name: '示例社', level: '村', firstDay: '2025-01-01' })

describe('the command line', () => {
  test.each([
    [['nonsense'], '没有 nonsense 这个命令'],
    [['report', 'trial-balance', '--coop', 'a', '--period', '2025', '--colour'], '没有 --colour 这个选项'],
    [['report', 'trial-balance', '--period', '2025'], '必须写明 --coop'],
    [['report', 'trial-balance', '--coop', 'a', '--period', '2025-13'], '--period'],
    [['export', 'journal', '--coop', 'a', '--format', 'xml'], '--format'],
    [['import', 'vouchers', '/no/such/file.csv', '--coop', 'a'], '找不到文件'],
    [['command', 'Nonsense', '--coop', 'a'], '没有“Nonsense”这个命令'],
    [['demo', '--seed', 'x'], '--seed'],
    [['disclose', '--coop', 'a', '--out', 'x'], '--quarter 和 --resolution'],
  ])('answers %j with one message in Chinese and exit code 1, never a stack trace', async (args, message) => {
    const said = await mz([...args, '--data', place.path('none')])
    expect(said).toMatchObject({ code: 1, out: '' })
    expect(said.err).toContain(message)
    expect(said.err).not.toMatch(/\n\s+at |node:internal/)
    expect(existsSync(place.path('none'))).toBe(false)
  })

  test('says why with code and message as JSON under --json', () => {
    const { code, err } = mzProgram([
      'report',
      'trial-balance',
      '--coop',
      'a',
      '--period',
      '2025',
      '--json',
      '--data',
      place.path('none'),
    ])
    expect([code, JSON.parse(err)]).toEqual([1, { code: 'NoLedger', message: expect.stringContaining('没有账本') }])
  })

  test('lists every command of the ledger with its schema', async () => {
    const listed = JSON.parse((await mz(['commands', '--json'])).out) as { name: string; schema: { type: string } }[]
    expect(listed.map(({ name }) => name)).toEqual(Object.keys(commands).sort())
    expect(listed.every(({ schema }) => schema.type === 'object')).toBe(true)
    expect((await mz(['commands', 'PostVoucher'])).out).toContain('录入记账凭证')
  })

  test('does a command once for one id: the same answer again, another body refused, a refusal leaves nothing', async () => {
    const data = place.path('data')
    const args = ['command', 'EstablishCoop', '--coop', 'sun', '--data', data, '--id', 'one', '--json']
    const send = (input: string) => mz([...args, file(place.path('body.json'), input)])
    expect(await send('{"name": "缺了别的"}')).toMatchObject({ code: 1, err: expect.stringContaining('InvalidInput') })
    expect(await send('{')).toMatchObject({ code: 1, err: expect.stringContaining('BadJson') })
    expect(existsSync(data)).toBe(false)
    const first = JSON.parse((await send(body)).out)
    expect(first).toMatchObject({
      repeated: false,
      events: [{ type: 'CoopEstablished', revision: 0 }, { revision: 1 }],
    })
    expect(JSON.parse((await send(body.replace('示例社', '别的社'))).err)).toMatchObject({ code: 'CommandIdReused' })
    // The same body on standard input of a program of its own.
    expect(JSON.parse(mzProgram(args, body).out)).toEqual({ ...first, repeated: true })
  })

  test('imports a file whole, reports it, exports it, and knows the file again', async () => {
    const data = place.path('data')
    const csv = file(place.path('history.csv'), HISTORY)
    const bring = (...more: string[]) =>
      mz(['import', 'vouchers', csv, '--coop', 'old', '--open-accounts', '--data', data, ...more])
    expect(await bring('--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('没有写入任何内容') })
    expect(existsSync(data)).toBe(false)
    expect(await bring()).toMatchObject({ code: 0, out: expect.stringContaining('3 张凭证') })
    expect(await bring()).toMatchObject({ code: 0, out: expect.stringContaining('已导入过') })
    const report = ['report', 'trial-balance', '--coop', 'old', '--period', '2024', '--data', data]
    expect((await mz([...report, '--format', 'csv'])).out).toContain('301,资本,0.00,0.00,50000.00,-50000.00')
    expect(JSON.parse((await mz([...report, '--format', 'json'])).out)).toContainEqual({
      ...{ account: '301', name: '资本', opening: '0.00', debit: '0.00', credit: '50000.00', closing: '-50000.00' },
    })
    const journal = mzProgram(['export', 'journal', '--coop', 'old', '--format', 'hledger', '--data', data])
    expect(journal.out).toContain('    102 银行存款:基本户  12000.00 CNY')
  })

  test('changes no byte of a directory on a dry run or when a file has faults', async () => {
    const data = place.path('data')
    await mz(['command', 'EstablishCoop', '--coop', 'sun', '--data', data, file(place.path('body.json'), body)])
    const before = contents(data).filter(line => line.startsWith('ledger.db ') || line.startsWith('vault.db '))
    const good = file(
      place.path('good.csv'),
      `${HEADING}\n2025-03-05,1,收款,101,1.00,,,王五,\n2025-03-05,1,收款,501,,1.00,,,\n`,
    )
    const bad = file(
      place.path('bad.csv'),
      `${HEADING}\n2025-03-05,1,收款,101,1.00,,,王五,\n2025-03-05,1,收款,501,,2.00,,,\n`,
    )
    expect((await mz(['import', 'vouchers', good, '--coop', 'sun', '--dry-run', '--data', data])).code).toBe(0)
    const refused = await mz(['import', 'vouchers', bad, '--coop', 'sun', '--json', '--data', data])
    expect(JSON.parse(refused.err)).toMatchObject({ code: 'BadFile', problems: [{ line: 2 }] })
    expect(contents(data).filter(line => line.startsWith('ledger.db ') || line.startsWith('vault.db '))).toEqual(before)
  })

  test('keeps a demonstration away from a directory that holds a ledger', async () => {
    const data = place.path('data')
    await mz(['command', 'EstablishCoop', '--coop', 'sun', '--data', data, file(place.path('body.json'), body)])
    expect(await mz(['demo', '--once', '--out', data])).toMatchObject({
      code: 1,
      err: expect.stringContaining('已有账本'),
    })
  })
})

describe('allocate', () => {
  const divide = (pool: string, list: string, ...more: string[]) =>
    mz(['allocate', '--pool', pool, '--shares', file(place.path('shares.csv'), list), ...more])

  test('gives the whole pool to the fen, row for row, whatever the order of the list', async () => {
    const { out } = await divide('100.00', 'holder,shares\n甲,1\n乙,1\n丙,1\n')
    const amounts = out.trim().split('\n').slice(1)
    expect(amounts.map(row => row.split(',')[0])).toEqual(['甲', '乙', '丙'])
    expect(amounts.reduce((sum, row) => sum + Math.round(Number(row.split(',')[2]) * 100), 0)).toBe(10_000)
    const turned = (await divide('100.00', 'holder,shares\n丙,1\n乙,1\n甲,1\n')).out.trim().split('\n').slice(1)
    expect([...turned].sort()).toEqual([...amounts].sort())
  })

  test('takes fractional shares exactly', async () => {
    const { out } = await divide('2000000.00', 'holder,shares\n甲,12.5\n乙,0.25\n', '--json')
    expect(JSON.parse(out).rows).toEqual([
      { holder: '甲', shares: '12.5', amount: '1960784.31' },
      { holder: '乙', shares: '0.25', amount: '39215.69' },
    ])
  })

  test.each([
    ['1e6', 'holder,shares\n甲,1\n', '--pool'],
    ['0', 'holder,shares\n甲,1\n', '--pool'],
    ['1.00', 'holder,shares\n甲,1.2345678\n', '第 2 行'],
    ['1.00', 'holder,shares\n甲,1\n甲,2\n', '第 3 行'],
    ['1.00', 'holder,shares\n甲,0\n', '股份之和是零'],
    ['1.00', 'name,shares\n甲,1\n', '表头'],
  ])('refuses the pool %s with the list %j', async (pool, list, message) => {
    expect(await divide(pool, list)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(message) })
  })
})
