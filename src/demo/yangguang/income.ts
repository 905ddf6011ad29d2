import { type Act, act } from '../act.ts'
import type { Example } from '../example.ts'

// Rents without VAT make 15,308,400.00 of property and 2,016,000.00 of stalls; what follows makes 25,200,000.00 of it.
type Dividend = [company: string, declared: string | undefined, received: string, amount: string, stake: string]

const DIVIDENDS: readonly Dividend[] = [
  ['晋江农商银行（演示）', '05-20', '06-18', '1494000', '持股 9,960,000 股，每股 0.15 元'],
  ['青阳工贸总公司（演示）', undefined, '04-24', '860000', '全资'],
  ['南苑酒店有限公司（演示）', undefined, '04-24', '1150000', '全资'],
  ['阳光商务酒店（演示）', undefined, '05-15', '620000', '全资'],
  ['阳光商业有限公司（演示）', undefined, '05-15', '940000', '全资'],
  ['爱乐假日酒店（演示）', undefined, '06-12', '480000', '入股 20%'],
  ['阳光百货有限公司（演示）', '06-10', '07-15', '760000', '入股 25%'],
  ['亿盛康乐中心（演示）', undefined, '07-15', '210000', '入股 15%'],
  ['阳光地下停车场有限公司（演示）', undefined, '08-14', '355000', '入股 40%'],
]
const SUBSIDIES: readonly [on: string, from: string, project: string, amount: string][] = [
  ['03-20', '演示市财政局', '社区运转', '180000'],
  ['06-20', '青阳街道办事处（演示）', '文明社区奖补', '200000'],
  ['09-19', '演示市财政局', '社区运转', '180000'],
  ['11-20', '演示市商务局', '夜间经济奖补', '60000'],
]
const OTHERS: readonly [on: string, item: string, from: string, amount: string][] = [
  ['03-21', '一季度存款利息', '演示农商银行阳光支行', '41230.15'],
  ['06-21', '二季度存款利息', '演示农商银行阳光支行', '38906.52'],
  ['09-21', '三季度存款利息', '演示农商银行阳光支行', '27415.08'],
  ['10-15', '通信基站占地补偿', '通信铁塔公司（演示）', '250000'],
  ['12-21', '四季度存款利息', '演示农商银行阳光支行', '29048.25'],
]

/** Dividends of the bank and the companies (502), subsidies (503) and other income (504). */
export function otherIncome({ code }: Example, bank: string): Act[] {
  return [
    ...DIVIDENDS.flatMap(row => invested(code, row, bank)),
    ...SUBSIDIES.map(([on, from, project, amount], index) =>
      act(code, `2025-${on}`, `收${project}`, face =>
        face.run('ReceiveSubsidy', { id: `BZ-${index + 1}`, date: face.today(), from, project, amount, into: bank }),
      ),
    ),
    ...OTHERS.map(([on, item, from, amount], index) =>
      act(code, `2025-${on}`, item, face =>
        face.run('ReceiveIncome', {
          id: `SR-${index + 1}`,
          date: face.today(),
          item,
          account: '504',
          from: { organisation: from },
          amount,
          into: bank,
        }),
      ),
    ),
  ]
}

function invested(code: string, [company, declared, received, amount, stake]: Dividend, bank: string): Act[] {
  const income = { company, amount, stake }
  const arrival = act(code, `2025-${received}`, `${company}分红到账`, face =>
    face.run('RecordInvestmentIncome', {
      id: `TZ-${company}-到账`.replace(/[（）]/g, ''),
      date: face.today(),
      stage: declared ? 'received-declared' : 'received',
      into: bank,
      ...income,
    }),
  )
  if (!declared) return [arrival]
  const announcement = act(code, `2025-${declared}`, `${company}宣告分红`, face =>
    face.run('RecordInvestmentIncome', {
      id: `TZ-${company}-宣告`.replace(/[（）]/g, ''),
      date: face.today(),
      stage: 'declared',
      ...income,
    }),
  )
  return [announcement, arrival]
}
