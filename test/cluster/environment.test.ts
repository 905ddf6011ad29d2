import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const TESTS = join(import.meta.dirname, '..')

test('no suite sees the variable by which the program chooses a server, unless it sets it', () => {
  expect(process.env.EVENTSTORE_URL).toBeUndefined()
  const readers = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && name !== 'cluster/environment.test.ts')
    .filter(name => readFileSync(join(TESTS, name), 'utf8').includes('process.env.EVENTSTORE_URL'))
  expect(readers).toEqual([])
})
