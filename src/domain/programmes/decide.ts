import { firstDay, hasReached, type Month } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import type { EventData } from '../events.ts'
import { clipped } from '../fields.ts'
import { takeFromStore } from '../funds/decide.ts'
import { adopted } from '../governance/decide.ts'
import { type Fen, fenOf, grouped, total, yuan } from '../money.ts'
import { freshOrigin } from '../payments/origin.ts'
import { refuse } from '../refusal.ts'
import { find, optional } from '../register/decide.ts'
import { isMember } from '../register/state.ts'
import type { programmeCommands } from './commands.ts'
import { debits, grantLines, split } from './grant.ts'
import { grantKey } from './state.ts'

type Programme = EventData<'ProgrammeAdopted'>

/** Decisions about allowances, scholarships, relief and subsidies: one person, one programme, one period at most once. */
export const decideProgrammes: Decisions<typeof programmeCommands> = {
  AdoptProgramme(desk, programme) {
    if (desk.state.programmes.programmes.has(programme.programme))
      refuse('IdTaken', `项目 ${programme.programme} 已经设立。`)
    if (programme.treatment === 'fund' && !programme.fund) refuse('FundMissing', '从专项资金列支要写明资金。')
    if (programme.fund && !desk.state.funds.funds.has(programme.fund))
      refuse('FundUnknown', `没有“${programme.fund}”这个资金，请先设立。`)
    if (programme.fund && programme.treatment !== 'fund')
      refuse('FundMissing', '写了资金的项目，列支方式要选“专项资金”。')
    if (programme.treatment === 'reserve' && !programme.resolution) {
      refuse('ResolutionMissing', '从公积公益金列支要有专门的决议。', '农村集体经济组织法 art. 42')
    }
    if (programme.kind === 'allowance' && (programme.minAge === undefined || !programme.monthly)) {
      refuse('StandardMissing', '津贴项目要写明起发年龄和每月标准。')
    }
    if ((programme.kind === 'scholarship' || programme.kind === 'subsidy') && !programme.tiers?.length) {
      refuse('StandardMissing', '奖学和补贴项目要写明各档标准。')
    }
    if (programme.resolution) adopted(desk, programme.resolution)
    desk.emit('ProgrammeAdopted', programme)
  },

  PrepareRun(desk, { run, programme: id, period, persons }) {
    const programme = programmeOf(desk, id)
    freshOrigin(desk, run)
    if (period < programme.from) refuse('BeforeProgramme', `${programme.name}从 ${programme.from} 起执行。`)
    if (firstDay(period) > desk.context.today) refuse('DateInFuture', `${period} 还没有到，不能编制名册。`)
    const amounts =
      programme.kind === 'allowance'
        ? entitled(desk, programme, period)
        : listed(desk, programme, period, persons ?? [])
    if (amounts.length === 0) refuse('NobodyEntitled', `${period} 没有符合条件的人。`)
    const lines = split(desk, amounts, firstDay(period))
    desk.emit('RunPrepared', {
      run,
      programme: id,
      period,
      members: lines.members,
      outsiders: lines.outsiders,
      basis: basisOf(programme),
      heads: amounts.length,
      total: yuan(lines.total),
    })
  },

  ApproveRun(desk, { run: id, date, by, attachments }) {
    const run = desk.state.programmes.runs.get(id)
    if (!run) refuse('RunUnknown', `没有编号为 ${id} 的名册，请先编制。`)
    if (run.approved) refuse('AlreadyApproved', `名册 ${id} 已经批准，不能重复发放。`)
    const programme = programmeOf(desk, run.programme)
    const { members, outsiders, basis, total: sum, period } = run
    for (const [person] of [...members, ...outsiders]) onceOnly(desk, run.programme, period, person)
    const lines = grantLines(desk, programme, { members, outsiders, total: fenOf(sum) })
    const voucher = desk.voucher({ date, summary: `${period}${programme.name}（${run.heads}人）`, attachments, lines })
    desk.emit('RunApproved', {
      run: id,
      programme: run.programme,
      period,
      ...optional({ by }),
      members,
      outsiders,
      basis,
      total: sum,
      voucher,
    })
  },

  RequestRelief(desk, { confidential, ...body }) {
    if (programmeOf(desk, body.programme).kind !== 'relief')
      refuse('WrongProgramme', `${body.programme} 不是救助项目。`)
    freshOrigin(desk, body.request)
    notInFuture(desk, body.on, '申请日期')
    find(desk, body.person)
    desk.emit('ReliefRequested', { ...body, ...optional({ confidential }) })
  },

  ApproveRelief(desk, { request: id, form, amount, items, conflict, date, attachments }) {
    const request = desk.state.programmes.requests.get(id)
    if (!request) refuse('RequestUnknown', `没有编号为 ${id} 的救助申请，请核对编号。`)
    if (request.approved) refuse('AlreadyApproved', `申请 ${id} 已经批准，不能重复救助。`)
    if (date < request.on) refuse('DateBeforeRequest', '批准日期不能早于申请日期。')
    const programme = programmeOf(desk, request.programme)
    const person = find(desk, request.person)
    const goods = form === 'goods' ? takeFromStore(desk, programme.fund ?? '', items ?? []) : undefined
    const fen = goods ? total(goods, ({ value }) => fenOf(value)) : fenOf(amount ?? '0.00')
    checkRelief(programme, fen, fenOf(request.asked), form)
    const lines = split(desk, [[request.person, fen]], date)
    const entry = goods
      ? [...debits(desk, programme, fen), { account: '121-受赠物资', credit: fen, fund: programme.fund }]
      : grantLines(desk, programme, lines)
    const who = isMember(person, date) ? '成员' : '居民'
    const voucher = desk.voucher({
      date,
      summary: `${programme.name}：${request.category}救助${who}${request.person}`,
      attachments,
      lines: entry,
    })
    desk.emit('ReliefApproved', {
      request: id,
      programme: request.programme,
      person: request.person,
      category: request.category,
      form,
      total: yuan(fen),
      ...optional({ items: goods }),
      members: goods ? [] : lines.members,
      outsiders: goods ? [] : lines.outsiders,
      conflict,
      basis: basisOf(programme),
      voucher,
    })
  },

  AwardScholarship(desk, { award, programme: id, period, awards, date, attachments }) {
    const programme = programmeOf(desk, id)
    if (programme.kind !== 'scholarship') refuse('WrongProgramme', `${id} 不是奖学项目。`)
    freshOrigin(desk, award)
    const amounts = listed(desk, programme, period, awards)
    const lines = split(desk, amounts, date)
    const voucher = desk.voucher({
      date,
      summary: `${programme.name}（${awards.length}人次）`,
      attachments,
      lines: grantLines(desk, programme, lines),
    })
    desk.emit('ScholarshipAwarded', {
      award,
      programme: id,
      period,
      awards: awards.map(({ person, tier }, index): [string, string, string] => [
        person,
        tier,
        yuan(amounts[index]![1]),
      ]),
      members: lines.members,
      outsiders: lines.outsiders,
      basis: basisOf(programme),
      total: yuan(lines.total),
      voucher,
    })
  },

  StopEntitlement(desk, body) {
    programmeOf(desk, body.programme)
    find(desk, body.person)
    desk.emit('EntitlementStopped', body)
  },
}

