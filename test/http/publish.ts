import { hash } from 'node:crypto'
import { disclosureClosings, disclosureFigures, figuresHashOf } from '../../reports/disclosure/build.ts'
import type { TestOffice } from '../support/office.ts'
import { COOP, PEOPLE } from './people.ts'

/** Closes the first quarter of 2025, has it reviewed by board and supervisors, and publishes it. */
export async function publish({ run, codeOf, office }: TestOffice): Promise<void> {
  const [chair, supervisor] = PEOPLE.map(person => codeOf(person.idNumber))
  const quarter = '2025Q1'
  const on = '2025-04-10'
  await run(
    COOP,
    [on, 'ClosePeriod', { month: '2025-01', unreconciled: '对账单未到', uncounted: '未盘点' }],
    [on, 'ClosePeriod', { month: '2025-02', unreconciled: '对账单未到', uncounted: '未盘点' }],
    [on, 'ClosePeriod', { month: '2025-03', unreconciled: '对账单未到', uncounted: '未盘点' }],
  )
  const figuresHash = figuresHashOf(disclosureFigures(office.sql, COOP, quarter), sha256)
  const closings = disclosureClosings(office.sql, COOP, quarter)
  await run(
    COOP,
    [on, 'DraftDisclosure', { quarter, cutoff: '2025-03-31', figuresHash }],
    [on, 'ReviewDisclosure', { quarter, by: 'board', officer: chair, on, opinion: '内容真实、完整' }],
    [on, 'ReviewDisclosure', { quarter, by: 'supervisors', officer: supervisor, on, opinion: '经审核，收支属实' }],
    [on, 'PublishDisclosure', { quarter, postedOn: on, figuresHash, closings }],
  )
}

const sha256 = (text: string): string => hash('sha256', text, 'hex')
