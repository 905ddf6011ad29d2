import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Office } from '../../src/office.ts'
import { openOffice } from '../../src/office-node.ts'
import { executeReviewed } from './review.ts'

export type TestOffice = {
  readonly office: Office
  readonly directory: string
  /** Executes commands in order, each on its day; a refusal fails the test with its code and sentence. */
  run(coop: string, ...commands: readonly (readonly [day: string, name: string, body: unknown])[]): Promise<void>
  /** The code of the person with this ID number. */
  codeOf(idNumber: string): string
  close(): void
}

/** An empty office in a directory of its own, with a clock that the commands move. */
export function testOffice(): TestOffice {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-'))
  let today = '2025-01-01'
  let count = 0
  const office = openOffice(directory, { now: () => `${today}T02:00:00.000Z` })
  return {
    office,
    directory,
    async run(coop, ...commands) {
      for (const [day, name, body] of commands) {
        today = day
        count += 1
        const request = { coop, name, body, actor: '会计 via test', commandId: `test-${count}` }
        const answer = await executeReviewed(office.ledger, request)
        if ('refusal' in answer) throw new Error(`${name}: ${answer.refusal.code} ${answer.refusal.message}`)
      }
    },
    codeOf(idNumber) {
      const code = office.vault.findById(idNumber)
      if (code === undefined) throw new Error(`nobody has the number ${idNumber}`)
      return code
    },
    close() {
      office.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
