import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { crashMeans, meansSaid } from './crash-means.ts'
import { folder } from './place.ts'

const place = folder()
afterAll(() => place.gone())

/** A PATH on which `strace` is this shell script. */
function pathWith(name: string, script: string): string {
  const bin = place.path(name)
  mkdirSync(bin)
  symlinkSync('/bin/sh', `${bin}/sh`)
  writeFileSync(`${bin}/strace`, `#!/bin/sh\n${script}\n`)
  chmodSync(`${bin}/strace`, 0o755)
  return bin
}

describe('how processes are killed', () => {
  test('is kill -9 at any moment where there is no strace, and the output says so', () => {
    const means = crashMeans(place.path('nothing-here'))
    expect(means).toEqual({ by: 'kill', why: 'strace cannot be started (ENOENT)' })
    expect(meansSaid(means)).toBe('killed at any moment (kill -9), because strace cannot be started (ENOENT)')
  })

  test('is kill -9 where strace may not attach, with its own words as the reason', () => {
    const denied = 'strace: ptrace(PTRACE_TRACEME, ...): Operation not permitted'
    const path = pathWith('denied', `echo '${denied}' >&2; exit 1`)
    expect(crashMeans(path)).toEqual({ by: 'kill', why: denied })
  })

  test('is kill -9 where strace attaches but its faults never arrive', () => {
    expect(crashMeans(pathWith('deaf', 'exit 0'))).toEqual({
      by: 'kill',
      why: 'strace lets the faults it should inject pass',
    })
  })

  test('is strace where a process that it should kill dies of it', () => {
    expect(crashMeans(pathWith('working', 'kill -9 $$'))).toEqual({ by: 'strace' })
    expect(meansSaid({ by: 'strace' })).toContain('strace')
  })
})
