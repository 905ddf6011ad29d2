import { type Act, act } from '../act.ts'
import type { Example } from '../example.ts'

/** What the co-op earns beside rent: its stake's dividend, a subsidy, the use of a room. */
export function otherIncome({ code }: Example, bank: string): Act[] {
  return [
    act(code, '2025-06-20', '投资分红', face =>
      face.run('RecordInvestmentIncome', {
        id: 'TZ-1',
        date: face.today(),
        company: '泉港城乡经济投资有限公司（演示）',
        stage: 'received',
        amount: '50000',
        stake: '入股 500,000 元',
        into: bank,
      }),
    ),
    act(code, '2025-04-22', '收运转补助', face =>
      face.run('ReceiveSubsidy', {
        id: 'BZ-1',
        date: face.today(),
        from: '山腰街道办事处（演示）',
        project: '社区运转',
        amount: '40000',
        into: bank,
      }),
    ),
    act(code, '2025-09-18', '收场地使用费', face =>
      face.run('ReceiveIncome', {
        id: 'SR-1',
        date: face.today(),
        item: '同心直播间场地使用费',
        account: '504',
        from: { organisation: '同心直播间（演示）' },
        amount: '12600',
        into: bank,
      }),
    ),
  ]
}
