import { describe, expect, test } from 'vitest'
import { articleLabel, resolutionLabel, voucherShort } from '../../reports/labels.ts'
import { resolutionData } from '../../reports/resolution/build.ts'
import { live } from '../projections/fixture.ts'
import { village } from '../projections/village.ts'

const options = { resolve: (code: string) => `王${code.slice(-2)}`, issuedAt: '2025-02-01T02:00:00.000Z' }
const { events } = village()
const sql = live(events)

describe('the notice of one resolution', () => {
  test('says what was decided by whom, how the votes were counted, and what it may cost', () => {
    expect(resolutionData(sql, 'sun', '2025-1', options)).toMatchObject({
      ...{
        number: '〔2025〕1号',
        title: '关于2024年度收益分配方案的决议公开',
        body: '成员代表大会',
        meetingDate: '2025-01-14',
      },
      ...{ noticeDate: '2025-01-02', postedOn: '2025-01-14', watermark: '演示数据' },
      legalBasis: '《农村集体经济组织法》第二十六条（收益分配方案）；表决：《农村集体经济组织法》第二十八条',
      vote: {
        ...{ entitled: 30, present: 28, inFavour: 26, against: 1, abstained: 1, adopted: true },
        threshold: '全体成员代表的三分之二以上同意，即不少于20人',
        denominator: '全体成员代表 30 人；以应到人数为分母，不以到会人数为分母',
      },
      money: { amount: '20000.00', inWords: '人民币贰万元整', source: '322 收益分配——上年度可分配收益' },
      ...{ responsible: '理事长 王01', supervisor: '监事会 王05' },
      objection: { from: '2025-01-15', to: '2025-01-21', days: 7 },
    })
  })

  test('tells the steps in the order of their days, the vote last', () => {
    const steps = resolutionData(sql, 'sun', '2025-1', options)?.steps
    expect(steps?.map(({ step, date }) => [step, date])).toEqual([
      ['提议', '2025-01-02'],
      ['商议', '2025-01-02'],
      ['公开', '2025-01-02'],
      ['决议', '2025-01-14'],
    ])
  })

  test('stands on the event that stated the result', () => {
    const adopted = events.find(({ type }) => type === 'ResolutionAdopted')!
    expect(resolutionData(sql, 'sun', '2025-1', options)?.asOf).toEqual({
      eventHash: adopted.hash,
      revision: adopted.revision,
    })
  })

  test('of the board needs no notice, and a letting is paid for by nobody', () => {
    const data = resolutionData(sql, 'sun', '2025-2', options)
    expect(data).toMatchObject({ body: '理事会', money: { source: '租金收入（预计）' } })
    expect(data?.noticeDate).toBeUndefined()
  })

  test('there is none for a number that was never voted on', () => {
    expect(resolutionData(sql, 'sun', '2025-9', options)).toBeUndefined()
  })
})

describe('labels', () => {
  test('write numbers and articles as papers do', () => {
    expect(resolutionLabel('2025-3')).toBe('〔2025〕3号')
    expect(resolutionLabel('旧12')).toBe('旧12')
    expect(voucherShort('2025-03-记-12')).toBe('2025-03 记-12')
    expect(articleLabel('农村集体经济组织法 art. 7')).toBe('《农村集体经济组织法》第七条')
    expect(articleLabel('农村集体经济组织法 art. 10')).toBe('《农村集体经济组织法》第十条')
    expect(articleLabel('农村集体经济组织法 art. 31')).toBe('《农村集体经济组织法》第三十一条')
    expect(articleLabel('会计基础工作规范 art. 51(5)')).toBe('会计基础工作规范 art. 51(5)')
  })
})
