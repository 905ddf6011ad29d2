import { describe, expect, test } from 'vitest'
import { citedResolutions, resolutionByNo, resolutionsOf } from '../../projections/resolution-rows.ts'
import { live, Story } from './fixture.ts'

const body = { body: 'representatives' as const, content: ['按标准发放'], proposedOn: '2025-01-02' }

function decided(): Story {
  const story = new Story()
  story.add('ResolutionProposed', { ...body, no: '2025-1', title: '养老津贴', matter: 'programme', budget: '5000.00' })
  story.add('ResolutionDeliberated', { no: '2025-1', on: '2025-01-03', by: 'party-study', opinion: '同意' })
  story.add('ResolutionVoted', {
    ...{ no: '2025-1', on: '2025-01-15', noticeOn: '2025-01-04', eligible: 30, present: 28, inFavour: 26 },
    ...{ against: 1, abstained: 1, incapacitated: 0, basis: '全体成员代表 30 人' },
  })
  story.add('ResolutionAdopted', {
    no: '2025-1',
    on: '2025-01-15',
    threshold: 20,
    article: '农村集体经济组织法 art. 28',
  })
  return story.add('DecisionDisclosed', {
    ...{ no: '2025-1', postedOn: '2025-01-16', objectionFrom: '2025-01-17', objectionTo: '2025-01-23', days: 7 },
  })
}

function spend(story: Story, amount: string, by: { resolution?: string; programme?: string }): Story {
  const lines: Parameters<Story['voucher']>[2] = [
    ['514-文体', 'D', amount],
    ['102', 'C', amount],
  ]
  const expense = { id: `X${story.events.length}`, item: '演出', account: '514-文体', payee: { organisation: '剧团' } }
  return story.add('ExpensePaid', {
    ...expense,
    amount,
    from: '102',
    ...by,
    voucher: story.voucher('2025-02-01', '演出', lines),
  })
}

const adopt = (story: Story): Story =>
  story.add('ProgrammeAdopted', {
    ...{ programme: 'P', name: '文体', kind: 'gift', treatment: 'welfare', scope: 'members', from: '2025-01' },
    ...{ on: '2025-01-20', rule: '演出', resolution: '2025-1' },
  })

const row = (story: Story, no = '2025-1') => resolutionByNo(live(story.events), 'sun', no)

