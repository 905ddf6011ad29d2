import { describe, expect, test } from 'vitest'
import { Coop, given, type Step, type Story } from '../support/coop.ts'
import { adopted, declared, fund, gift, programme, proposed, ready } from '../support/stories.ts'

const allowance = programme('allowance', 'welfare')
const prepare = (run: string, period = '2025-03', more: Record<string, unknown> = {}): Step => [
  'PrepareRun',
  { run, programme: 'allowance', period, ...more },
]
const approve = (run: string, date = '2025-03-31'): Step => ['ApproveRun', { run, date }]
const award = (id: string, person = 'M00010', period = '2025-09') => ({
  award: id,
  programme: 'scholarship',
  period,
  awards: [{ person, tier: '本科' }],
  date: '2025-09-10',
})
const ask = (request: string): Step => [
  'RequestRelief',
  { request, programme: 'relief', person: 'M00012', category: '医疗', asked: '5000', on: '2025-04-01' },
]
const grant = (request: string, amount: string) => ({
  request,
  form: 'money',
  amount,
  conflict: '无亲属关系',
  date: '2025-04-10',
})

function entitled(story: Story, period: string): string[] {
  const { events } = given(ready, story).when('PrepareRun', { run: '津1', programme: 'allowance', period })
  const [event] = events
  return event?.type === 'RunPrepared' ? [...event.data.members, ...event.data.outsiders].map(([code]) => code) : []
}

describe('an allowance', () => {
  test('begins the month after the birthday of the age, and takes residents where the rule does', () => {
    expect(entitled([allowance], '2025-06')).toEqual(['M00001', 'M00002', 'M00012'])
    expect(entitled([allowance], '2025-07')).toEqual(['M00001', 'M00002', 'M00003', 'M00012'])
    expect(entitled([programme('allowance', 'welfare', { scope: 'members' })], '2025-06')).toEqual(['M00001', 'M00002'])
  })

  test('ends the month after death, at once with a membership lost otherwise, and when it is stopped', () => {
    const end = (reason: string): Step => ['EndMembership', { person: 'M00001', on: '2025-04-15', reason }]
    expect(entitled([allowance, end('death')], '2025-04')).toContain('M00001')
    expect(entitled([allowance, end('death')], '2025-05')).not.toContain('M00001')
    expect(entitled([allowance, end('elsewhere')], '2025-05')).not.toContain('M00001')
    const stop: Step = [
      'StopEntitlement',
      { programme: 'allowance', person: 'M00002', from: '2025-05', reason: '未作生存认证' },
    ]
    expect(entitled([allowance, stop], '2025-04')).toContain('M00002')
    expect(entitled([allowance, stop], '2025-05')).not.toContain('M00002')
  })

  test('is granted once a person, programme and period', () => {
    given(ready, allowance, prepare('津1'), approve('津1'))
      .when(...(prepare('津2').slice(0, 2) as [Step[0], unknown]))
      .refused('NobodyEntitled')
    given(ready, allowance, prepare('津1'), prepare('津2'), approve('津1'))
      .when('ApproveRun', approve('津2')[1])
      .refused('AlreadyGranted')
    given(ready, allowance, prepare('津1'), approve('津1'))
      .when('ApproveRun', approve('津1')[1])
      .refused('AlreadyApproved')
  })

  test('is neither prepared for a month that has not come nor before the programme', () => {
    given(ready, allowance).when('PrepareRun', prepare('津1', '2026-01')[1]).refused('DateInFuture')
    given(ready, programme('allowance', 'welfare', { from: '2025-07' }))
      .when('PrepareRun', prepare('津1', '2025-06')[1])
      .refused('BeforeProgramme')
  })

  test('needs an age and a monthly amount, a scholarship its tiers', () => {
    given(ready)
      .when('AdoptProgramme', programme('allowance', 'welfare', { monthly: undefined })[1])
      .refused('StandardMissing')
    given(ready)
      .when('AdoptProgramme', programme('scholarship', 'welfare', { tiers: [] })[1])
      .refused('StandardMissing')
    given(ready, allowance).when('AdoptProgramme', allowance[1]).refused('IdTaken')
  })
})

