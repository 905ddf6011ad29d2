import { html } from 'hono/html'
import type { CoopProfile } from '../../projections/profile.ts'
import type { PersonRow, RegisterCounts } from '../../projections/register.ts'
import type { Page } from './layout.ts'
import { buttons, figures, type Html, nothing, table } from './parts.ts'
import { roomPath, staffPage } from './staff-frame.ts'

export type NamedPerson = PersonRow & { readonly name: string }
export type Roll = {
  readonly counts: RegisterCounts
  readonly people: readonly NamedPerson[]
  readonly page: number
  readonly pages: number
  /** What was looked for, if anything. */
  readonly sought?: string
}

/** The register: members and others with their shares; names are resolved for the operator's eyes only. */
export function membersPage(coop: CoopProfile, roll: Roll): Page {
  const { counts } = roll
  const here = roomPath(coop.coop, 'members')
  return staffPage(coop, 'members', '成员和份额', [
    figures([
      ['成员', `${counts.members} 人`, `${counts.households} 户`],
      ['其他登记人员', `${counts.others} 人`],
      ['持有份额', `${counts.holders} 人`, `共 ${counts.shares} 股`],
    ]),
    html`<form class="inline" method="post" action="${here}"><div><label for="sought">找人：姓名或成员码</label>
<input id="sought" name="sought" maxlength="60" required value="${roll.sought ?? ''}"></div><button class="button" type="submit">查找</button></form>`,
    table({
      columns: [
        { title: '成员码', kind: 'date' },
        { title: '姓名' },
        { title: '户号' },
        { title: '出生年月', kind: 'date' },
        { title: '份额', kind: 'count' },
        { title: '身份' },
      ],
      rows: roll.people.map(person => [
        html`<a href="${roomPath(coop.coop, 'members', person.person)}">${person.person}</a>`,
        person.name,
        person.household,
        person.birthMonth,
        person.shares === '0' ? '' : person.shares,
        standing(person),
      ]),
      empty: roll.sought
        ? '没有找到。请核对姓名或成员码，或查看全部名单。'
        : '登记册还是空的。下一步：用 import members 导入成员名册。',
    }),
    roll.sought ? buttons([[here, '查看全部名单']]) : pager(here, roll),
  ])
}

function standing({ member, memberFrom, memberUntil, relation }: PersonRow): string {
  if (member) return '成员'
  return memberFrom && memberUntil ? `${memberUntil} 起不再是成员` : (relation ?? '其他')
}

function pager(here: string, { page, pages }: Roll): Html | '' {
  if (pages <= 1) return ''
  const links: [string, string][] = []
  if (page > 1) links.push([`${here}?page=${page - 1}`, '上一页'])
  if (page < pages) links.push([`${here}?page=${page + 1}`, '下一页'])
  return html`<p class="quiet">第 ${page} 页，共 ${pages} 页</p>${buttons(links)}`
}

/** One person's statements, a year each. */
export function personPage(coop: CoopProfile, person: NamedPerson, years: readonly number[]): Page {
  const links = years.map((year): [string, string] => [
    roomPath(coop.coop, 'members', person.person, String(year)),
    `${year}年度对账单`,
  ])
  return staffPage(coop, 'members', `${person.name} ${person.person}`, [
    figures([
      ['份额', person.shares, '股'],
      ['身份', standing(person)],
      ['户号', person.household ?? '未立户'],
    ]),
    html`<h2>分红对账单</h2>`,
    links.length > 0 ? buttons(links) : nothing('这个人还没有任何发放记录，分红或津贴批准后就有对账单。'),
  ])
}
