import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { openAccess } from '../../src/http/access-node.ts'
import type { App } from '../../src/http/house.ts'
import { serve } from '../../src/http/serve-node.ts'
import type { Office } from '../../src/office.ts'
import { openOffice } from '../../src/office-node.ts'
import { command, testHouse } from '../http/house.ts'
import { idNumber } from '../http/people.ts'
import { costs } from './bodies.ts'
import { COOP, NOW, runCore } from './core.ts'
import { folder } from './place.ts'

const SIZE = 12 * 1024 * 1024
const NEWCOMER = { name: '林某某', idNumber: idNumber('19910101', 9) }
const place = folder()
const DISK = place.path('disk')
const BOOKS = `${DISK}/books`
const mounted = mountDisk()
const title = mounted ? '' : ' — skipped: only root may mount the small disk it needs'

afterAll(() => {
  if (mounted) execFileSync('umount', [DISK])
  place.gone()
})

describe.skipIf(!mounted)(`a disk that is full${title}`, () => {
  let office: Office
  let app: App
  let accepted = 0
  beforeAll(async () => {
    await runCore(BOOKS)
    await openAccess(BOOKS)
    office = openOffice(BOOKS, { now: () => NOW })
    app = testHouse(office)
  })
  afterAll(() => office.close())

  /** Posts a voucher under its own key. */
  const post = (number: number) =>
    command(app, `/api/coops/${COOP}/commands/PostVoucher`, costs(`${number}`), { key: `full-${number}` })

  const register = () => {
    const person = { person: NEWCOMER, on: '2025-12-30', relation: '居民', resident: true }
    return command(app, `/api/coops/${COOP}/commands/RegisterPersons`, { persons: [person] }, { key: 'newcomer' })
  }

  test('refuses what it cannot keep with 503 and Retry-After, and goes on answering what is asked', async () => {
    fill()
    let refused: Response | undefined
    for (let number = 1; number <= 500 && !refused; number++) {
      const answer = await post(number)
      if (answer.status === 201) accepted = number
      else refused = answer
    }
    expect(refused?.status).toBe(503)
    expect(refused?.headers.get('retry-after')).toBe('5')
    expect(await refused?.json()).toMatchObject({ code: expect.stringMatching(/^(Unavailable|OutcomeUnknown)$/) })
    expect((await app.request(`/coops/${COOP}`)).status).toBe(200)
    expect((await app.request('/healthz')).status).toBe(200)
  })

  test('is named as the reason for not being ready', async () => {
    const server = await serve(office, { directory: BOOKS, port: 0 })
    const answer = await fetch(`${server.url}/readyz`)
    await server.close()
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ reasons: [expect.stringMatching(/^磁盘只剩 0 MB/)] })
  })

  test('takes no person either, and gives nobody a code for nothing', async () => {
    const answer = await register()
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'Unavailable' })
    expect(office.vault.findById(NEWCOMER.idNumber)).toBeUndefined()
  })

  test('is written again by the same process once there is space, with nothing lost, doubled or left out', async () => {
    rmSync(`${DISK}/ballast`)
    for (const number of [accepted + 1, accepted + 2]) expect((await post(number)).status).toBe(201)
    if (accepted > 0) expect((await post(accepted)).status).toBe(200)
    expect((await register()).status).toBe(201)
    expect(office.vault.resolve('M00005')).toEqual(NEWCOMER)
    const { finding, events } = await verifyDirectory(BOOKS, { logOnly: false })
    expect(finding).toBeUndefined()
    expect(events).toBeGreaterThan(accepted + 2)
    const { books } = await office.ledger.state(COOP)
    // One voucher of December was there before, and the red one that reversed it.
    expect(books.lastNumber.get('2025-12')).toBe(accepted + 4)
    console.log(`${accepted} vouchers fitted on the disk`)
  })
})

function mountDisk(): boolean {
  mkdirSync(DISK, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', DISK], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Leaves a few pages of the disk free. */
function fill(): void {
  const { bavail, bsize } = statfsSync(DISK)
  writeFileSync(`${DISK}/ballast`, new Uint8Array((bavail - 20) * bsize))
}