function programmeOf(desk: Desk, id: string): Programme {
  const programme = desk.state.programmes.programmes.get(id)
  if (!programme) refuse('ProgrammeUnknown', `没有“${id}”这个项目，请先设立。`)
  return programme
}

function basisOf(programme: Programme): string {
  const resolution = programme.resolution ? `，决议${programme.resolution}` : ''
  return clipped(`${programme.rule}${resolution}`)
}

// Of age since an earlier month (次月起), alive at the start of the month (停发自死亡次月), within the scope, not stopped.
function entitled(desk: Desk, programme: Programme, period: Month): [string, Fen][] {
  const list: [string, Fen][] = []
  for (const [code, person] of desk.state.register.persons) {
    if (!person.birthMonth || !hasReached(programme.minAge ?? 0, person.birthMonth, period)) continue
    if (person.sealed || (person.diedIn && person.diedIn < period)) continue
    const belongs = isMember(person, firstDay(period))
    if (!belongs && !(programme.scope === 'residents' && person.resident)) continue
    const stopped = desk.state.programmes.stopped.get(`${programme.programme}|${code}`)
    if (stopped && stopped <= period) continue
    if (desk.state.programmes.granted.has(grantKey(programme.programme, period, code))) continue
    list.push([code, fenOf(programme.monthly ?? '0.00')])
  }
  return list.sort(([a], [b]) => (a < b ? -1 : 1))
}

function listed(
  desk: Desk,
  programme: Programme,
  period: Month,
  persons: { person: string; tier: string }[],
): [string, Fen][] {
  const seen = new Set<string>()
  return persons.map(({ person, tier }) => {
    find(desk, person)
    if (seen.has(person)) refuse('ListedTwice', `${person} 在名单里出现了两次，请合并或删去一行。`)
    seen.add(person)
    onceOnly(desk, programme.programme, period, person)
    const standard = programme.tiers?.find(each => each.tier === tier)
    if (!standard) refuse('TierUnknown', `${programme.name}没有“${tier}”这一档。`)
    return [person, fenOf(standard.amount)]
  })
}

function onceOnly(desk: Desk, programme: string, period: Month, person: string): void {
  if (desk.state.programmes.granted.has(grantKey(programme, period, person))) {
    refuse('AlreadyGranted', `${person} 的 ${period} 已经发放过，同一项目同一期只能一次。`)
  }
}

function checkRelief(programme: Programme, fen: Fen, asked: Fen, form: 'money' | 'goods'): void {
  if (fen === 0) refuse('AmountNotPositive', '请写明批准的金额或物资。')
  if (form === 'money' && fen > asked) refuse('AboveRequest', '批准金额不能超过申请金额。')
  if (programme.ceiling && fen > fenOf(programme.ceiling))
    refuse('AboveCeiling', `${programme.name}每次最高 ${grouped(programme.ceiling)} 元。`)
  if (form === 'goods' && !programme.fund) refuse('FundMissing', '实物救助要从有库存物资的资金发放。')
}
