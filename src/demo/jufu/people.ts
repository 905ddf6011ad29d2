import type { Face } from '../face.ts'
import { type Resident, settlement } from '../people/households.ts'
import { chanceOf } from '../random.ts'
import { admit, enter, FIRST_DAY, house } from '../themes/establishing.ts'

/** The members of 聚福's co-op and neighbours who are none but are helped all the same. */
export type Jufu = { members: Resident[]; neighbours: Resident[] }

const MEMBERS = 386
const NEIGHBOURS = 48

/** Invents 聚福's people. */
export function inhabitants(seed: number): Jufu {
  const place = settlement(chanceOf(`${seed}/jufu`), { region: '999002', prefix: 'JF' })
  return { members: place.households(MEMBERS), neighbours: place.singles(NEIGHBOURS, [1945, 2005]) }
}

/** Registers them; every member holds one share. */
export async function register(face: Face, { members, neighbours }: Jufu): Promise<void> {
  await admit(face, members, FIRST_DAY, '涉迁户成员确认名册')
  await enter(face, neighbours, FIRST_DAY, '小区常住居民（非成员）', true)
  await house(face, members, FIRST_DAY)
  await face.run('IssueShares', {
    id: 'GF-2023',
    on: FIRST_DAY,
    kind: '成员股',
    holdings: members.map(({ code }) => [code, '1']),
    basis: '2023年份额量化方案',
  })
}
