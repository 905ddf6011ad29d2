import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test } from 'vitest'

/** Programs that some tests check our output with, and the Debian package each comes in. */
const PACKAGES = {
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  pdfinfo: 'poppler-utils',
  qpdf: 'qpdf',
  hledger: 'hledger',
  'bean-check': 'beancount',
  'bean-query': 'beancount',
  'bean-report': 'beancount',
  'bean-example': 'beancount',
  python3: 'python3',
  soffice: 'libreoffice-calc-nogui',
  strace: 'strace',
} as const

export type Program = keyof typeof PACKAGES

/** True when the program is on the PATH. */
export function hasProgram(program: Program): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * A test that needs these programs. Without them it is skipped with the package to install in its title; where
 * CI is 'true' it fails instead, so that nothing goes unchecked there.
 */
export function testWith(programs: readonly Program[], title: string, body: () => void | Promise<void>): void {
  const missing = programs.filter(program => !hasProgram(program))
  if (missing.length === 0) {
    test(title, body)
    return
  }
  const packages = [...new Set(missing.map(program => PACKAGES[program]))].join(' ')
  const reason = `needs ${missing.join(', ')}: apt-get install ${packages}`
  if (process.env.CI === 'true') {
    test(title, () => {
      throw new Error(reason)
    })
  } else test.skip(`${title} — ${reason}`, body)
}

/** Runs a program to its end and gives what it printed; throws when it fails. */
export function runProgram(program: Program, args: readonly string[]): Buffer {
  return execFileSync(program, args, { maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] })
}