describe('where the money comes from', () => {
  test('the reserve is spent only by a resolution that says so (农集法 art. 42)', () => {
    given(ready).when('AdoptProgramme', programme('allowance', 'reserve')[1]).refused('ResolutionMissing', 'art. 42')
    given(ready, proposed({ matter: 'programme' }))
      .when('AdoptProgramme', programme('allowance', 'reserve', { resolution: '2025-1' })[1])
      .refused('ResolutionNotAdopted')
  })

  test('no more than the reserve, the surplus, or the fund holds', () => {
    const tiers = [{ tier: '本科', amount: '700000' }]
    const scholarship = (treatment: string, more = {}) => programme('scholarship', treatment, { tiers, ...more })
    const decided = adopted({ matter: 'programme', budget: '900000' })
    given(ready, decided, scholarship('reserve', { resolution: '2025-1' }))
      .when('AwardScholarship', award('奖1'))
      .refused('ReserveShort', 'art. 42')
    given(ready, scholarship('distribution')).when('AwardScholarship', award('奖1')).refused('AboveDistributable')
    const study = fund('助学金', 'restricted', ['scholarship'])
    given(ready, study, gift('助学金', '20000'), scholarship('fund', { fund: '助学金' }))
      .when('AwardScholarship', award('奖1'))
      .refused('FundOverdrawn')
  })

  test('a fund pays only for what it was given for', () => {
    const feast = fund('敬老', 'restricted', ['festival'])
    given(ready, feast, gift('敬老', '20000'), programme('scholarship', 'fund', { fund: '敬老' }))
      .when('AwardScholarship', award('奖1'))
      .refused('FundPurpose', '慈善法 art. 56')
    given(ready).when('AdoptProgramme', programme('scholarship', 'fund')[1]).refused('FundMissing')
  })

  test('a programme that rests on a resolution stays within its amount', () => {
    const decided = adopted({ matter: 'programme', budget: '3000' })
    const scholarship = programme('scholarship', 'welfare', { resolution: '2025-1' })
    given(ready, decided, scholarship, ['AwardScholarship', award('奖1')])
      .when('AwardScholarship', award('奖2', 'M00009'))
      .refused('ResolutionAmountExceeded', 'art. 26')
  })
})

describe('a scholarship', () => {
  const scholarship = programme('scholarship', 'welfare')

  test('is awarded once a person and period, by a tier of the programme', () => {
    given(ready, scholarship, ['AwardScholarship', award('奖1')])
      .when('AwardScholarship', award('奖2'))
      .refused('AlreadyGranted')
    const unknown = { ...award('奖1'), awards: [{ person: 'M00010', tier: '博士' }] }
    given(ready, scholarship).when('AwardScholarship', unknown).refused('TierUnknown')
    const twice = { ...award('奖1'), awards: [...award('奖1').awards, ...award('奖1').awards] }
    given(ready, scholarship).when('AwardScholarship', twice).refused('ListedTwice')
    given(ready, allowance)
      .when('AwardScholarship', { ...award('奖1'), programme: 'allowance' })
      .refused('WrongProgramme')
    given(ready).when('AwardScholarship', award('奖1')).refused('ProgrammeUnknown')
    given(ready, scholarship).when('AwardScholarship', award('奖1', 'M99999')).refused('MemberUnknown')
  })
})

describe('relief', () => {
  const relief = programme('relief', 'welfare')

  test('stays below what was asked and below the ceiling', () => {
    given(ready, relief, ask('救1')).when('ApproveRelief', grant('救1', '5000.01')).refused('AboveRequest')
    given(ready, programme('relief', 'welfare', { ceiling: '3000' }), ask('救1'))
      .when('ApproveRelief', grant('救1', '3000.01'))
      .refused('AboveCeiling')
  })

  test('is approved once, after it was asked for', () => {
    given(ready, relief, ask('救1'), ['ApproveRelief', grant('救1', '100')])
      .when('ApproveRelief', grant('救1', '100'))
      .refused('AlreadyApproved')
    given(ready, relief, ask('救1'))
      .when('ApproveRelief', { ...grant('救1', '100'), date: '2025-03-31' })
      .refused('DateBeforeRequest')
    given(ready, relief).when('ApproveRelief', grant('救1', '100')).refused('RequestUnknown')
    const { amount: _, ...nothing } = grant('救1', '100')
    given(ready, relief, ask('救1')).when('ApproveRelief', nothing).refused('AmountNotPositive')
  })

  test('in goods comes out of a fund that has them', () => {
    const goods = {
      ...grant('救1', '1'),
      amount: undefined,
      form: 'goods',
      items: [{ item: '大米', quantity: 1, unit: '袋' }],
    }
    given(ready, relief, ask('救1')).when('ApproveRelief', goods).refused('GoodsShort')
  })
})

test('runs, awards, requests and dividends share their numbers, so that nothing is paid under another’s name', () => {
  const scholarship = programme('scholarship', 'welfare')
  given(ready, declared, allowance).when('PrepareRun', prepare('分红2024')[1]).refused('IdTaken')
  given(ready, allowance, scholarship, prepare('共1')).when('AwardScholarship', award('共1')).refused('IdTaken')
  given(ready, programme('relief', 'welfare'), scholarship, ['AwardScholarship', award('共1')])
    .when('RequestRelief', ask('共1')[1])
    .refused('IdTaken')
})

test('a relief request under a free number is owed to its own person alone', () => {
  const coop = new Coop().play([
    ready,
    programme('relief', 'welfare'),
    ask('救1'),
    ['ApproveRelief', grant('救1', '800')],
  ])
  expect([...coop.state.payments.claims.values()]).toMatchObject([
    { person: 'M00012', origin: '救1', account: '211-救助', amount: 80_000, state: 'open' },
  ])
})