describe('a resolution', () => {
  test('keeps its steps, its votes on the denominator, and its notice', () => {
    expect(row(decided())).toMatchObject({
      ...{ title: '养老津贴', budget: '5000.00', actual: '0.00', content: ['按标准发放'] },
      steps: [{ on: '2025-01-03', by: 'party-study', opinion: '同意' }],
      vote: { eligible: 30, present: 28, inFavour: 26, against: 1, abstained: 1, adopted: true, threshold: 20 },
      notice: { postedOn: '2025-01-16', objectionTo: '2025-01-23', days: 7 },
    })
  })

  test('has cost what the vouchers that cite it cost, directly or through its programme', () => {
    const story = spend(spend(adopt(decided()), '300.00', { resolution: '2025-1' }), '200.00', { programme: 'P' })
    spend(story, '999.00', {})
    expect(row(story)).toMatchObject({ actual: '500.00', direction: 'spent' })
    expect([...citedResolutions(live(story.events), 'sun', '2025-02', '2025-02')]).toEqual([
      ['2025-02-记-1', '2025-1'],
      ['2025-02-记-2', '2025-1'],
    ])
  })

  test('costs nothing any more when the voucher is reversed or the dividend withdrawn', () => {
    const story = spend(decided(), '300.00', { resolution: '2025-1' })
    const red = (original: string) =>
      story.voucher(
        '2025-02-05',
        '冲销',
        [
          ['514-文体', 'D', '-300.00'],
          ['102', 'C', '-300.00'],
        ],
        { reverses: original },
      )
    story.add('VoucherReversed', { original: '2025-02-记-1', reason: '重复', voucher: red('2025-02-记-1') })
    expect(row(story)?.actual).toBe('0.00')
    const dividend = (amount: string, reverses?: string) =>
      story.voucher(
        '2025-02-06',
        '分红',
        [
          ['322-各项分配-成员分配', 'D', amount],
          ['113-分红', 'C', amount],
        ],
        reverses ? { reverses } : {},
      )
    story.add('DividendDeclared', {
      ...{ run: 'D1', year: 2024, resolution: '2025-1', mode: 'pool', declared: '100.00', recordDate: '2024-12-31' },
      ...{ registerShares: '1', registerHash: 'ab', members: [['M00001', '1', '100.00']], outsiders: [], withheld: [] },
      ...{ basis: '按股', voucher: dividend('100.00') },
    })
    expect(row(story)?.actual).toBe('100.00')
    const voucher = dividend('-100.00', story.lastNumber)
    story.add('DividendWithdrawn', { run: 'D1', reason: '有误', resolution: '2025-1', voucher })
    expect(row(story)?.actual).toBe('0.00')
  })

  test('on a letting is measured by the rent it has earned', () => {
    const story = decided()
    story.add('AssetRegistered', { asset: 'A1', name: '店', kind: '店面', use: 'let', on: '2025-01-01' })
    story.add('LeaseSigned', {
      ...{ lease: 'L1', asset: 'A1', tenant: { organisation: '学堂' }, tenantIsMember: false, from: '2025-01-01' },
      ...{
        to: '2025-12-31',
        monthlyRent: '105.00',
        vatRate: '0.05',
        deposit: '0.00',
        income: '501-场地',
        on: '2025-01-01',
      },
      ...{ obligations: [], resolution: '2025-1' },
    })
    const voucher = story.voucher('2025-01-31', '计租', [
      ['112-租金', 'D', '105.00'],
      ['501-场地', 'C', '100.00'],
      ['214-增值税', 'C', '5.00'],
    ])
    story.add('RentAccrued', {
      month: '2025-01',
      leases: [['L1', '105.00', '100.00', '5.00', '0.00', '105.00']],
      voucher,
    })
    expect(row(story)).toMatchObject({ actual: '105.00', direction: 'received' })
  })

  test('is shown as it stood on a day and at a revision', () => {
    const sql = live(spend(decided(), '300.00', { resolution: '2025-1' }).events)
    expect(resolutionsOf(sql, 'sun', { on: '2025-01-10' })).toMatchObject([
      { vote: undefined, notice: undefined, actual: '0.00' },
    ])
    expect(resolutionsOf(sql, 'sun', { revision: 3 })).toMatchObject([{ notice: undefined, actual: '0.00' }])
    expect(resolutionsOf(sql, 'sun', { on: '2025-01-01' })).toEqual([])
  })

  test('that was not adopted says why, and results are kept with what was spent', () => {
    const story = decided()
    story.add('OutcomeDisclosed', {
      no: '2025-1',
      on: '2025-03-31',
      result: '已发放',
      spent: '300.00',
      beneficiaries: 5,
    })
    expect(row(story)?.outcomes).toEqual([{ on: '2025-03-31', result: '已发放', spent: '300.00', beneficiaries: 5 }])
    story.add('ResolutionProposed', { ...body, no: '2025-2', title: '舞台', matter: 'project' })
    story.add('ResolutionVoted', {
      ...{ no: '2025-2', on: '2025-02-15', noticeOn: '2025-02-01', eligible: 30, present: 10, inFavour: 10 },
      ...{ against: 0, abstained: 0, incapacitated: 0, basis: '全体成员代表 30 人' },
    })
    story.add('ResolutionRejected', { no: '2025-2', on: '2025-02-15', threshold: 20, reason: '到会不足' })
    expect(row(story, '2025-2')?.vote).toMatchObject({ adopted: false, reason: '到会不足' })
    expect(row(story, '2025-9')).toBeUndefined()
  })
})
