import type { Body, Matter } from '../../domain/governance/events.ts'
import { electorate } from '../../domain/governance/voting.ts'
import { yuan } from '../../domain/money.ts'
import { type Act, act } from '../act.ts'
import { type Example, numberOf, officerOf } from '../example.ts'
import type { Face } from '../face.ts'
import { chanceOf } from '../random.ts'

/** A matter on its way to the members; days are `MM-DD` of 2025. */
export type Matters = {
  name: string
  title: string
  matter: Matter
  body: Body
  content: string[]
  budget: string
  fund?: string
  laidOpenOn?: string
  days: { proposed: string; studied: string; notice: string; vote: string; posted?: string }
  rejected?: boolean
}

const day = (monthDay: string): string => `2025-${monthDay}`
// Of a hundred called, how many come; of a hundred who come, how many do not agree.
const TURNOUT = [82, 93] as const
const DISSENT = [0, 6] as const

/** Takes matters from proposal over study and vote to the notice board, all four steps of each. */
export function resolve(example: Example, matters: readonly Matters[]): Act[] {
  return matters.flatMap(matter => [
    act(example.code, day(matter.days.proposed), `提议：${matter.title}`, face => propose(face, example, matter)),
    act(example.code, day(matter.days.studied), `商议：${matter.title}`, face => study(face, example, matter)),
    act(example.code, day(matter.days.vote), `表决：${matter.title}`, face => vote(face, example, matter)),
    ...(matter.days.posted
      ? [
          act(example.code, day(matter.days.posted), `决议公开：${matter.title}`, face =>
            face.run('DiscloseDecision', { no: numberOf(example, matter.name), postedOn: face.today() }),
          ),
        ]
      : []),
  ])
}

/** Publishes what became of a resolution: what was spent by then, and for whom. */
export function outcome(example: Example, name: string, on: string, result: string, heads?: number): Act {
  return act(example.code, day(on), `结果公开：${result}`, async face => {
    const no = numberOf(example, name)
    const spent = yuan((await face.state()).governance.resolutions.get(no)?.spent ?? 0)
    const beneficiaries = heads === undefined ? {} : { beneficiaries: heads }
    await face.run('DiscloseOutcome', { no, on: face.today(), result, spent, ...beneficiaries })
  })
}

async function propose(face: Face, example: Example, { title, matter, body, content, budget, ...rest }: Matters) {
  const facts = await face.run('ProposeResolution', {
    title,
    matter,
    body,
    content,
    budget,
    ...(rest.fund ? { fund: rest.fund } : {}),
    ...(rest.laidOpenOn ? { laidOpenOn: day(rest.laidOpenOn) } : {}),
    responsible: officerOf(example, '理事长'),
    proposedOn: face.today(),
  })
  const proposed = facts[0]
  if (proposed?.type === 'ResolutionProposed') example.resolutions.set(rest.name, proposed.data.no)
}

async function study(face: Face, example: Example, { name, matter }: Matters) {
  const no = numberOf(example, name)
  const on = face.today()
  await face.run('DeliberateResolution', { no, on, by: 'party-study', opinion: '经党组织会议研究，同意提交表决。' })
  if (matter !== 'distribution-plan' && matter !== 'budget') return
  await face.run('DeliberateResolution', { no, on, by: 'supervisors', opinion: '经与账面核对，数据真实，同意提交。' })
  await face.run('DeliberateResolution', { no, on, by: 'township', opinion: '已审核备案，请依法组织表决并公开。' })
}

async function vote(face: Face, example: Example, { name, body, days, rejected }: Matters) {
  const on = face.today()
  const incapacitated = body === 'assembly' ? 2 : 0
  const { eligible, threshold } = electorate(await face.state(), body, on, incapacitated)
  const chance = chanceOf(`${example.code}/${name}`)
  const present = Math.max(threshold, Math.ceil((eligible * chance.int(...TURNOUT)) / 100))
  const dissent = Math.round((present * chance.int(...DISSENT)) / 100)
  const inFavour = rejected ? threshold - 3 : Math.max(threshold, present - dissent)
  const against = rejected ? present - inFavour - 2 : Math.floor((present - inFavour) / 2)
  const abstained = present - inFavour - against
  await face.run('RecordVote', {
    no: numberOf(example, name),
    on,
    noticeOn: day(days.notice),
    present,
    inFavour,
    against,
    abstained,
    incapacitated,
  })
}
