import { type Act, act, MONTHS } from '../act.ts'
import type { Example } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { mishaps, payOut } from '../themes/paying.ts'
import { adopt } from '../themes/programmes.ts'
import { type Matters, outcome, resolve } from '../themes/resolutions.ts'
import { CHARITY_BANK, FUND } from './code505.ts'
import { goods } from './goods.ts'

const RULE: Matters = {
  name: 'relief',
  title: '公益代码505困难救助办法',
  matter: 'programme',
  body: 'representatives',
  content: ['医疗、助学、灾害、临时四类困难，每次最高 5,000 元', '申请、走访、评议、公示后发放，亲属回避'],
  budget: '330000',
  fund: FUND,
  days: { proposed: '01-02', studied: '01-03', notice: '01-03', vote: '01-13', posted: '01-14' },
}
const PROGRAMME = 'JZ505'

// Twenty requests a month: 21,500 yuan, 240 person-times and 258,000 yuan in the year.
const MONTHLY: readonly [amount: string, times: number][] = [
  ['500', 8],
  ['800', 5],
  ['1000', 3],
  ['2000', 2],
  ['3000', 1],
  ['3500', 1],
]
const REASONS = {
  医疗: '住院自付费用较高，家庭负担重。',
  助学: '子女就学开支大，家庭收入低。',
  灾害: '家中进水，生活用品受损。',
  临时: '主要劳动力失业，生活暂时困难。',
} as const
const CATEGORIES = Object.keys(REASONS) as (keyof typeof REASONS)[]
const CONFLICT = '评议人员与申请人无亲属关系'

/** Relief out of the fund: 240 times money, 20 desks by request, and two handouts to 20 each — 300 times, 300,000 yuan. */
export function relief(example: Example, { people, pupils, accountless }: Helped): Act[] {
  const { code } = example
  const helped = people.filter(person => person !== accountless)
  const at = (month: number, place: number) => helped[(month * 20 + place) % helped.length]!
  return [
    ...resolve(example, [RULE]),
    adopt(example, '01-15', {
      programme: PROGRAMME,
      name: '公益代码505困难救助',
      kind: 'relief',
      treatment: 'fund',
      fund: FUND,
      scope: 'residents',
      ceiling: '5000',
      from: '2025-01',
      rule: '经申请、走访、评议、公示后一次性救助',
      under: 'relief',
    }),
    ...MONTHS.flatMap((month, index) =>
      monthOfRelief(code, month, place => (index === 10 && place === 0 ? accountless : at(index, place))),
    ),
    ...goods(code, { programme: PROGRAMME, conflict: CONFLICT, people: helped, pupils }),
    ...mishaps(code, {
      batch: 'JZ-2025-03',
      bank: CHARITY_BANK,
      fund: FUND,
      returned: { resident: at(2, 4), origin: 'SQ-2025-03-5' },
      misdirected: { resident: at(2, 9), origin: 'SQ-2025-03-10', paidTo: at(2, 10) },
      days: { returned: '03-28', found: '04-02', recovered: '04-10', again: '04-16' },
    }),
    outcome(example, 'relief', '12-30', '公益代码505全年救助款物已发放，名单按户内部公开。', 300),
  ]
}

/** Who is helped: in turn, with a desk, and the one who has no account yet. */
type Helped = { people: readonly Resident[]; pupils: readonly Resident[]; accountless: Resident }

function monthOfRelief(code: string, month: string, who: (place: number) => Resident): Act[] {
  const amounts = MONTHLY.flatMap(([amount, times]) => Array.from({ length: times }, () => amount))
  const request = (place: number) => `SQ-${month}-${place + 1}`
  return [
    act(code, `${month}-16`, '救助申请', face =>
      face.each(
        'RequestRelief',
        amounts.map((amount, place) => {
          const category = CATEGORIES[place % CATEGORIES.length]!
          const asked = String(Number(amount) + 500)
          const reason = REASONS[category]
          return {
            request: request(place),
            programme: PROGRAMME,
            person: who(place).code,
            category,
            asked,
            on: face.today(),
            reason,
          }
        }),
      ),
    ),
    act(code, `${month}-22`, '救助评议', face =>
      face.each(
        'ApproveRelief',
        amounts.map((amount, place) => ({
          request: request(place),
          form: 'money',
          amount,
          conflict: CONFLICT,
          date: face.today(),
        })),
      ),
    ),
    act(code, `${month}-25`, '救助款代发', face =>
      payOut(face, {
        batch: `JZ-${month}`,
        from: CHARITY_BANK,
        origins: amounts.map((_, place) => request(place)),
        ...(month === '2025-11' ? { except: [who(0)] } : {}),
      }),
    ),
  ]
}
