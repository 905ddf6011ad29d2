import type { Party } from '../../domain/fields.ts'
import { fenOf, yuan } from '../../domain/money.ts'
import { type Act, act, MONTHS, ORDER } from '../act.ts'
import type { Example } from '../example.ts'
import type { Face } from '../face.ts'
import { FIRST_DAY } from './establishing.ts'

/** One thing let: what it is, to whom, and the rent a month in yuan, VAT included. */
export type Letting = {
  id: string
  asset: string
  kind: '店面' | '厂房' | '办公' | '公用房' | '摊位' | '停车场' | '场地' | '其他'
  area?: string
  tenant: () => Party
  rent: string
  vatRate: '0' | '0.05'
  income: '501-物业租赁' | '501-摊位'
  from?: string
  to?: string
  deposit?: string
  obligations?: { id: string; promise: string }[]
}

/** How tenants pay: who pays ahead (how many months' rent on which day of 2025), and who stays away in which months. */
export type Habits = {
  ahead: { lease: string; on: string; months: number }[]
  late: Record<string, string[]>
}

/** Registers what is let and signs its leases on the first day. */
export function letOut(example: Example, lettings: readonly Letting[]): Act {
  return act(
    example.code,
    FIRST_DAY,
    '登记资产和合同',
    async face => {
      await face.each('RegisterAsset', lettings.map(assetOf))
      await face.each('SignLease', lettings.map(leaseOf))
    },
    ORDER.open,
  )
}

/** A lease signed in the course of the year, with its deposit received on the same day. */
export function sign(example: Example, on: string, letting: Letting, into: string): Act {
  return act(example.code, on, `签订${letting.id}`, async face => {
    await face.run('SignLease', { ...leaseOf(letting), on })
    if (letting.deposit)
      await face.run('ReceiveDeposit', { lease: letting.id, amount: letting.deposit, date: on, into })
  })
}

/** Rent month by month: accrued on the 25th, paid on the 28th by all who owe and do not stay away, or paid ahead. */
export function rents(example: Example, habits: Habits, into: string): Act[] {
  const { code } = example
  const ahead = new Map(Object.entries(Object.groupBy(habits.ahead, ({ on }) => on)))
  return [
    ...[...ahead].map(([on, list]) =>
      act(code, `2025-${on}`, '收预付租金', async face => receiveAhead(face, list ?? [], into)),
    ),
    ...MONTHS.flatMap(month => [
      act(code, `${month}-25`, `计提${month}租金`, face => face.run('AccrueRent', { month, date: face.today() })),
      act(code, `${month}-28`, `收${month}租金`, face => receive(face, habits.late[month] ?? [], into)),
    ]),
  ]
}

async function receiveAhead(face: Face, list: Habits['ahead'], into: string): Promise<void> {
  const { leases } = (await face.state()).property
  const receipts = list.map(({ lease, months }) => ({
    lease,
    amount: yuan(months * (leases.get(lease)?.rents.at(-1)?.gross ?? 0)),
  }))
  await face.run('ReceiveRent', { date: face.today(), into, receipts, summary: `收预付租金（${list.length}份合同）` })
}

async function receive(face: Face, away: readonly string[], into: string): Promise<void> {
  const { leases } = (await face.state()).property
  const owing = [...leases].filter(([id, lease]) => lease.arrears > 0 && !away.includes(id))
  for (const [income, list] of Map.groupBy(owing, ([, lease]) => lease.income)) {
    const receipts = list.map(([lease, { arrears }]) => ({ lease, amount: yuan(arrears) }))
    const what = income === '501-摊位' ? '摊位租金' : '物业租金'
    await face.run('ReceiveRent', { date: face.today(), into, receipts, summary: `收${what}（${list.length}份合同）` })
  }
}

function assetOf({ asset, kind, area, id }: Letting) {
  return { asset: `ZC-${id}`, name: asset, kind, ...(area ? { area } : {}), use: 'let', on: FIRST_DAY }
}

function leaseOf({ id, tenant, rent, vatRate, income, from, to, deposit, obligations }: Letting) {
  return {
    lease: id,
    asset: `ZC-${id.split('_')[0]}`,
    tenant: tenant(),
    from: from ?? FIRST_DAY,
    to: to ?? '2027-12-31',
    monthlyRent: yuan(fenOf(rent)),
    vatRate,
    deposit: deposit ?? '0',
    income,
    obligations: obligations ?? [],
    on: from ?? FIRST_DAY,
  }
}
