import { describe, expect, test } from 'vitest'
import { Random } from '../simulation/random.ts'
import { Disk, type Op } from './power-disk.ts'

const SEEDS = 60
const ROOT = '/disk'
const file = `${ROOT}/file`
const create: Op = { did: 'create', path: file }
const names: Op = { did: 'flush', path: ROOT }
const flush: Op = { did: 'flush', path: file }
const write = (text: string, at = 0, path = file): Op => ({ did: 'write', path, at, bytes: Buffer.from(text) })

/** What cuts with many seeds leave of a file: its possible contents, `gone` when it has no name. */
function left(ops: readonly Op[], name = 'file'): Set<string> {
  const disk = new Disk(ROOT)
  for (const op of ops) disk.apply(op)
  const cuts = Array.from({ length: SEEDS }, (_, seed) => disk.afterCut(new Random(seed)).get(name))
  return new Set(cuts.map(bytes => bytes?.toString('latin1') ?? 'gone'))
}

describe('the disk of the power cuts', () => {
  test('keeps what was flushed under a flushed name, and only that for certain', () => {
    expect(left([create, write('a'), flush, names])).toEqual(new Set(['a']))
    expect(left([create, names, write('a')])).toEqual(new Set(['', 'a']))
    expect(left([create, write('a'), flush])).toEqual(new Set(['gone', 'a']))
  })

  test('tears a long write between sectors, and leaves zeros where one was skipped', () => {
    const [first, second] = ['1'.repeat(512), '2'.repeat(512)]
    const torn = left([create, names, write(first + second)])
    expect(torn).toEqual(new Set(['', first, first + second, '\0'.repeat(512) + second]))
  })

  test('tears at the sectors of the disk, not of the write', () => {
    const torn = left([create, write('0'.repeat(500)), flush, names, write('1'.repeat(24), 500)])
    expect(torn).toContain(`${'0'.repeat(500)}${'1'.repeat(12)}`)
  })

  test('brings back what was cut off a file until that is flushed', () => {
    const before = [create, write('abc'), flush, names, { did: 'resize', path: file, size: 1 }] satisfies Op[]
    expect(left(before)).toEqual(new Set(['abc', 'a']))
    expect(left([...before, flush])).toEqual(new Set(['a']))
  })

  test('replaces a file by a new one in one step: it holds the old or the new, never nothing', () => {
    const part = `${ROOT}/part`
    const replaced: Op[] = [
      ...[create, write('old'), flush, names],
      ...([{ did: 'create', path: part }, write('new', 0, part), { did: 'flush', path: part }] satisfies Op[]),
      { did: 'rename', path: part, to: file },
    ]
    expect(left(replaced)).toEqual(new Set(['old', 'new']))
    expect(left([...replaced, names])).toEqual(new Set(['new']))
    expect(left([...replaced, names], 'part')).toEqual(new Set(['gone']))
  })

  test('brings a removed file back until its folder is flushed', () => {
    const removed: Op[] = [create, write('a'), flush, names, { did: 'remove', path: file }]
    expect(left(removed)).toEqual(new Set(['a', 'gone']))
    expect(left([...removed, names])).toEqual(new Set(['gone']))
  })

  test('loses a folder, and all that was flushed in it, whose own name was not', () => {
    const inner = `${ROOT}/inner`
    const made: Op[] = [
      { did: 'folder', path: inner },
      { did: 'create', path: `${inner}/file` },
      write('a', 0, `${inner}/file`),
      { did: 'flush', path: `${inner}/file` },
      { did: 'flush', path: inner },
    ]
    expect(left(made, 'inner/file')).toEqual(new Set(['a', 'gone']))
    expect(left([...made, names], 'inner/file')).toEqual(new Set(['a']))
  })
})
