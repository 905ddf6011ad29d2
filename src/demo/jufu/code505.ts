import { type Act, act, MONTHS, ORDER } from '../act.ts'
import type { Example } from '../example.ts'
import type { Resident } from '../people/households.ts'
import { FIRST_DAY } from '../themes/establishing.ts'

/** The charity fund of the action “公益代码505——人人参与，人人尽力”. */
export const FUND = '公益代码505'
/** The bank account that holds nothing but gifts. */
export const CHARITY_BANK = '102-慈善专户'

// Fifteen gifts of money a month, 180 person-times in the year, 111,600 yuan.
const AMOUNTS = [
  '100',
  '100',
  '100',
  '200',
  '200',
  '200',
  '300',
  '300',
  '500',
  '500',
  '500',
  '800',
  '1000',
  '1000',
  '3500',
]
const UNNAMED = [2, 7]
const FIRMS_WITH_MONEY: readonly [on: string, firm: string][] = [
  ['01-16', '中书学堂（演示）'],
  ['03-14', '优加众创空间（演示）'],
  ['04-16', '树人托管（演示）'],
  ['06-16', '聚福便民超市（演示）'],
  ['08-15', '山腰建材商行（演示）'],
  ['09-15', '泉港海产公司（演示）'],
  ['11-14', '同心直播间（演示）'],
]
const MONEY_OF_A_FIRM = '15000'
type Goods = [on: string, firm: string, item: string, quantity: number, unit: string, value: string]
const FIRMS_WITH_GOODS: readonly Goods[] = [
  ['05-10', '丰谷粮油（演示）', '大米', 120, '袋', '12000'],
  ['05-12', '闽味食品（演示）', '食用油', 120, '桶', '10800'],
  ['08-10', '启航文具家具（演示）', '学习桌', 20, '张', '8400'],
  ['10-08', '暖家家纺（演示）', '棉被', 30, '床', '5400'],
  ['10-15', '惠民百货（演示）', '棉被', 30, '床', '5400'],
]

/** Opens the fund and brings in the year's gifts: 180 person-times and 12 firms, in money and goods. */
export function gifts({ code }: Example, givers: readonly Resident[]): Act[] {
  return [
    act(
      code,
      FIRST_DAY,
      '设立公益代码505',
      face =>
        face.run('OpenFund', {
          fund: FUND,
          kind: 'restricted',
          purpose: '小区困难群众救助和助学',
          allows: ['relief', 'scholarship'],
          on: FIRST_DAY,
        }),
      ORDER.register,
    ),
    ...MONTHS.map((month, index) =>
      act(code, `${month}-10`, '收个人捐款', face =>
        face.each(
          'ReceiveDonation',
          AMOUNTS.map((amount, place) => ({
            id: `JZ-${month}-${place + 1}`,
            date: face.today(),
            donor: UNNAMED.includes(place) ? { anonymous: true } : { person: giver(givers, index, place) },
            amount,
            fund: FUND,
            into: CHARITY_BANK,
          })),
        ),
      ),
    ),
    ...FIRMS_WITH_MONEY.map(([on, firm]) =>
      act(code, `2025-${on}`, '收企业捐款', face => face.run('ReceiveDonation', money(on, firm))),
    ),
    ...FIRMS_WITH_GOODS.map(row =>
      act(code, `2025-${row[0]}`, '收捐赠物资', face => face.run('ReceiveGoods', goods(row))),
    ),
  ]
}

const giver = (givers: readonly Resident[], month: number, place: number): string =>
  givers[(month * 13 + place) % givers.length]!.code

const money = (on: string, firm: string) => ({
  id: `QY-${on}`,
  date: `2025-${on}`,
  donor: { organisation: firm },
  mayBeNamed: true,
  amount: MONEY_OF_A_FIRM,
  fund: FUND,
  into: CHARITY_BANK,
})

const goods = ([on, firm, item, quantity, unit, value]: Goods) => ({
  id: `QY-${on}`,
  date: `2025-${on}`,
  donor: { organisation: firm },
  mayBeNamed: true,
  fund: FUND,
  items: [{ item, quantity, unit, value }],
  valuation: 'invoice',
})
