import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccess } from '../../src/http/access-node.ts'
import { type Serving, serve } from '../../src/http/serve-node.ts'
import type { TestOffice } from '../support/office.ts'
import { COOP } from './people.ts'
import { sunshine } from './story.ts'

describe('the access code', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-access-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test('is shown once, kept only as a hash in a file nobody else may read, and right however it is spelt', async () => {
    const made = await openAccess(directory)
    expect(made.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/)
    const file = join(directory, 'access.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(made.code)

    const { access, code } = await openAccess(directory)
    expect(code).toBeUndefined()
    expect(await access.matches('7K3FQ-7K3FQ-7K3FQ-7K3FQ-7K3FQ')).toBe(false)
    expect(await access.matches('')).toBe(false)
    const spoken = made.code!.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(await access.matches(spoken)).toBe(true)
    expect(await access.matches(made.code!)).toBe(true)
    expect(await access.matches(`${made.code}X`)).toBe(false)
  })
})

describe('the server', () => {
  let office: TestOffice
  let server: Serving
  beforeAll(async () => {
    office = await sunshine()
    server = await serve(office.office, { directory: office.directory, port: 0 })
  })
  afterAll(async () => {
    await server.close()
    office.close()
  })

  test('serves the pages, the styles and a drawn paper, and gives its code out only the first time', async () => {
    expect(server.code).toMatch(/-/)
    expect(await (await fetch(server.url)).text()).toContain('钱从哪来')
    const style = await fetch(`${server.url}/assets/style.css`)
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect((await style.text()).length).toBeLessThan(15 * 1024)
    const paper = await fetch(`${server.url}/coops/${COOP}/resolutions/2025-1/notice.pdf`)
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const second = await serve(office.office, { directory: office.directory, port: 0 })
    expect(second.code).toBeUndefined()
    await second.close()
  })

  test('lets the operator in with the code', async () => {
    const answer = await fetch(`${server.url}/api/coops`, { headers: { authorization: `Bearer ${server.code}` } })
    expect(answer.status).toBe(200)
  })

  test('knows after a restart who was logged in, until the access code is another', async () => {
    const begun = async () => serve(office.office, { directory: office.directory, port: 0 })
    const first = await begun()
    const login = await fetch(`${first.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: first.url },
      body: `code=${server.code}`,
    })
    const [cookie = ''] = (login.headers.get('set-cookie') ?? '').split(';')
    expect(cookie).toMatch(/^mingzhang-session=/)
    await first.close()
    const staff = async ({ url }: Serving) => (await fetch(`${url}/staff`, { headers: { cookie } })).status
    const second = await begun()
    expect(await staff(second)).toBe(200)
    await second.close()
    const kept = readFileSync(join(office.directory, 'access.json'))
    rmSync(join(office.directory, 'access.json'))
    const third = await begun()
    expect(await staff(third)).toBe(401)
    await third.close()
    writeFileSync(join(office.directory, 'access.json'), kept)
  })

  test('serves on without the file of sessions, and says what is wrong with it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mingzhang-sessions-'))
    writeFileSync(join(directory, 'sessions.db'), 'no database'.repeat(100))
    const faults: unknown[] = []
    const other = await serve(office.office, { directory, port: 0, onFault: error => faults.push(error) })
    expect((await fetch(other.url)).status).toBe(200)
    expect(faults).toEqual([expect.objectContaining({ message: 'file is not a database' })])
    await other.close()
    rmSync(directory, { recursive: true })
  })

  test('answers no other name than this machine’s own', async () => {
    const status = await new Promise(resolve => {
      request(server.url, { headers: { host: 'ledger.evil.example' } }, answer => resolve(answer.statusCode)).end()
    })
    expect(status).toBe(421)
  })

  test('refuses a request that has both a length and chunks', async () => {
    const text = await raw(
      server.port,
      'POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    )
    expect(text).toMatch(/^HTTP\/1\.1 400/)
  })

  test('says so when its port is taken', async () => {
    await expect(serve(office.office, { directory: office.directory, port: server.port })).rejects.toThrow(/EADDRINUSE/)
  })

  test('closes without cutting off what it is answering', async () => {
    const other = await serve(office.office, { directory: office.directory, port: 0 })
    const running = fetch(`${other.url}/coops/${COOP}`)
    const answer = await running
    await other.close()
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('阳光社区')
    await expect(fetch(other.url)).rejects.toThrow()
  })
})

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', chunk => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}
