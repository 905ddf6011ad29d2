import { expect, test } from 'vitest'
import { bankLines, bankStatements } from '../../projections/bank.ts'
import { live } from './fixture.ts'
import { village } from './village.ts'

const sql = live(village().events)

test('an account has its statements, and its lines with their matches', () => {
  expect(bankStatements(sql, 'sun', '102-基本户')).toMatchObject([
    { statement: '2025-01', from: '2025-01-01', to: '2025-01-31', opening: '50100.00', closing: '52110.00', known: 0 },
  ])
  expect(bankLines(sql, 'sun', '102-基本户', '2025-01-01', '2025-01-31')).toEqual([
    { line: 'L1', statement: '2025-01', date: '2025-01-27', amount: '2000.00', reference: 'B1', matched: 'D2' },
    { line: 'L2', statement: '2025-01', date: '2025-01-31', amount: '10.00', reference: 'B2', matched: undefined },
  ])
  expect(bankLines(sql, 'sun', '102-基本户', '2025-02-01', '2025-02-28')).toEqual([])
})
