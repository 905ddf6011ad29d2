import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { Office } from '../../src/office.ts'
import { openOffice } from '../../src/office-node.ts'

const NODE = join('node_modules', '.bin', 'node')

/** A directory of its own for one test, removed by `gone`. */
export function scratch(): { path: (...parts: string[]) => string; gone: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-cli-'))
  return {
    path: (...parts) => join(directory, ...parts),
    gone: () => rmSync(directory, { recursive: true, force: true }),
  }
}

export type Said = { code: number | null; out: string; err: string }

/** Runs the command line within this process: what it is told, the exit code and all it says are the same. */
export async function mz(args: readonly string[]): Promise<Said> {
  const said = { out: '', err: '' }
  const spies = (['stdout', 'stderr'] as const).map(name =>
    vi.spyOn(process[name], 'write').mockImplementation(text => {
      said[name === 'stdout' ? 'out' : 'err'] += String(text)
      return true
    }),
  )
  try {
    return { code: await main(args), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = undefined
  }
}

/** Runs the real command line as a program of its own; each call costs a second. */
export function mzProgram(args: readonly string[], input = ''): Said {
  const { status, stdout, stderr } = spawnSync(NODE, ['src/node.ts', ...args], { input, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

/** Opens a data directory whose clock stands on a day, for one piece of work. */
export async function at<T>(directory: string, today: string, work: (office: Office) => Promise<T>): Promise<T> {
  const office = openOffice(directory, { now: () => `${today}T02:00:00.000Z` })
  try {
    return await work(office)
  } finally {
    office.close()
  }
}

/** Executes commands of one co-op in order; a refusal fails the test. */
export async function run(
  office: Office,
  coop: string,
  ...list: readonly (readonly [string, unknown])[]
): Promise<void> {
  const { revision } = await office.ledger.head(coop)
  for (const [index, [name, body]] of list.entries()) {
    const commandId = `test-${revision}-${index}`
    const answer = await office.ledger.execute({ coop, name, body, actor: '会计 via test', commandId })
    if ('refusal' in answer) throw new Error(`${name}: ${answer.refusal.code} ${answer.refusal.message}`)
  }
}

export const HEADING = 'date,voucher,summary,account,debit,credit,fund,counterparty,attachments'

/** Two years of a small co-op's history: three vouchers, out of order, with a sub-account of its own. */
export const HISTORY = `${HEADING}
2024-02-03,7,收2月租金,102-基本户,12000.00,,,向阳百货有限公司,2
2024-02-03,7,收2月租金,501-物业租赁,,12000.00,,,
2024-01-05,3,期初投入,102-基本户,50000,,,,1
2024-01-05,3,期初投入,301,,50000.00,,,
2023-12-20,3,付维修费,511-维修,800.5,0.00,,红星维修店,1
2023-12-20,3,付维修费,102-基本户,0,800.50,,,
`

/** Writes a file and gives its path. */
export function file(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content)
  return path
}
