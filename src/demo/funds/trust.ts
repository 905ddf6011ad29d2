import { type Act, act, MONTHS, ORDER } from '../act.ts'
import { type Example, officersFrom } from '../example.ts'
import { type Resident, settlement } from '../people/households.ts'
import { chanceOf } from '../random.ts'
import { closings, type Disclose, disclosures } from '../themes/closing.ts'
import { enter, establish, FIRST_DAY, openBooks } from '../themes/establishing.ts'
import { running } from '../themes/running.ts'
import { awards } from './awards.ts'
import { HELD_BANK, JULONG, NEIGHBOUR } from './held.ts'

const BANK = '102-基本户'
const AWARDS = 56
const SCHOLARS = 12
const GIFTS: readonly string[] = ['200', '300', '500', '800', '1000']
const DONOR_MONTHS = MONTHS.slice(0, 10)

/** A township's trust book: funds of owners and of a party branch, kept for them and never income. */
export function trust(seed: number, disclose: Disclose): { examples: Example[]; acts: Act[] } {
  const place = settlement(chanceOf(`${seed}/trust`), { region: '999003', prefix: 'DG' })
  const stewards = place.singles(40, [1969, 1992])
  const pupils = place.singles(AWARDS, [2003, 2017])
  const waiting = pupils[1]!
  waiting.bankAccount = ''
  const scholars = place.singles(SCHOLARS, [2005, 2007])
  const families = place.singles(2, [1970, 1985])
  const example = described(stewards)
  const acts = [
    ...establish(example, async face => {
      await enter(face, stewards, FIRST_DAY, '代管小组成员、捐款党员')
      await enter(face, [...pupils, ...scholars], FIRST_DAY, '业主子女')
      await enter(face, families, FIRST_DAY, '业主')
    }),
    ...FUNDS.map(fund =>
      act(
        example.code,
        FIRST_DAY,
        `设立${fund.fund}`,
        face => face.run('OpenFund', { ...fund, on: FIRST_DAY }),
        ORDER.register,
      ),
    ),
    openBooks(example.code, [
      [BANK, '12000'],
      [HELD_BANK, '41000', NEIGHBOUR],
      [HELD_BANK, '420000', JULONG],
      ['311-提取', '-12000'],
      [`211-代管款-${NEIGHBOUR}`, '-41000', NEIGHBOUR],
      [`211-代管款-${JULONG}`, '-420000', JULONG],
    ]),
    ...donations(example, stewards),
    ...awards(example, { pupils, scholars, families, waiting }),
    ...sharedGoods(example.code),
    grant(example.code),
    ...running(example, COSTS),
    ...closings(example),
    ...disclosures(example, disclose),
  ]
  return { examples: [example], acts }
}

function grant(code: string): Act {
  return act(code, '2025-02-20', '收工作经费', face =>
    face.run('ReceiveSubsidy', {
      id: 'BZ-1',
      date: face.today(),
      from: '演示街道办事处',
      project: '代管工作经费',
      amount: '6000',
      into: BANK,
    }),
  )
}

const FUNDS = [
  {
    fund: NEIGHBOUR,
    kind: 'held',
    purpose: '补助家庭发生重大变故的业主、奖励成绩优秀的业主子女',
    allows: ['scholarship', 'relief'],
    owner: '鼎元星城小区党支部（演示）',
  },
  {
    fund: JULONG,
    kind: 'held',
    purpose: '奖励优秀学子、资助困难学子',
    allows: ['scholarship'],
    owner: '聚龙小镇业主（演示）',
  },
] as const

const COSTS = {
  bank: BANK,
  pay: [],
  expenses: [
    {
      item: '代管账簿和对账费',
      account: '513-办公',
      payee: '演示市办公用品商行',
      amount: '1200',
      on: ['03-20', '06-20', '09-22', '12-19'],
    },
  ],
}

function donations({ code }: Example, donors: readonly Resident[]): Act[] {
  return DONOR_MONTHS.map((month, index) =>
    act(code, `${month}-12`, '收近邻基金捐款', face =>
      face.each(
        'ReceiveDonation',
        GIFTS.map((amount, place) => ({
          id: `JL-${month}-${place + 1}`,
          date: face.today(),
          donor: place === 2 ? { anonymous: true } : { person: donors[10 + ((index * 3 + place) % 30)]!.code },
          amount,
          fund: NEIGHBOUR,
          intent: '近邻互助',
          into: HELD_BANK,
        })),
      ),
    ),
  )
}

// Neighbours share vegetables with each other; nobody's books own them, so they are noted and not booked.
function sharedGoods(code: string): Act[] {
  const shares: readonly [on: string, what: string, givers: number][] = [
    ['04-20', '自种蔬菜', 68],
    ['07-20', '自种瓜果', 72],
    ['10-20', '自种果蔬和防护用品', 64],
  ]
  return shares.map(([on, what, givers]) =>
    act(code, `2025-${on}`, '邻里分享', face =>
      face.run('NoteSharedGoods', {
        id: `FX-${on}`,
        on: face.today(),
        what,
        givers,
        note: '聚龙小镇居民相互分享，备查不入账',
      }),
    ),
  )
}

function described(stewards: readonly Resident[]): Example {
  return {
    code: 'daiguan',
    name: '示例街道代管账（演示）',
    level: '其他',
    creditCode: 'N29990030000000039',
    charter: { reserveRate: '0', objectionDays: 7, representatives: 25 },
    contact: { address: '演示市示例街道便民服务中心', phone: '0000-0000007', supervisorPhone: '0000-0000008' },
    banks: [
      { name: '基本户', bank: '演示农商银行示例支行', kind: '基本户', lastFour: '0031' },
      { name: '代管专户', bank: '演示农商银行示例支行', kind: '专户', lastFour: '0032' },
    ],
    officers: officersFrom(stewards),
    resolutions: new Map(),
  }
}
