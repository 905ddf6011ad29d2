import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { READ_MODELS } from '../../projections/read-models.ts'
import { dump } from '../../projections/runner.ts'
import { linesOf } from '../../src/cli/import-log.ts'
import { catalogue } from '../../src/domain/events.ts'
import { checkLog, readLog, restoreLog } from '../../src/ledger/import-log.ts'
import { BadLog } from '../../src/ledger/import-log-lines.ts'
import { openClusterOffice } from '../../src/office-cluster.ts'
import { createCodec } from '../../src/store/codec.ts'
import { EventStoreDbStore } from '../../src/store/eventstoredb.ts'
import { MemoryStore } from '../../src/store/memory.ts'
import type { EventStore } from '../../src/store/port.ts'
import { FAILURES, FaultyStore } from '../faults/faulty-store.ts'
import { exported } from '../oracle/compare.ts'
import { BEGINNING } from '../simulation/beginning.ts'
import { StandIn } from '../store/eventstoredb/stand-in.ts'
import { all, begin, INVENTED, openLedger } from '../support/ledger.ts'
import { executeReviewed } from '../support/review.ts'
import { at, file, mz, run, scratch } from './support.ts'

const place = scratch()
const TODAY = '2025-12-31'
const codec = createCodec(catalogue)
let text = ''
let lines: string[] = []

beforeAll(async () => {
  await at(place.path('books'), TODAY, async office => {
    for (const coop of ['yangguang', 'jufu']) {
      for (const [index, [name, body]] of BEGINNING.entries()) {
        const command = { coop, name, body, actor: '会计 via test', commandId: `${coop}-${index}` }
        const answer = await executeReviewed(office.ledger, command)
        if ('refusal' in answer) throw new Error(answer.refusal.message)
      }
    }
  })
  expect((await mz(['export', 'log', '--data', place.path('books'), '--out', place.path('log.ndjson')])).code).toBe(0)
  text = readFileSync(place.path('log.ndjson'), 'utf8')
  lines = text.trimEnd().split('\n')
})
afterAll(() => place.gone())

const tables = (directory: string) => at(directory, TODAY, async office => dump(office.sql, READ_MODELS))

function refusalOf(changed: readonly string[]): BadLog {
  try {
    checkLog(changed, codec)
  } catch (error) {
    if (error instanceof BadLog) return error
    throw error
  }
  throw new Error('the log was taken')
}

