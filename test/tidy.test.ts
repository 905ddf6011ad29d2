import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { commands } from '../src/domain/commands.ts'
import { catalogue } from '../src/domain/events.ts'

const ROOT = join(import.meta.dirname, '..')
type Source = { path: string; text: string; imports: string[] }

function sources(...folders: string[]): Source[] {
  const paths = folders.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => join(folder, name)),
  )
  return paths.sort().map(path => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    const imports = [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, target = '']) =>
      target.startsWith('.') ? normalize(join(dirname(path), target)) : target,
    )
    return { path, text, imports }
  })
}

const PRODUCT = sources('src', 'projections', 'reports')
const folderOf = (path: string): string =>
  /^(src\/[a-z]+(?=\/)|projections|reports)/.exec(path)?.[0] ?? 'the runtime files'

// Design §2: what each folder may import besides itself. The files at the top of src join them and may import all.
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/store': [],
  'src/ledger': ['src/store', 'src/domain'],
  projections: ['src/domain', 'src/store/sql.ts'],
  reports: ['projections', 'src/domain', 'src/store/sql.ts'],
  'src/web': ['reports', 'projections', 'src/domain'],
  'src/http': ['src/web', 'src/ledger', 'src/store', 'src/domain', 'reports', 'projections', 'src/office.ts'],
  'src/edge': ['src/http', 'src/web', 'src/ledger', 'src/store', 'src/domain', 'reports', 'projections'],
  'src/demo': ['src/office.ts', 'src/ledger', 'src/store', 'src/domain', 'reports', 'projections'],
}

describe('imports', () => {
  test('the domain knows zod, decimal.js, date-fns and itself, and nothing else', () => {
    const foreign = PRODUCT.filter(({ path }) => folderOf(path) === 'src/domain').flatMap(({ path, imports }) =>
      imports
        .filter(target => !/^(src\/domain\/|zod$|decimal\.js$|date-fns\/\w+$)/.test(target))
        .map(target => `${path} → ${target}`),
    )
    expect(foreign).toEqual([])
  })

  test.each(Object.entries(MAY_IMPORT))('%s imports only what lies below it', (folder, below) => {
    const upward = PRODUCT.filter(({ path }) => folderOf(path) === folder).flatMap(({ path, imports }) =>
      imports
        .filter(target => /^(src|projections|reports)\//.test(target) && folderOf(target) !== folder)
        .filter(target => !below.some(each => target === each || target.startsWith(`${each}/`)))
        .map(target => `${path} → ${target}`),
    )
    expect(upward).toEqual([])
  })

  test('every relative import names its .ts file, and the file exists', () => {
    const known = new Set(PRODUCT.map(({ path }) => path))
    const missing = PRODUCT.flatMap(({ path, imports }) =>
      imports
        .filter(target => /^(src|projections|reports)\//.test(target) && target.endsWith('.ts') && !known.has(target))
        .map(target => `${path} → ${target}`),
    )
    expect(missing).toEqual([])
  })
})

describe('clock and chance', () => {
  // The files that bring them in; everything else is given a clock and random bytes.
  const ADAPTERS = [
    'src/office-cluster.ts',
    'src/office-node.ts',
    'src/office-worker.ts',
    'src/cli/offices.ts',
    'src/cli/commands/backup.ts',
    'src/cli/commands/command.ts',
    'src/cli/commands/restore.ts',
    'src/http/access-node.ts',
    'src/http/answer.ts',
    'src/http/app.ts',
    'src/http/sessions.ts',
  ]
  const AMBIENT = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bgetRandomValues\b/

  test('are read only in the files named here', () => {
    const readers = PRODUCT.filter(({ text }) => AMBIENT.test(text)).map(({ path }) => path)
    expect(readers.filter(path => !ADAPTERS.includes(path))).toEqual([])
  })
})

describe('sizes', () => {
  test('no file of the product is longer than 250 lines', () => {
    const long = PRODUCT.map(({ path, text }) => [path, text.trimEnd().split('\n').length] as const)
    expect(long.filter(([, lines]) => lines > 250)).toEqual([])
  })
})

describe('events and commands', () => {
  const domain = PRODUCT.filter(({ path }) => folderOf(path) === 'src/domain')
  const emitted = new Set(domain.flatMap(({ text }) => [...text.matchAll(/emit\(\s*'(\w+)'/g)].map(([, type]) => type)))

  test('every event that is decided on has a schema that takes no unknown fields', () => {
    expect([...emitted].filter(type => !Object.hasOwn(catalogue, type ?? ''))).toEqual([])
    const loose = Object.entries(catalogue).filter(([, { schema }]) => schema.safeParse({ 未知: 1 }).success)
    expect(loose.map(([type]) => type)).toEqual([])
  })

  test('every event that carries a voucher is one that some command decides on', () => {
    const booked = Object.entries(catalogue).filter(
      ([, { schema }]) => schema instanceof z.ZodObject && 'voucher' in schema.shape,
    )
    expect(booked.length).toBeGreaterThan(25)
    expect(booked.map(([type]) => type).filter(type => !emitted.has(type))).toEqual([])
  })

  test('every older version of an event has the step to the next', () => {
    for (const { version, upcast } of Object.values(catalogue)) {
      expect(Object.keys(upcast ?? {})).toEqual(Array.from({ length: version - 1 }, (_, index) => `${index + 1}`))
    }
  })

  test('every command has a Chinese title and a body without unknown fields', () => {
    for (const [name, { title, schema }] of Object.entries(commands)) {
      expect(title, name).toMatch(/\p{Script=Han}{2}/u)
      expect(
        schema.safeParse({ 未知: 1 }).error?.issues.some(({ code }) => code === 'unrecognized_keys'),
        name,
      ).toBe(true)
    }
  })

  test('every code by which the domain refuses something is asserted by some test', () => {
    const codes = new Set(
      domain.flatMap(({ text }) => [...text.matchAll(/(?:refuse|short)\(\s*'(\w+)'/g)].map(([, code]) => code!)),
    )
    const tests = sources('test')
      .map(({ text }) => text)
      .join('\n')
    expect([...codes].filter(code => !tests.includes(`'${code}'`))).toEqual([])
  })
})
