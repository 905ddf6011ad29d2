import { type Act, act } from '../act.ts'
import type { Example } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { payOut } from '../themes/paying.ts'
import { adopt } from '../themes/programmes.ts'
import { HELD_BANK, NEIGHBOUR } from './held.ts'

/** Relief of owners whose family met with misfortune, out of the neighbours' fund. */
export function familyRelief(example: Example, families: readonly Resident[]): Act[] {
  const { code } = example
  const requests = families.map((resident, index) => ({ request: `BZ-2025-${index + 1}`, resident }))
  return [
    adopt(example, '08-01', {
      programme: 'JLBZ',
      name: '近邻困难家庭补助',
      kind: 'relief',
      treatment: 'fund',
      fund: NEIGHBOUR,
      scope: 'residents',
      ceiling: '5000',
      from: '2025-08',
      rule: '家庭发生重大变故的一次性补助',
      under: 'families',
    }),
    act(code, '2025-10-14', '困难补助申请', face =>
      face.each(
        'RequestRelief',
        requests.map(({ request, resident }) => ({
          request,
          person: resident.code,
          programme: 'JLBZ',
          category: '临时',
          asked: '5000',
          on: face.today(),
          reason: '家中遭遇重大变故。',
        })),
      ),
    ),
    act(code, '2025-10-24', '困难补助评议', face =>
      face.each(
        'ApproveRelief',
        requests.map(({ request }) => ({
          request,
          form: 'money',
          amount: '4500',
          conflict: '评议人员与申请人无亲属关系',
          date: face.today(),
        })),
      ),
    ),
    act(code, '2025-10-30', '困难补助代发', face =>
      payOut(face, { batch: 'BZ-2025-1', from: HELD_BANK, origins: requests.map(({ request }) => request) }),
    ),
  ]
}
