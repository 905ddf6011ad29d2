import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/domain/events.ts'
import { beancountAccounts, journalBeancount } from '../../src/ledger/export-beancount.ts'
import { createCodec } from '../../src/store/codec.ts'
import { openLedger, tell } from '../support/ledger.ts'
import { runProgram, testWith } from '../support/programs.ts'
import { bank, established, opening } from '../support/stories.ts'

// Every kind of character an account's name may have.
const AWKWARD = [
  '513-a (小写)',
  '513-A (小写)',
  '513-A（小写）',
  '513--短横',
  '513-中·文',
  '513-𠅤_1.5%/&@#"\\',
  '322-各项分配-福利',
]

describe('the journal for beancount', () => {
  test('gives every account a name of its own under the five roots', () => {
    const names = beancountAccounts(['102-基本户', '211', '301', '401', '501-停车', ...AWKWARD])
    expect([...names.values()].slice(0, 5)).toEqual([
      'Assets:102-银行存款:基本户',
      'Liabilities:211-应付款',
      'Equity:301-资本',
      'Assets:401-生产（劳务）成本',
      'Income:501-经营收入:停车',
    ])
    expect(new Set(names.values()).size).toBe(names.size)
  })

  testWith(
    ['bean-check', 'bean-query'],
    'passes beancount’s own checker whatever names and texts are in it',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'mingzhang-beancount-'))
      const { ledger, store } = openLedger()
      for (const [name, body] of [established, bank, opening]) await tell(ledger, name, body)
      for (const [index, account] of AWKWARD.slice(0, -1).entries()) {
        await tell(ledger, 'OpenSubAccount', { account, on: '2025-01-01' }, `open-${index}`)
        const lines = [
          { account, debit: `${index + 1}.10`, counterparty: '“某”商店 "A\\B"; #tag ^link' },
          { account: '101', credit: `${index + 1}.10` },
        ]
        const voucher = { date: '2025-12-05', summary: '付款 "引号" \\ 反斜杠 ; {x}', lines }
        await tell(ledger, 'PostVoucher', voucher, `post-${index}`)
      }
      await tell(ledger, 'ReverseVoucher', { number: '2025-12-记-1', date: '2025-12-06', reason: '记错' })
      let text = ''
      for await (const piece of journalBeancount(store.readAll(), createCodec(catalogue), '示例"社"')) text += piece
      const file = join(folder, 'books.beancount')
      writeFileSync(file, text)
      expect(runProgram('bean-check', [file]).toString()).toBe('')
      const query = `SELECT date, links, number WHERE number = -1.10 AND account ~ '513'`
      expect(runProgram('bean-query', ['-f', 'csv', file, query]).toString()).toMatch(/2025-12-06,.*2025-12-ji-1/)
      rmSync(folder, { recursive: true })
    },
  )
})
