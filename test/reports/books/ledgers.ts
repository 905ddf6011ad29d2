import type { ProjectedEvent } from '../../../projections/projection.ts'
import { REPORTS } from '../../../reports/books/registry.ts'
import type { BookData, BookQuery, BookReport } from '../../../reports/books/report.ts'
import type { Sql } from '../../../src/store/sql.ts'
import { type Draw, wanted } from '../../domain/sequences.ts'
import { sha256 } from '../../projections/fixture.ts'
import { Coop, type Story } from '../../support/coop.ts'
import { adopted, fund, gift, lease, paid, programme, ready, reserve } from '../../support/stories.ts'

export const COOP = 'yangguang'

/** A co-op in which nearly every command is possible: what random sequences begin with. */
const BEGUN: Story = [
  ready,
  lease(),
  fund('助学金', 'restricted', ['scholarship', 'relief']),
  fund('近邻基金', 'held', ['relief', 'festival']),
  fund('路灯', 'grant', ['project']),
  fund('助困', 'restricted', ['relief'], { through514: true }),
  gift('助学金', '20000'),
  gift('助困', '20000', '捐2'),
  programme('allowance', 'welfare'),
  programme('subsidy', 'distribution'),
  programme('relief', 'fund', { fund: '助困' }),
  adopted({ budget: '100000' }),
  adopted({ no: '2025-2', matter: 'write-back' }),
  reserve,
  ['PrepareRun', { run: '津0', programme: 'allowance', period: '2025-01' }],
  ['ApproveRun', { run: '津0', date: '2025-01-31' }],
  paid('津0', '2025-01-31', { batch: '批0', count: 3, total: '1800' }),
]

/** The events of a random sequence of commands. */
export function randomLedger(draws: readonly Draw[]): ProjectedEvent[] {
  const coop = new Coop().play([BEGUN])
  for (const [index, draw] of draws.entries()) {
    const { name, body } = wanted(coop, draw, index)
    const decision = coop.ask(name, body)
    if ('refusal' in decision) continue
    for (const event of decision.events) coop.fold(event)
  }
  return recorded(coop)
}

/** A co-op's events as the read models take them, recorded three to an instant, a minute apart. */
export function recorded(coop: Coop): ProjectedEvent[] {
  return coop.events.map((event, revision) => {
    const minute = Math.floor(revision / 3)
    const at = `2026-01-${String(1 + Math.floor(minute / 60)).padStart(2, '0')}`
    return {
      ...event,
      ...{ coop: COOP, revision, position: revision + 1, commandId: `c${revision}`, hash: sha256(`${revision}`) },
      ...{ recordedAt: `${at}T00:${String(minute % 60).padStart(2, '0')}:00.000Z`, actor: 'M00001 via test' },
    } as ProjectedEvent
  })
}

/** A report by its name. */
export function reportOf(name: string): BookReport {
  const report = REPORTS.find(each => each.name === name)
  if (!report) throw new Error(`no report ${name}`)
  return report
}

/** A report's rows and checks; everything else in the query may be left out. */
export const built = (name: string, sql: Sql, period: string, more: Partial<BookQuery> = {}): BookData =>
  reportOf(name).build({ sql, coop: COOP, period, ...more })

/** Every report of a period, or every one of those named. */
export const allBuilt = (
  sql: Sql,
  period: string,
  coop = COOP,
  reports: readonly BookReport[] = REPORTS,
): Record<string, BookData> =>
  Object.fromEntries(reports.map(report => [report.name, report.build({ sql, coop, period })]))

/** The checks that fail, over every report of a period. */
export const failedChecks = (sql: Sql, period: string, coop = COOP): string[] =>
  Object.entries(allBuilt(sql, period, coop)).flatMap(([name, { checks }]) =>
    checks.filter(({ ok }) => !ok).map(check => `${name} ${period}: ${check.name} ${check.left} ${check.right}`),
  )

export const MONTHS = Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`)
