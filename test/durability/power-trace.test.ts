import { writeFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { folder } from './place.ts'
import { opsIn } from './power-trace.ts'

const place = folder()
afterAll(() => place.gone())

const hex = (text: string): string =>
  [...Buffer.from(text)].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
const at = (descriptor: number, path: string): string => `${descriptor}<${hex(path)}>`
const quoted = (text: string): string => `"${hex(text)}"`

function read(...lines: string[]) {
  const file = place.path('trace')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return opsIn(file, '/books')
}

test('a trace is read as what was done below the folder, and what was said', () => {
  const ops = read(
    `7 openat(${at(3, '/')}, ${quoted('/books/账')}, O_WRONLY|O_CREAT|O_TRUNC, 0644) = ${at(21, '/books/账')}`,
    `7 write(${at(21, '/books/账')}, ${quoted('ab')}, 2) = 2`,
    `7 write(${at(21, '/books/账')}, ${quoted('cd')}, 2) = 1`,
    `7 pwrite64(${at(22, '/elsewhere/x')}, ${quoted('zz')}, 2, 0) = 2`,
    `7 fsync(${at(21, '/books/账')}) = 0`,
    `7 write(1<${hex('pipe:[1]')}>, ${quoted('done\n')}, 5) = 5`,
  )
  expect(ops).toEqual([
    { did: 'create', path: '/books/账' },
    { did: 'resize', path: '/books/账', size: 0 },
    { did: 'write', path: '/books/账', at: 0, bytes: Buffer.from('ab') },
    { did: 'write', path: '/books/账', at: 2, bytes: Buffer.from('c') },
    { did: 'flush', path: '/books/账' },
    { did: 'say', text: 'done' },
  ])
})

test('a call that failed did nothing, and one that another thread interrupted was done when it ended', () => {
  const ops = read(
    `7 fsync(${at(21, '/books/a')} <unfinished ...>`,
    `8 unlink(${quoted('/books/b')}) = 0`,
    '7 <... fsync resumed>)             = 0',
    `7 unlink(${quoted('/books/c')}) = -1 ENOENT (No such file or directory)`,
  )
  expect(ops).toEqual([
    { did: 'remove', path: '/books/b' },
    { did: 'flush', path: '/books/a' },
  ])
})

test('a copy by the kernel goes from where it says, or on from where the last one ended', () => {
  const [from, to] = [at(5, '/books/a'), at(6, '/books/b')]
  const ops = read(
    `7 openat(${at(3, '/')}, ${quoted('/books/a')}, O_RDONLY) = ${from}`,
    `7 openat(${at(3, '/')}, ${quoted('/books/b')}, O_WRONLY) = ${to}`,
    `7 copy_file_range(${from}, [4], ${to}, NULL, 100, 0) = 6`,
    `7 sendfile(${to}, ${from}, NULL, 100) = 3`,
  )
  const copy = { did: 'copy', path: '/books/b', from: '/books/a' }
  expect(ops).toEqual([
    { ...copy, at: 0, fromAt: 4, length: 6 },
    { ...copy, at: 6, fromAt: 0, length: 3 },
  ])
})

test('a call that the model does not know is not passed over', () => {
  expect(() => read(`7 fallocate(${at(5, '/books/a')}, 0, 0, 4096) = 0`)).toThrow(/fallocate/)
})
