import { type Act, act } from '../act.ts'
import type { Example } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { type Habits, type Letting, letOut, rents, sign } from '../themes/lettings.ts'

/** A block of like premises: name, kind, how many, the area of each in m², the rent of each a month, and the tenants. */
type Block = [
  id: string,
  name: string,
  kind: Letting['kind'],
  count: number,
  area: string,
  rent: string,
  tenant: string,
]

// 60,000 m² in all; the rents are invented, VAT at 5 % included.
const BLOCKS: readonly Block[] = [
  ['BH', '阳光百货楼', '店面', 6, '1500', '47250', '阳光百货有限公司（演示）'],
  ['NY', '南苑酒店楼', '其他', 1, '11000', '184800', '南苑酒店有限公司（演示）'],
  ['SW', '阳光商务酒店楼', '其他', 1, '6000', '113400', '阳光商务酒店（演示）'],
  ['AL', '爱乐假日酒店楼', '其他', 1, '7000', '132300', '爱乐假日酒店（演示）'],
  ['YS', '亿盛康乐中心', '其他', 1, '3000', '63000', '亿盛康乐中心（演示）'],
  ['GC', '阳光广场店面', '店面', 60, '120', '5292', '阳光广场商户'],
  ['GM', '工贸大厦办公区', '办公', 40, '200', '3360', '工贸大厦入驻企业'],
  ['CF', '青阳标准厂房', '厂房', 8, '1100', '13860', '青阳加工企业'],
]
const STALLS = 350
const STALLS_OF_MEMBERS = 20
const STALL_RENT = '480'

const two = (number: number): string => String(number).padStart(2, '0')

/** The 60,000 m² that the co-op lets by itself. */
export const premises: readonly Letting[] = BLOCKS.flatMap(([id, name, kind, count, area, rent, tenant]) =>
  Array.from({ length: count }, (_, index): Letting => {
    const number = count > 1 ? two(index + 1) : ''
    const party = count > 10 || id === 'CF' ? `${tenant}${number}号（演示）` : tenant
    const asset = number ? `${name}${number}号` : name
    const rest = { vatRate: '0.05', income: '501-物业租赁' } as const
    return { id: `${id}${number}`, asset, kind, area, rent, tenant: () => ({ organisation: party }), ...rest }
  }),
)

/** The night market's 350 stalls, some of them kept by members. */
export function stalls(keepers: readonly Resident[]): Letting[] {
  return Array.from({ length: STALLS }, (_, index): Letting => {
    const number = String(index + 1).padStart(3, '0')
    const keeper = index < STALLS_OF_MEMBERS ? keepers[index] : undefined
    return {
      id: `YT${number}`,
      asset: `阳光夜市${number}号摊`,
      kind: '摊位',
      rent: STALL_RENT,
      vatRate: '0',
      income: '501-摊位',
      tenant: () => (keeper ? { person: keeper.code } : { organisation: `阳光夜市${number}号个体工商户（演示）` }),
    }
  })
}

const HABITS: Habits = {
  ahead: [
    ...['NY', 'SW', 'AL'].flatMap(lease => ['01-06', '04-07', '07-07', '10-09'].map(on => ({ lease, on, months: 3 }))),
    { lease: 'CF08', on: '01-06', months: 18 },
    { lease: 'GM01', on: '12-22', months: 6 },
  ],
  late: {
    '2025-03': ['GC11', 'YT101', 'YT102'],
    '2025-04': ['GC11', 'YT101'],
    '2025-08': ['GC27', 'GC28', 'GM15'],
    '2025-09': ['GC27'],
    '2025-11': ['GC33', 'YT240'],
    '2025-12': ['GC33', 'GC34', 'YT240', 'YT241', 'YT007'],
  },
}

/** Lettings of the year: all premises and stalls, one shop let anew after a month empty, one rent raised. */
export function lettings(example: Example, keepers: readonly Resident[], bank: string): Act[] {
  const { code } = example
  const shop = premises.find(({ id }) => id === 'GC05')!
  const again: Letting = {
    ...shop,
    id: 'GC05_2',
    tenant: () => ({ organisation: '阳光广场新茶饮店（演示）' }),
    from: '2025-08-01',
    to: '2028-07-31',
    deposit: '10584',
  }
  const deposits = ['GC01', 'GC02', 'GC03', 'GC04', 'GC05']
  return [
    letOut(example, [...premises.map(each => withDeposit(each, deposits)), ...stalls(keepers)]),
    act(code, '2025-01-08', '收押金', face =>
      face.each(
        'ReceiveDeposit',
        deposits.map(lease => ({ lease, amount: '10584', date: face.today(), into: bank })),
      ),
    ),
    ...rents(example, HABITS, bank),
    act(code, '2025-06-30', '合同终止', face =>
      face.run('EndLease', { lease: 'GC05', on: face.today(), reason: '承租人经营调整，协商终止' }),
    ),
    sign(example, '2025-08-01', again, bank),
    act(code, '2025-06-24', '合同变更', face =>
      face.run('AmendLease', {
        lease: 'CF03',
        on: face.today(),
        from: '2025-07',
        monthlyRent: '14112',
        reason: '厂房加建货梯后协商调租',
      }),
    ),
    act(code, '2025-07-03', '退押金', face =>
      face.run('ReturnDeposit', { lease: 'GC05', amount: '10584', date: face.today(), from: bank }),
    ),
  ]
}

const withDeposit = (letting: Letting, list: readonly string[]): Letting =>
  list.includes(letting.id) ? { ...letting, deposit: '10584' } : letting
