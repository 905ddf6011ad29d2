import { describe, test } from 'vitest'
import { given, type Story } from '../support/coop.ts'
import { adopted, declared, fund, gift, programme, ready } from '../support/stories.ts'

const ORIGIN = '分红2024'
const who = (person: string) => ({ person, origin: ORIGIN })

describe('what nobody can be paid', () => {
  const write = { id: '核1', items: [who('M00011')], resolution: '2025-2', reason: '无继承人', date: '2025-12-01' }
  const decided = adopted({ no: '2025-2', matter: 'write-back' })

  test('is written back only by a resolution about it', () => {
    given(ready, declared)
      .when('WriteBackPayables', { ...write, resolution: '2025-1' })
      .refused('ResolutionMatter')
    given(ready, declared, decided).when('WriteBackPayables', write).books({ '211-分红': '0.00', '504': '-50000.00' })
  })

  test('is not paid afterwards', () => {
    given(ready, declared, decided, ['WriteBackPayables', write])
      .when('PreparePayments', {
        batch: '批1',
        from: '102-基本户',
        on: '2025-12-02',
        origins: [ORIGIN],
        persons: ['M00011'],
      })
      .refused('AlreadyPaid')
  })

  test('never becomes income when it was a fund’s money (慈善法 art. 54)', () => {
    const relief: Story = [
      fund('助困', 'restricted', ['relief']),
      gift('助困', '2000'),
      programme('relief', 'fund', { fund: '助困' }),
      [
        'RequestRelief',
        { request: '救1', programme: 'relief', person: 'M00012', category: '医疗', asked: '500', on: '2025-04-01' },
      ],
      ['ApproveRelief', { request: '救1', form: 'money', amount: '500', conflict: '无', date: '2025-04-02' }],
    ]
    given(ready, declared, relief, decided)
      .when('WriteBackPayables', { ...write, items: [{ person: 'M00012', origin: '救1' }] })
      .refused('FundPurpose', '慈善法 art. 54')
  })
})
