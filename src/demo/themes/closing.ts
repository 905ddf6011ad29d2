import { lastDay, quarterOf } from '../../domain/calendar.ts'
import { type Act, act, MONTHS, ORDER } from '../act.ts'
import { type Example, officerOf } from '../example.ts'
import { statements } from './bank.ts'

/** What a quarter's disclosure shows: the fingerprint of its figures, and each account's last balance. */
export type Disclosed = { figuresHash: string; closings: [string, string, string][] }
export type Disclose = (quarter: string, coop: string) => Disclosed | Promise<Disclosed>

/** Closes each month on its last day; the year's result goes into 322 before December is closed. */
export function closings(example: Example): Act[] {
  const { code } = example
  const months = MONTHS.map(month =>
    act(code, lastDay(month), `${month}结账`, face => face.run('ClosePeriod', { month }), ORDER.closeMonth),
  )
  const year = act(code, '2025-12-31', '年终结转', face => face.run('CloseYear', { year: 2025 }), ORDER.closeYear)
  return [...statements(example), ...months, year]
}

const POSTED = ['2025-04', '2025-07', '2025-10', '2026-01']

/** Drafts, reviews and publishes the two disclosures of each quarter in the month after it. */
export function disclosures(example: Example, disclose: Disclose): Act[] {
  return POSTED.flatMap((month, index) => {
    const quarter = quarterOf(MONTHS[index * 3]!)
    let draft: Disclosed | undefined
    const review = (by: 'board' | 'supervisors', on: string, opinion: string) =>
      act(example.code, on, `${quarter}审核`, face => {
        const officer = officerOf(example, by === 'board' ? '理事长' : '监事长')
        return face.run('ReviewDisclosure', { quarter, by, officer, on, opinion })
      })
    return [
      act(example.code, `${month}-07`, `${quarter}编制公开稿`, async face => {
        draft = await disclose(quarter, example.code)
        const { figuresHash } = draft
        await face.run('DraftDisclosure', { quarter, cutoff: lastDay(MONTHS[index * 3 + 2]!), figuresHash })
      }),
      review('board', `${month}-08`, '理事会确认本季度公开内容真实、完整。'),
      review('supervisors', `${month}-09`, '经逐项核对凭证和合同，账实相符，同意公开。'),
      act(example.code, `${month}-10`, `${quarter}两公开`, face =>
        face.run('PublishDisclosure', { quarter, postedOn: face.today(), ...draft }),
      ),
    ]
  })
}
