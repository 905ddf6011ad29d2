import { holdingsOn } from '../../domain/register/state.ts'
import { sharesText } from '../../domain/shares.ts'
import { type Act, act } from '../act.ts'
import type { Example } from '../example.ts'
import type { Face } from '../face.ts'
import { type Resident, settlement } from '../people/households.ts'
import { chanceOf } from '../random.ts'
import { admit, enter, FIRST_DAY, house } from '../themes/establishing.ts'

/** Everybody of 阳光: the holders of each 小组, heirs among them who are no members, elders without shares, newborns. */
export type Yangguang = {
  groups: [Resident[], Resident[]]
  holders: Resident[]
  heirs: Resident[]
  elders: Resident[]
  newborns: Resident[]
  /** One elder of each 小组 who dies in the year. */
  passings: [Passing, Passing]
  /** A holder of the first 小组 who has no bank account. */
  accountless: Resident
}

/** A death, and who inherits the shares when. */
export type Passing = { gone: Resident; heir: Resident; died: string; inherited: string }

const BORN = '2025-12-20'
const GROUP_SIZES = [1043, 938] as const
const HEIRS_OF_GROUP_ONE = 3
const BASIS = '2021年成员大会确认的成员名册'

/** Invents the 1,981 holders of the two 小组, 18 elders who are no members, and four children of the year. */
export function inhabitants(seed: number): Yangguang {
  const place = settlement(chanceOf(`${seed}/yangguang`), { region: '999001', prefix: 'YG' })
  const heirs = place.singles(HEIRS_OF_GROUP_ONE, [1975, 1990])
  const groups: [Resident[], Resident[]] = [
    [...place.households(GROUP_SIZES[0] - HEIRS_OF_GROUP_ONE), ...heirs],
    place.households(GROUP_SIZES[1]),
  ]
  const elders = [...place.singles(1, [1940, 1955]), ...place.singles(17, [1940, 1965])]
  const accountless = groups[0].findLast(
    ({ birth }) => birth > '1972' && birth < '1986' && !heirs.some(heir => heir.birth === birth),
  )!
  for (const each of [accountless, elders[0]!]) each.bankAccount = ''
  const parents = groups[0].filter(({ birth }) => birth > '1992' && birth < '1997').slice(0, 4)
  return {
    groups,
    holders: groups.flat(),
    heirs,
    elders,
    newborns: parents.map(parent => place.newborn(parent, 2025)),
    passings: [passing(groups[0], '2025-05-12', '2025-06-20'), passing(groups[1], '2025-09-20', '2025-10-28')],
    accountless,
  }
}

/** Registers holders as members (heirs beside them) and quantifies their shares; `shares` says how many each holds. */
export async function registerHolders(
  face: Face,
  people: readonly Resident[],
  heirs: readonly Resident[],
  shares: (resident: Resident) => string,
): Promise<void> {
  await admit(
    face,
    people.filter(person => !heirs.includes(person)),
    FIRST_DAY,
    BASIS,
  )
  const mine = heirs.filter(heir => people.includes(heir))
  if (mine.length > 0) await enter(face, mine, FIRST_DAY, '继承份额的非成员')
  await house(face, people, FIRST_DAY)
  await face.run('IssueShares', {
    id: 'GF-2021',
    on: FIRST_DAY,
    kind: '成员股',
    holdings: people.map(person => [person.code, shares(person)]),
    basis: '2021年份额量化方案，静态管理',
  })
}

/** What changes in the register in the course of the year: deaths with inheritance, births without shares. */
export function changes({ code }: Example, passings: readonly Passing[], newborns: readonly Resident[]): Act[] {
  return [
    ...passings.flatMap(passing => [
      act(code, passing.died, '成员去世', face =>
        face.run('EndMembership', { person: passing.gone.code, on: passing.died, reason: 'death' }),
      ),
      act(code, passing.inherited, '继承份额', face => inherit(face, passing)),
    ]),
    ...(newborns.length > 0
      ? [act(code, BORN, '新生儿确认', face => admit(face, newborns, BORN, '出生登记；静态管理，不配份额'))]
      : []),
  ]
}

async function inherit(face: Face, { gone, heir, inherited }: Passing): Promise<void> {
  const { register } = await face.state()
  const shares = sharesText(holdingsOn(register, inherited).get(gone.code) ?? 0)
  await face.run('InheritShares', {
    id: `JC-${inherited}`,
    from: gone.code,
    heirs: [[heir.code, shares]],
    on: inherited,
    basis: '死亡证明和继承公证',
  })
}

// The first elder of a 小组 who lives with somebody grown who can inherit.
function passing(people: readonly Resident[], died: string, inherited: string): Passing {
  for (const gone of people.filter(({ birth }) => birth < '1950')) {
    const heir = people.find(({ household, birth }) => household === gone.household && birth > '1960' && birth < '2000')
    if (heir) return { gone, heir, died, inherited }
  }
  throw new Error('no elder of the 小组 lives with an heir')
}