describe('an exported log', () => {
  test('imported and exported again is the same to the last byte, verified, with the same read models', async () => {
    const { code, out } = await mz(['import', 'log', place.path('log.ndjson'), '--data', place.path('new'), '--json'])
    expect([code, JSON.parse(out)]).toMatchObject([0, { events: lines.length, coops: 2, persons: 12, known: 0 }])
    expect((await mz(['export', 'log', '--data', place.path('new')])).out).toBe(text)
    expect((await mz(['verify', '--data', place.path('new')])).code).toBe(0)
    expect(await tables(place.path('new'))).toEqual(await tables(place.path('books')))
    expect(readdirSync(place.path('new'))).not.toContain('import.part')
  })

  test('of one co-op comes in alone, and again gives the same bytes', async () => {
    const asked = ['export', 'journal', '--coop', 'jufu', '--format', 'ndjson', '--data']
    const journal = (await mz([...asked, place.path('books')])).out
    const path = file(place.path('jufu.ndjson'), journal)
    expect((await mz(['import', 'log', path, '--data', place.path('jufu')])).code).toBe(0)
    expect((await mz([...asked, place.path('jufu')])).out).toBe(journal)
  })

  test('goes into an empty ledger only', async () => {
    const { code, err } = await mz(['import', 'log', place.path('log.ndjson'), '--data', place.path('books'), '--json'])
    expect([code, JSON.parse(err).code]).toEqual([1, 'NotEmpty'])
    await at(place.path('begun'), TODAY, async () => {})
    expect((await mz(['import', 'log', place.path('log.ndjson'), '--data', place.path('begun')])).code).toBe(0)
    expect((await mz(['export', 'log', '--data', place.path('begun')])).out).toBe(text)
  })

  test('without the keys shows persons as forgotten, and gives nobody one of their codes', async () => {
    await mz(['import', 'log', place.path('log.ndjson'), '--data', place.path('nameless')])
    await at(place.path('nameless'), TODAY, async office => {
      expect(office.vault.resolve('M00001')).toEqual({ forgotten: true })
      const person = { name: '王某某', idNumber: INVENTED }
      await run(office, 'jufu', ['AdmitMembers', { members: [{ person, on: TODAY, basis: '成员大会确认' }] }])
      expect(office.vault.findById(INVENTED)).toBe('M00013')
    })
  })

  test('with the keys shows the names, and knows a command again that was given before', async () => {
    const keys = place.path('books', 'vault.db')
    const { out } = await mz(['import', 'log', place.path('log.ndjson'), '--data', place.path('whole'), '--keys', keys])
    expect(out).not.toContain('已遗忘')
    await at(place.path('whole'), TODAY, async office => {
      expect(office.vault.resolve('M00001')).toMatchObject({ name: '虚构01' })
      const [name, body] = BEGINNING[0]!
      const again = { coop: 'jufu', name, body, actor: '会计 via test', commandId: 'jufu-0' }
      expect(await office.ledger.execute(again)).toMatchObject({ repeated: true })
    })
  })

  test('is not taken with the keys of another ledger, given or left in the directory', async () => {
    const person = { name: '李某某', idNumber: INVENTED }
    await at(place.path('other'), TODAY, async office => {
      expect(office.vault.enrol(person).code).toBe('M00001')
    })
    const log = place.path('log.ndjson')
    for (const more of [['other'], ['none', '--keys', place.path('other', 'vault.db')]]) {
      const [directory = '', ...keys] = more
      const { code, err } = await mz(['import', 'log', log, '--data', place.path(directory), ...keys, '--json'])
      expect([code, JSON.parse(err).code]).toEqual([1, 'OtherKeys'])
      expect(existsSync(place.path('none', 'ledger.db'))).toBe(false)
    }
    await at(place.path('other'), TODAY, async office => {
      expect(office.vault.resolve('M00001')).toMatchObject({ name: '李某某' })
    })
  })

  test('that is damaged is refused with its line and a code, and nothing is written', async () => {
    const bad = file(place.path('bad.ndjson'), text.replace('"995000.00"', '"995000.01"'))
    const { code, err } = await mz(['import', 'log', bad, '--data', place.path('never'), '--json'])
    const line = lines.findIndex(each => each.includes('"995000.00"')) + 1
    expect([code, JSON.parse(err)]).toMatchObject([1, { code: 'LogAltered', line }])
    expect(existsSync(place.path('never'))).toBe(false)
  })

  test('that ends before a held fingerprint is refused', async () => {
    const cut = file(place.path('cut.ndjson'), `${lines.slice(0, -1).join('\n')}\n`)
    const head = `jufu=${JSON.parse(lines.at(-1)!).hash}`
    const { code, err } = await mz(['import', 'log', cut, '--data', place.path('none'), '--head', head, '--json'])
    expect([code, JSON.parse(err).code]).toEqual([1, 'LogCut'])
    expect(
      (await mz(['import', 'log', place.path('log.ndjson'), '--data', place.path('held'), '--head', head])).code,
    ).toBe(0)
  })
})

