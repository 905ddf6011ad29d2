import type { Owned } from '../themes/assets.ts'

const let360 = { use: 'let', life: 360, inService: '2015-10' } as const
const welfare = { use: 'welfare', life: 372, inService: '2016-02' } as const

/** What 151 holds on the first day: 156,000,000 yuan, of which 45,600,000 are depreciated (invented). */
export const ASSETS: readonly Owned[] = [
  { ...let360, name: '南苑酒店楼、阳光商务酒店楼', cost: '38200000', residual: '2200000' },
  { ...let360, name: '阳光百货楼、阳光广场店面', cost: '34400000', residual: '2000000' },
  { ...let360, name: '工贸大厦、青阳标准厂房', cost: '26700000', residual: '1500000' },
  { ...let360, name: '爱乐假日酒店楼、亿盛康乐中心', cost: '19100000', residual: '1100000' },
  { name: '社区服务中心', use: 'own', cost: '16000000', residual: '880000', life: 360, inService: '2013-09' },
  { ...welfare, name: '阳光幼儿园', cost: '12600000', residual: '696000' },
  { ...welfare, name: '老年活动中心', cost: '9000000', residual: '444000' },
]

/** The 商住楼 of a 小组, 30,000,000 yuan in all and as many as it lets; the last one takes what the others leave. */
export function buildings(number: number, count: number): Owned[] {
  return Array.from({ length: count }, (_, index) => {
    const parts = index === count - 1 ? 10 - index : 1
    return {
      name: `第${number}小组${index + 1}号商住楼`,
      ...{ use: 'let', cost: `${parts * 3_000_000}`, residual: `${parts * 120_000}`, life: 384, inService: '2018-04' },
    }
  })
}
