import { expect, test } from 'vitest'
import { documentsOf, templatesOf, usualSummaries, vouchersWith } from '../../projections/papers.ts'
import { live } from './fixture.ts'
import { Play } from './play.ts'
import { village } from './village.ts'
import { establish } from './village-start.ts'

const sql = live(village().events)

test('a voucher has its originals, and a document the vouchers that hold it', () => {
  const [first] = documentsOf(sql, 'sun', '2025-01-记-2')
  expect(first).toMatchObject({ hash: 'a'.repeat(64), kind: 'pdf', size: 2048, seeVoucher: undefined })
  expect(documentsOf(sql, 'sun', '2025-01-记-3')).toMatchObject([{ hash: 'a'.repeat(64), seeVoucher: '2025-01-记-2' }])
  expect(vouchersWith(sql, 'sun', 'a'.repeat(64))).toEqual(['2025-01-记-2', '2025-01-记-3'])
  expect(documentsOf(sql, 'sun', '2025-03-记-9')).toEqual([])
})

test('a template in use is offered, a removed one is not', () => {
  expect(templatesOf(sql, 'sun')).toEqual([
    {
      id: '水电',
      title: '每月水电费',
      summary: '付水电费',
      lines: [
        { account: '513', side: 'debit' },
        { account: '102-基本户', side: 'credit', amount: '100.00' },
      ],
    },
  ])
})

test('the summaries written most often are offered first', () => {
  const play = new Play()
  establish(play)
  const lines = [
    { account: '102-基本户', debit: '1' },
    { account: '504', credit: '1' },
  ]
  for (const summary of ['废品款', '存款利息', '存款利息', '罚没']) {
    play.do('PostVoucher', { date: '2025-01-01', summary, lines })
  }
  expect(usualSummaries(live(play.events), 'sun')).toEqual(['存款利息', '废品款', '罚没'])
  expect(usualSummaries(live(play.events), 'sun', 1)).toEqual(['存款利息'])
})