describe('in whatever line', () => {
  test('a figure, a name or a field that was changed is found there', () => {
    for (const [index, line] of lines.entries()) {
      const changes = [
        ['LogAltered', line.replace(/"actor":"会计/, '"actor":"出纳')],
        ['LogAltered', line.replace(/"inputHash":"./, '"inputHash":"0').replace(/"inputHash":"00/, '"inputHash":"01')],
        ['LogUnreadable', line.replace('"type":"', '"type":"Un')],
        ['LogUnreadable', line.replace('{', '{ ')],
        ['LogUnreadable', line.replace('{', '{"more":1,')],
        ['LogUnreadable', line.slice(0, Math.floor(line.length / 2))],
      ] as const
      for (const [code, changed] of changes) {
        if (changed === line) continue
        const refusal = refusalOf(lines.with(index, changed))
        expect([refusal.detail.line, changed.slice(0, 40), refusal.code === code || code === 'LogUnreadable']).toEqual([
          index + 1,
          changed.slice(0, 40),
          true,
        ])
      }
    }
  })

  test('a line that is missing, there twice or in another’s place is found', () => {
    for (let index = 0; index < lines.length - 1; index++) {
      const next = lines.findIndex((each, at) => at > index && streamOf(each) === streamOf(lines[index]!))
      if (next === -1) continue
      const without = refusalOf(lines.toSpliced(index, 1))
      expect([without.code, without.detail.line]).toEqual(['LogOutOfOrder', next])
      const twice = refusalOf(lines.toSpliced(index, 0, lines[index]!))
      expect([twice.code, twice.detail.line]).toEqual(['LogOutOfOrder', index + 2])
      const swapped = refusalOf(lines.with(index, lines[next]!).with(next, lines[index]!))
      expect([swapped.code, swapped.detail.line]).toEqual(['LogOutOfOrder', index + 1])
    }
  })

  const streamOf = (line: string): string => JSON.parse(line).stream
})

describe('a log restored through the store’s port', () => {
  const lots = () => readLog(linesOf(place.path('log.ndjson')), codec)
  const stored = async (store: EventStore) => (await exported(store.readAll())) === text

  test('is the same on the memory store and on EventStoreDB', async () => {
    const memory = new MemoryStore()
    await restoreLog(memory, lots, { atOnce: 1000 })
    expect(await stored(memory)).toBe(true)
    const server = await new StandIn().start()
    const remote = new EventStoreDbStore(server.url, { prefix: 'import-' })
    try {
      await restoreLog(remote, lots)
      expect(await stored(remote)).toBe(true)
    } finally {
      await remote.close()
      server.die()
    }
  })

  test('goes to the server that is named, whose nodes then give nobody one of its codes', async () => {
    const server = await new StandIn().start()
    vi.stubEnv('EVENTSTORE_URL', server.url)
    try {
      const { code, err } = await mz(['import', 'log', place.path('log.ndjson')])
      expect([code, err]).toEqual([0, ''])
      const office = await openClusterOffice(place.path('node'), { url: server.url, prefix: '' })
      await office.node?.caughtUp(20_000)
      expect(await stored(office.store)).toBe(true)
      const person = { name: '王某某', idNumber: INVENTED }
      await run(office, 'jufu', ['AdmitMembers', { members: [{ person, on: TODAY, basis: '成员大会确认' }] }])
      expect([office.vault.resolve('M00001'), office.vault.findById(INVENTED)]).toEqual([{ forgotten: true }, 'M00013'])
      await office.close()
    } finally {
      vi.unstubAllEnvs()
      server.die()
    }
  })

  test('goes on where it was interrupted, whether or not the last answer was lost', async () => {
    for (const when of ['before', 'after'] as const) {
      const inner = new MemoryStore()
      const store = new FaultyStore(inner)
      store.arm((call, method) =>
        method === 'append' && call > 20 ? { when, error: FAILURES.Unavailable!() } : undefined,
      )
      await expect(restoreLog(store, lots)).rejects.toThrow()
      store.heal()
      const half = (await all(inner)).length
      expect(half).toBeGreaterThan(0)
      expect(half).toBeLessThan(lines.length)
      await restoreLog(store, lots)
      expect(await stored(inner)).toBe(true)
    }
  })

  test('is refused by a store that holds something else', async () => {
    const { ledger, store } = openLedger()
    await begin(ledger)
    await expect(restoreLog(store, lots)).rejects.toMatchObject({ code: 'NotEmpty' })
  })
})
