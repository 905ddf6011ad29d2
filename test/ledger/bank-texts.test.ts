import { expect, test } from 'vitest'
import { lineTexts } from '../../src/ledger/bank-texts.ts'
import { sqlBlobs } from '../../src/store/blobs-sql.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'

const FILE = `日期,金额,流水号,摘要,对方户名
2025-01-07,-100,A1,付款,甲店
2025-01-07,-100,A1,付款,乙店
2025-01-21,5,A2,利息,
`
const line = (id: string, date: string, amount: string, reference: string) => ({ line: id, date, amount, reference })

test('the bank’s texts stand beside the lines that its file brought; of two alike the later is the new one', async () => {
  const blobs = sqlBlobs(openNodeSql(':memory:'))
  const file = blobs.put(new TextEncoder().encode(FILE))
  const taken = [line('L7', '2025-01-07', '-100.00', 'A1'), line('L8', '2025-01-21', '5.00', 'A2')]
  expect(Object.fromEntries(await lineTexts(blobs, file, taken))).toEqual({
    L7: { summary: '付款', counterparty: '乙店' },
    L8: { summary: '利息', counterparty: '' },
  })
  const both = [line('L1', '2025-01-07', '-100.00', 'A1'), ...taken]
  expect((await lineTexts(blobs, file, both)).get('L1')).toMatchObject({ counterparty: '甲店' })
})

test('without the file, or with one that says nothing of the kind, there are none', async () => {
  const blobs = sqlBlobs(openNodeSql(':memory:'))
  const other = blobs.put(new TextEncoder().encode('甲,乙'))
  const taken = [line('L1', '2025-01-07', '-100.00', 'A1')]
  for (const file of [undefined, other, '0'.repeat(64)]) expect(await lineTexts(blobs, file, taken)).toEqual(new Map())
})
