import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteHead } from '../../src/cli/heads.ts'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { mz } from '../cli/support.ts'
import { PEOPLE } from '../http/people.ts'
import { costs } from './bodies.ts'
import { COOP, runCore } from './core.ts'
import { folder, give, record, working } from './place.ts'

const place = folder()
const BOOKS = place.path('books')
const FIRST = place.path('backups', 'first.db')

beforeAll(async () => {
  await runCore(BOOKS)
  await working(BOOKS, office => noteHead(BOOKS, office, COOP))
  expect(await mz(['backup', '--data', BOOKS, '--out', FIRST])).toMatchObject({ code: 0, err: '' })
})
afterAll(() => place.gone())

const restore = (to: string, ...more: string[]) => mz(['restore', FIRST, '--data', to, ...more])

describe('a backup', () => {
  test('is made while somebody writes, is checked, and never replaces another', async () => {
    const out = place.path('backups', 'online.db')
    await working(BOOKS, async office => {
      const before = (await office.ledger.head(COOP)).hash
      const said = await mz(['backup', '--data', BOOKS, '--out', out, '--json'])
      expect(JSON.parse(said.out).heads[`coop-${COOP}`].hash).toBe(before)
      await give(office, 'PostVoucher', costs('1'), 'while-open')
    })
    expect((await verifyDirectory(BOOKS, { logOnly: false })).finding).toBeUndefined()
    expect(await mz(['backup', '--data', BOOKS, '--out', out])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/已经存在/),
    })
    expect(readdirSync(place.path('backups')).filter(name => name.includes('.part'))).toEqual([])
  })

  test('keeps names and keys out of the file that holds the log', () => {
    const log = readFileSync(FIRST)
    for (const { name, idNumber } of PEOPLE) {
      expect(log.includes(name)).toBe(false)
      expect(log.includes(idNumber)).toBe(false)
    }
    expect(readFileSync(`${FIRST}.keys`).includes(PEOPLE[0].name)).toBe(true)
    expect(statSync(`${FIRST}.keys`).mode & 0o077).toBe(0)
  })
})

describe('the restore drill', () => {
  test('gives back the log, the tables, the names and the published heads, and goes on from there', async () => {
    const to = place.path('drill')
    expect(await restore(to)).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(`${to}/heads.json`, 'utf8'))).toHaveProperty(`coop-${COOP}`)
    expect((await verifyDirectory(to, { logOnly: false })).finding).toBeUndefined()
    await working(to, async office => {
      expect(office.vault.resolve('M00001')).toEqual(PEOPLE[0])
      expect(office.vault.findById(PEOPLE[1].idNumber)).toBe('M00002')
      await give(office, 'PostVoucher', costs('2'), 'after-restore')
    })
    expect((await verifyDirectory(to, { logOnly: false })).finding).toBeUndefined()
  })

  test('writes only into an empty directory, and leaves what is there', async () => {
    const to = place.path('taken')
    await runCore(to)
    const before = readFileSync(`${to}/ledger.db`)
    expect(await restore(to)).toMatchObject({ code: 1, err: expect.stringMatching(/不是空的/) })
    expect(readFileSync(`${to}/ledger.db`)).toEqual(before)
  })

  test('is refused when the backup ends before a fingerprint somebody holds', async () => {
    expect(await restore(place.path('pristine'))).toMatchObject({ code: 0 })
    const held = async (directory: string) => {
      const { heads } = await verifyDirectory(directory, { logOnly: true })
      return `${COOP}=${heads[`coop-${COOP}`]!.hash}`
    }
    const [mine, later] = [await held(place.path('pristine')), await held(place.path('drill'))]
    expect(await restore(place.path('held'), '--head', mine)).toMatchObject({ code: 0 })
    const refused = await restore(place.path('behind'), '--head', later)
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/落后于已公开的指纹/) })
    expect(existsSync(place.path('behind'))).toBe(false)
  })

  test('is refused for a damaged backup, naming the event, and for one without its keys', async () => {
    const damaged = place.path('damaged.db')
    const bytes = readFileSync(FIRST)
    bytes[bytes.lastIndexOf('付办公费')]! ^= 1
    writeFileSync(damaged, bytes)
    const to = place.path('from-damaged')
    expect(await mz(['restore', damaged, '--data', to])).toMatchObject({ code: 1, err: expect.stringMatching(/缺少/) })
    copyFileSync(`${FIRST}.keys`, `${damaged}.keys`)
    expect(await mz(['restore', damaged, '--data', to])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/核对不符.*修订号/),
    })
    expect(await mz(['restore', `${FIRST}.keys`, '--data', to])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/不是 backup/),
    })
    expect(existsSync(to)).toBe(false)
  })
})

describe('the forgotten', () => {
  test('do not come back with a backup from before they were forgotten', async () => {
    await working(BOOKS, office => {
      office.vault.destroyIdentity('M00003')
      office.vault.destroySensitive('M00002')
    })
    const second = place.path('backups', 'second.db')
    expect(await mz(['backup', '--data', BOOKS, '--out', second])).toMatchObject({ code: 0 })
    const to = place.path('after-forgetting')
    expect(await restore(to)).toMatchObject({ code: 0, out: expect.stringMatching(/遗忘名单 2 条/) })
    await working(to, office => {
      expect(office.vault.resolve('M00003')).toEqual({ forgotten: true })
      expect(() => office.vault.sealText('M00002', '理由')).toThrow(/遗忘/)
      expect(office.vault.resolve('M00002')).toMatchObject({ name: PEOPLE[1].name })
    })
    for (const name of readdirSync(to)) {
      expect(readFileSync(`${to}/${name}`).includes(PEOPLE[2].name), name).toBe(false)
    }
  })

  test('are forgotten again from the log alone when an older vault is put back', async () => {
    const books = place.path('old-vault')
    await runCore(books)
    copyFileSync(`${books}/vault.db`, place.path('vault-before.db'))
    await working(books, async office => {
      await record(office, 'PersonErased', { person: 'M00004', on: '2025-12-30', list: '销毁清册1' }, 'erased')
    })
    copyFileSync(place.path('vault-before.db'), `${books}/vault.db`)
    await working(books, office => expect(office.vault.resolve('M00004')).toEqual({ forgotten: true }))
  })
})

describe('the files a log names', () => {
  const [books, file] = [place.path('papers'), place.path('papers-backup', 'one.db')]
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
  const hash = createHash('sha256').update(pdf).digest('hex')
  const kept = (directory: string) => join(directory, 'attachments', hash.slice(0, 2), hash)

  test('come along into the backup and back, and one that is lost is said', async () => {
    await runCore(books)
    await working(books, async office => {
      await give(office, 'PostVoucher', costs('1'), 'with-original')
    })
    const original = place.path('bill.pdf')
    writeFileSync(original, pdf)
    const voucher = '2025-12-记-1'
    expect(await mz(['attach', original, '--coop', COOP, '--voucher', voucher, '--data', books])).toMatchObject({
      code: 0,
    })
    expect(readFileSync(kept(books))).toEqual(pdf)
    expect((await mz(['backup', '--data', books, '--out', file])).out).not.toContain('附件')
    const to = place.path('papers-back')
    expect((await mz(['restore', file, '--data', to])).code).toBe(0)
    expect(readFileSync(kept(to))).toEqual(pdf)
    expect((await verifyDirectory(to, { logOnly: false, files: true })).finding).toBeUndefined()
    rmSync(kept(books))
    const again = await mz(['backup', '--data', books, '--out', place.path('papers-lost', 'two.db')])
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('1 份附件缺失') })
  })
})
