import { spawn } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteHead } from '../../src/cli/heads.ts'
import { openOffice } from '../../src/office-node.ts'
import { mz } from '../cli/support.ts'
import { CODE, command, testHouse } from '../http/house.ts'
import { PEOPLE } from '../http/people.ts'
import { established } from '../support/stories.ts'
import { costs } from './bodies.ts'
import { COOP, runCore } from './core.ts'
import { folder, give, record, working } from './place.ts'

const place = folder()
const BOOKS = place.path('books')
beforeAll(() => runCore(BOOKS))
afterAll(() => place.gone())

let copies = 0
function copyOfBooks(): string {
  const copy = place.path(`copy-${++copies}`)
  cpSync(BOOKS, copy, { recursive: true })
  return copy
}

describe('two programs on one directory', () => {
  test('the second is refused, naming the process of the first, and leaves it undisturbed', async () => {
    const books = copyOfBooks()
    await working(books, async office => {
      expect(() => openOffice(books)).toThrow(`进程 ${process.pid} `)
      const said = await mz(['rebuild', '--data', books, '--json'])
      expect(said.code).toBe(1)
      expect(JSON.parse(said.err)).toMatchObject({ code: 'DirectoryInUse' })
      await give(office, 'PostVoucher', costs('1'), 'still-mine')
    })
    expect(existsSync(`${books}/lock.pid`)).toBe(false)
  })

  test('a process killed with the lock in its hands leaves none behind', async () => {
    const books = copyOfBooks()
    const holding = `
      const { lockDirectory } = await import('./src/directory-node.ts')
      lockDirectory(process.argv[1])
      console.log('held')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', holding, books])
    await new Promise(resolve => child.stdout.once('data', resolve))
    expect(() => openOffice(books)).toThrow(`进程 ${child.pid} `)
    child.kill('SIGKILL')
    await new Promise(resolve => child.once('close', resolve))
    await working(books, office => give(office, 'PostVoucher', costs('1'), 'after-kill'))
  })
})

describe('an older copy of the log in place of the newer', () => {
  test('is refused as behind what was published, with the way out, and the newer one opens again', async () => {
    const books = copyOfBooks()
    await working(books, async office => {
      await give(office, 'PostVoucher', costs('1'), 'published-later')
      noteHead(books, office, COOP)
    })
    cpSync(`${books}/ledger.db`, place.path('newer.db'))
    cpSync(`${BOOKS}/ledger.db`, `${books}/ledger.db`)
    expect(() => openOffice(books)).toThrow(/账本落后于已公开的指纹.*restore/)
    expect(await mz(['rebuild', '--data', books, '--json'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('LedgerBehind'),
    })
    cpSync(place.path('newer.db'), `${books}/ledger.db`)
    await working(books, office => give(office, 'PostVoucher', costs('2'), 'goes-on'))
  })

  test('as long as the published one but with another history is not served', async () => {
    const [books, other] = [copyOfBooks(), copyOfBooks()]
    await working(books, async office => {
      await give(office, 'PostVoucher', costs('1'), 'one-history')
      noteHead(books, office, COOP)
    })
    await working(other, office => give(office, 'PostVoucher', costs('3'), 'another-history'))
    cpSync(`${other}/ledger.db`, `${books}/ledger.db`)
    await working(books, async office => {
      await expect(office.ledger.head(COOP)).rejects.toThrow(/已公开的指纹不同/)
      expect((await testHouse(office).request(`/coops/${COOP}`)).status).toBe(503)
    })
  })
})

describe('a directory without its vault', () => {
  test('is refused: a new vault would have neither names nor keys', () => {
    const books = copyOfBooks()
    rmSync(`${books}/vault.db`)
    expect(() => openOffice(books)).toThrow(/vault\.db.*备份/)
    expect(existsSync(`${books}/vault.db`)).toBe(false)
  })
})

describe('a co-op whose chain is broken', () => {
  test('answers 503 and says so, takes nothing more, and the others serve on', async () => {
    const books = copyOfBooks()
    await working(books, office => give(office, established[0], established[1], 'other', 'other'))
    const db = new DatabaseSync(`${books}/ledger.db`)
    db.exec('DROP TRIGGER events_are_never_changed')
    db.exec(`UPDATE events SET data = replace(data, '128.50', '128.51') WHERE data LIKE '%128.50%'`)
    db.close()
    await working(books, async office => {
      const app = testHouse(office)
      const asking = { headers: { authorization: `Bearer ${CODE}` } }
      const broken = await app.request(`/coops/${COOP}`)
      expect(broken.status).toBe(503)
      expect(await broken.text()).toMatch(/没有通过校验.*verify/)
      const refused = await command(app, `/api/coops/${COOP}/commands/PostVoucher`, costs('5'))
      expect(refused.status).toBe(503)
      expect(await refused.json()).toMatchObject({ code: 'ChainBroken' })
      expect((await app.request(`/api/coops/${COOP}/trial-balance?period=2025`, asking)).status).toBe(503)
      expect((await app.request('/coops/other')).status).toBe(200)
      await give(office, 'OpenSubAccount', { account: '513-电话', on: '2025-12-01' }, 'sub', 'other')
      const ready = await app.request('/readyz')
      expect(ready.status).toBe(503)
      const event = expect.stringMatching(`^${COOP}：无法读取事件 coop-${COOP}/24：.*请运行 verify`)
      expect(await ready.json()).toMatchObject({ status: 'not ready', reasons: [event] })
    })
  })
})

describe('a log that cannot be read', () => {
  test('is a reason for not being ready, while the process goes on answering that it lives', async () => {
    const office = openOffice(copyOfBooks())
    const app = testHouse(office)
    expect((await app.request('/readyz')).status).toBe(200)
    office.close()
    const ready = await app.request('/readyz')
    expect(ready.status).toBe(503)
    expect(await ready.json()).toEqual({
      status: 'not ready',
      reasons: ['账本文件无法读取，请运行 verify 检查，或用备份恢复。'],
    })
    expect((await app.request('/healthz')).status).toBe(200)
  })
})

describe('a damaged event met while read models of an older program are rebuilt', () => {
  const olderModels = (db: DatabaseSync) => db.exec(`UPDATE checkpoints SET version = 0 WHERE projection = 'vouchers'`)

  test('keeps its own co-op away with 503, and the others are rebuilt and served; mended, it comes back', async () => {
    const books = copyOfBooks()
    await working(books, async office => {
      await give(office, established[0], established[1], 'other', 'other')
      await give(office, 'OpenSubAccount', { account: '513-电话', on: '2025-12-01' }, 'sub', 'other')
    })
    const db = new DatabaseSync(`${books}/ledger.db`)
    const damaged = db.prepare(`SELECT position, data FROM events WHERE data LIKE '%128.50%' LIMIT 1`).get()
    const set = (data: string) => {
      db.exec('DROP TRIGGER IF EXISTS events_are_never_changed')
      db.prepare('UPDATE events SET data = ? WHERE position = ?').run(data, damaged!.position!)
    }
    set(String(damaged!.data).slice(0, -1))
    olderModels(db)
    await working(books, async office => {
      const app = testHouse(office)
      const asking = { headers: { authorization: `Bearer ${CODE}` } }
      for (const path of [`/coops/${COOP}`, `/api/coops/${COOP}/trial-balance?period=2025`]) {
        const broken = await app.request(path, asking)
        expect(broken.status, path).toBe(503)
        expect(await broken.text()).toMatch(/没有通过校验.*verify/)
      }
      expect((await command(app, `/api/coops/${COOP}/commands/PostVoucher`, costs('5'))).status).toBe(503)
      expect((await app.request('/coops/other')).status).toBe(200)
      await give(office, 'OpenSubAccount', { account: '513-水费', on: '2025-12-01' }, 'sub-2', 'other')
      const ready = (await (await app.request('/readyz')).json()) as { reasons: string[] }
      expect(ready.reasons.join()).toContain(`${COOP}：报表数据停在第 ${damaged!.position} 条事件`)
    })
    const said = await mz(['rebuild', '--data', books, '--json'])
    expect(said.code).toBe(1)
    expect(JSON.parse(said.err)).toMatchObject({ code: 'ChainBroken', damaged: [{ coop: COOP }] })
    expect(await mz(['report', 'trial-balance', '--coop', COOP, '--data', books, '--json'])).toMatchObject({ code: 1 })
    set(String(damaged!.data))
    db.close()
    await working(books, async office => {
      expect((await testHouse(office).request(`/coops/${COOP}`)).status).toBe(200)
      await give(office, 'PostVoucher', costs('6'), 'goes-on')
    })
    expect(await mz(['verify', '--data', books, '--json'])).toMatchObject({ code: 0 })
  })
})

describe('what a crash kept from the vault', () => {
  test('is taken up from the log when the directory is opened again, once', async () => {
    const [books, crashed] = [copyOfBooks(), place.path('crashed')]
    await working(books, async office => {
      const details = { ...PEOPLE[0], bankAccount: '6222020000000000999' }
      const { identity } = office.vault.reseal('M00001', details)
      const change = { person: 'M00001', on: '2025-12-30', reason: '换卡', identity }
      await record(office, 'MemberDetailsChanged', change, 'crashed')
      expect(office.vault.resolve('M00001')).toEqual(PEOPLE[0])
      // What lies on the disk now is what a crash would leave there.
      cpSync(books, crashed, { recursive: true })
    })
    await working(crashed, async office => {
      expect(office.vault.resolve('M00001')).toMatchObject({ bankAccount: '6222020000000000999' })
      const later = {
        person: 'M00001',
        on: '2025-12-30',
        reason: '再换',
        details: { bankAccount: '6222020000000000111' },
      }
      await give(office, 'ChangeMemberDetails', later, 'later')
    })
    await working(crashed, office => {
      expect(office.vault.resolve('M00001')).toMatchObject({ bankAccount: '6222020000000000111' })
    })
  })
})

describe('a clock that jumps back a day', () => {
  const NEW_YEAR = '2026-01-01T02:00:00.000Z'
  const EVE = '2025-12-31T02:00:00.000Z'
  const post = (date: string, commandId: string) => {
    const body = costs('1', date)
    return { coop: COOP, actor: '会计 via test', name: 'PostVoucher', body, commandId }
  }

  test('moves neither the time of recording nor the day of business back', async () => {
    const books = copyOfBooks()
    const refused = await working(books, office => office.ledger.execute(post('2026-01-10', 'too-early')), EVE)
    expect(refused).toMatchObject({ refusal: { message: expect.stringContaining('月末') } })
    await working(books, office => give(office, 'PostVoucher', costs('1', '2026-01-01'), 'new-year'), NEW_YEAR)
    const answer = await working(books, office => office.ledger.execute(post('2026-01-10', 'same-day')), EVE)
    expect(answer).toMatchObject({ events: [{ recordedAt: NEW_YEAR }] })
    expect(await mz(['verify', '--data', books])).toMatchObject({ code: 0 })
  })
})
