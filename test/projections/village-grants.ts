import type { Play } from './play.ts'
import { resolve } from './village-start.ts'

/** An allowance, awards and relief: adopted, granted, not yet paid. */
export function programmes(play: Play): void {
  play.today = '2025-02-01'
  const no = resolve(play, {
    ...{ title: '养老津贴和奖学标准', matter: 'programme', body: 'representatives', budget: '30000.00' },
    content: ['60 周岁次月起每月 600 元', '考上本科奖 1000 元'],
  })
  const rule = { from: '2025-01', on: '2025-02-13', resolution: no }
  play.do('AdoptProgramme', {
    ...{ ...rule, programme: 'ELDER', name: '养老津贴', kind: 'allowance', treatment: 'welfare', scope: 'members' },
    ...{ minAge: 60, monthly: '600.00', rule: '年满60周岁次月起每月600元' },
  })
  play.do('AdoptProgramme', {
    ...{ ...rule, programme: 'AWARD', name: '奖学金', kind: 'scholarship', treatment: 'fund', fund: '慈善金' },
    ...{ scope: 'residents', tiers: [{ tier: '本科', amount: '1000.00' }], rule: '考上本科一次性1000元' },
  })
  play.do('AdoptProgramme', {
    ...{ programme: 'HELP', name: '困难救助', kind: 'relief', treatment: 'fund', fund: '慈善金', scope: 'residents' },
    ...{ ceiling: '2000.00', from: '2025-01', on: '2025-02-13', rule: '每次不超过2000元' },
  })
  for (const month of ['2025-01', '2025-02']) {
    play.do('PrepareRun', { run: `E${month}`, programme: 'ELDER', period: month })
    play.do('ApproveRun', { run: `E${month}`, date: '2025-02-13' })
  }
  const request = { programme: 'HELP', on: '2025-02-13' }
  play.do('RequestRelief', { ...request, request: 'R1', person: 'M00021', category: '医疗', asked: '1500.00' })
  play.do('ApproveRelief', { request: 'R1', form: 'money', amount: '1500.00', conflict: '无', date: '2025-02-13' })
  play.do('RequestRelief', { ...request, request: 'R2', person: 'M00011', category: '临时', asked: '500.00' })
  const rice = [{ item: '大米', quantity: 2, unit: '袋' }]
  play.do('ApproveRelief', { request: 'R2', form: 'goods', items: rice, conflict: '无', date: '2025-02-13' })
  const award = { award: 'AW1', programme: 'AWARD', period: '2025-02', date: '2025-02-13' }
  play.do('AwardScholarship', { ...award, awards: [{ person: 'M00012', tier: '本科' }] })
}

/** The dividend of 2024, one payment batch, and what went wrong with it. */
export function distribute(play: Play, plan: string): void {
  play.today = '2025-02-14'
  play.do('ComputeSurplus', { year: 2024, on: '2025-02-14' })
  play.do('SetReserveAside', { year: 2024, date: '2025-02-14' })
  play.do('DeclareDividend', {
    run: 'DIV2024',
    year: 2024,
    resolution: plan,
    perShare: '120.00',
    recordDate: '2025-01-31',
    date: '2025-02-14',
    withholding: { rate: '0.20', basis: '个人所得税法第三条', decidedBy: 'M00001' },
  })
  const origins = ['DIV2024', 'E2025-01', 'E2025-02', 'R1', 'AW1']
  play.do('PreparePayments', { batch: 'P1', from: '102-基本户', on: '2025-02-14', origins, except: ['M00010'] })
  const batch = play.events.at(-1)?.data as { items: unknown[]; total: string }
  play.do('ApprovePayments', {
    batch: 'P1',
    on: '2025-02-14',
    by: '理事长',
    count: batch.items.length,
    total: batch.total,
  })
  const failed = [{ person: 'M00008', origin: 'DIV2024' }]
  play.do('SettlePayments', { batch: 'P1', date: '2025-02-14', failed })
  play.today = '2025-02-20'
  const back = [{ person: 'M00004', origin: 'E2025-02' }]
  play.do('ReturnPayments', { batch: 'P1', date: '2025-02-20', items: back, reason: '账号有误' })
  const wrong = { batch: 'P1', date: '2025-02-20', person: 'M00012', origin: 'AW1', reason: '同名' }
  play.do('RecordMisdirected', { ...wrong, paidTo: { person: 'M00011' } })
}
