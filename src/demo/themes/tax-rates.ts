import { type Act, act } from '../act.ts'

const quarterly = { every: 'quarter', day: 15 }
const RATES = [
  { tax: '增值税', rate: '0.05', basis: '不含税租金', source: '财税〔2016〕36号' },
  { tax: '房产税', rate: '0.12', basis: '不含税租金', source: '房产税暂行条例 art. 4' },
  { tax: '城建税及附加', rate: '0.12', basis: '当月增值税', source: '城市维护建设税法、教育费附加规定' },
  { tax: '印花税', rate: '0.001', basis: '当月新签租赁合同金额', source: '印花税法' },
] as const

/** The rates of the taxes a co-op that lets property pays, and when they are due. */
export function taxRates(code: string): Act[] {
  return [
    act(code, '2025-01-02', '设定税率', face =>
      face.each(
        'SetTax',
        RATES.map(rate => ({ ...rate, from: '2025-01-01', due: quarterly })),
      ),
    ),
  ]
}
