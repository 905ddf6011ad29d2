import { type Act, act } from '../act.ts'
import type { Resident } from '../people/households.ts'
import { FUND } from './code505.ts'

const DESKS = 20
const HANDED_TO = 20

/** Goods of the fund: 20 desks by request, and two handouts to 20 each; `programme` and `conflict` as for money. */
export function goods(code: string, { programme, conflict, people, pupils }: Given): Act[] {
  return [...desks(code, programme, conflict, pupils.slice(0, DESKS)), ...handouts(code, people)]
}
type Given = { programme: string; conflict: string; people: readonly Resident[]; pupils: readonly Resident[] }

function desks(code: string, programme: string, conflict: string, pupils: readonly Resident[]): Act[] {
  return [
    act(code, '2025-08-20', '学习桌申请', face =>
      face.each(
        'RequestRelief',
        pupils.map(({ code: person }, index) => ({
          request: `XZ-2025-${index + 1}`,
          programme,
          person,
          category: '助学',
          asked: '420',
          on: face.today(),
          reason: '家中没有固定学习桌椅。',
        })),
      ),
    ),
    act(code, '2025-08-28', '发放学习桌', face =>
      face.each(
        'ApproveRelief',
        pupils.map((_, index) => ({
          request: `XZ-2025-${index + 1}`,
          form: 'goods',
          items: [{ item: '学习桌', quantity: 1, unit: '张' }],
          conflict,
          date: face.today(),
        })),
      ),
    ),
  ]
}

function handouts(code: string, people: readonly Resident[]): Act[] {
  const rice = { item: '大米', quantity: 60, unit: '袋' }
  const oil = { item: '食用油', quantity: 60, unit: '桶' }
  const quilts = { item: '棉被', quantity: 60, unit: '床' }
  const hand = (on: string, note: string, items: object[], to: readonly Resident[]) =>
    act(code, `2025-${on}`, note, face =>
      face.run('GiveGoods', {
        id: `FF-${on}`,
        date: face.today(),
        fund: FUND,
        purpose: 'relief',
        items,
        recipients: HANDED_TO,
        to: to.map(({ code: person }) => person),
        note,
      }),
    )
  return [
    hand('05-28', '端午节为困难户送米油', [rice, oil], people.slice(40, 40 + HANDED_TO)),
    hand('11-20', '入冬为困难户送米油和棉被', [rice, oil, quilts], people.slice(120, 120 + HANDED_TO)),
  ]
}
