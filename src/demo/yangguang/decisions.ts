import { type Act, act } from '../act.ts'
import { type Example, numberOf } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { type Matters, outcome, resolve } from '../themes/resolutions.ts'

const MATTERS: readonly Matters[] = [
  {
    name: 'budget',
    title: '2025年度财务预算',
    matter: 'budget',
    body: 'representatives',
    content: ['办公、水电、保洁、维修、文体等日常开支预算 1,560,000 元', '干部报酬另行单列公开'],
    budget: '1560000',
    days: { proposed: '01-02', studied: '01-03', notice: '01-03', vote: '01-13', posted: '01-14' },
  },
  {
    name: 'square',
    title: '阳光广场地面翻修',
    matter: 'project',
    body: 'board',
    content: ['更换破损地砖，更新排水沟盖板', '三家询价，低价者承做，完工后由监事会验收'],
    budget: '180000',
    days: { proposed: '05-06', studied: '05-08', notice: '05-08', vote: '05-12', posted: '05-13' },
  },
  {
    name: 'budget-2',
    title: '调整2025年度财务预算',
    matter: 'budget',
    body: 'representatives',
    content: ['维修费增加广场翻修 180,000 元，支出预算调整为 1,740,000 元'],
    budget: '1740000',
    days: { proposed: '05-06', studied: '05-08', notice: '05-08', vote: '05-20', posted: '05-21' },
  },
  {
    name: 'venture',
    title: '入股夜市供应链公司',
    matter: 'investment',
    body: 'representatives',
    content: ['以货币资金 2,000,000 元入股，占 10%'],
    budget: '2000000',
    days: { proposed: '08-04', studied: '08-06', notice: '08-06', vote: '08-20' },
    rejected: true,
  },
]

/** The year's budget, one building project, one proposal voted down, an objection answered, and a slip set right. */
export function decisions(example: Example, objector: Resident, bank: string): Act[] {
  const { code } = example
  return [
    ...resolve(example, MATTERS),
    act(code, '2025-01-16', '收到异议', face =>
      face.run('RaiseObjection', {
        id: 'YY-1',
        on: face.today(),
        about: '询问非成员老人为何同享津贴',
        resolution: numberOf(example, 'allowance'),
        person: objector.code,
        reason: '担心影响成员分红，请求书面说明依据。',
      }),
    ),
    act(code, '2025-01-19', '答复异议', face =>
      face.run('AnswerObjection', {
        id: 'YY-1',
        on: face.today(),
        answer: '津贴从公益支出列支并已表决通过，非成员老人限常住本社区者，名单每季公开。',
      }),
    ),
    ...square(example, bank),
    ...slip(example, bank),
    outcome(example, 'budget', '12-30', '2025年日常开支按预算执行。'),
    outcome(example, 'budget-2', '12-30', '2025年维修费按调整后的预算执行。'),
  ]
}

function square(example: Example, bank: string): Act[] {
  const pay = (id: string, on: string, item: string, amount: string) =>
    act(example.code, on, item, face =>
      face.run('PayExpense', {
        id,
        date: face.today(),
        item,
        account: '511-维修',
        payee: { organisation: '演示市青阳市政工程队' },
        amount,
        from: bank,
        resolution: numberOf(example, 'square'),
      }),
    )
  return [
    pay('GC-1', '2025-06-05', '阳光广场翻修进度款', '100000'),
    pay('GC-2', '2025-07-22', '阳光广场翻修尾款', '68500'),
    outcome(example, 'square', '07-25', '工程完工并经监事会验收，比预算节约 11,500 元。'),
  ]
}

// An amount typed with two digits exchanged: the red voucher takes it back, the right one follows.
function slip(example: Example, bank: string): Act[] {
  const stationery = (id: string, amount: string) => async (face: Parameters<Act['run']>[0]) =>
    face.run('PayExpense', {
      id,
      date: face.today(),
      item: '购办公耗材',
      account: '513-办公',
      payee: { organisation: '演示市办公用品商行' },
      amount,
      from: bank,
      resolution: numberOf(example, 'budget'),
    })
  return [
    act(example.code, '2025-05-12', '购办公耗材', stationery('BG-1', '8650')),
    act(example.code, '2025-05-20', '红字冲销', async face => {
      const { books } = await face.state()
      const wrong = [...books.vouchers.values()].find(
        ({ event }) => event.type === 'ExpensePaid' && event.data.id === 'BG-1',
      )
      await face.run('ReverseVoucher', {
        number: wrong?.voucher.number,
        date: face.today(),
        reason: '发票金额 6,850 元误录为 8,650 元',
      })
      await stationery('BG-1-更正', '6850')(face)
    }),
  ]
}
