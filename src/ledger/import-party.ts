import type { CoopState } from '../domain/state.ts'
import { isForgotten, type Vault } from './vault.ts'

// Words an organisation's name ends in. What ends in none of them is taken for a person: a shop sealed by mistake can
// still be read by the co-op's officers, a person's name in the log could never be taken out again.
const WORDS = `公司 集团 企业 工厂 商店 超市 市场 餐厅 饭店 酒店 宾馆 药店 书店 商行 经营部 门市部 工作室 事务所 研究院 设计院
  工程队 施工队 项目部 合作社 联社 信用社 农商行 银行 分行 支行 储蓄所 营业部 保险 电信 移动 联通 电力 供电所 自来水 水务
  委员会 村委会 居委会 管委会 业委会 监事会 理事会 政府 办事处 街道办 派出所 法院 检察院 财政局 财政所 税务局 税务所 国库 机关
  小学 中学 大学 学校 学院 幼儿园 医院 卫生院 卫生室 敬老院 福利院 养老院 服务站 服务部 中心 基金 基金会 慈善会 协会 商会 学会
  工会 老人会 联合会 志愿队 党支部 党委 支部 社区 小区 小组 村民组 物业 车间 仓库`
const LONG = new RegExp(`(?:${WORDS.trim().split(/\s+/).join('|')})(?:[（(][^（）()]*[）)])?$`)
const SHORT =
  /^(?!欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|端木|夏侯|司徒|南宫|宇文|长孙).{3,}[厂店铺行社会局所院站校园队部处馆场坊]$/
const COLLECTIVE = /^(?:全体|各|部分|其他|零星|有关).*(?:成员|职工|村民|居民|业主|股东|租户|商户|住户|摊户|单位|人员)$/
const UNNAMED = new Set(['不具名', '匿名', '本社', '本村', '内部'])

/** Whether a counterparty is an organisation (or nobody in particular), whose name may stand in the books in the clear. */
export function isOrganisation(name: string): boolean {
  return LONG.test(name) || SHORT.test(name) || COLLECTIVE.test(name) || UNNAMED.has(name)
}

/** What becomes of a counterparty: it stays as it is, becomes a known 成员码, must be enrolled, or cannot be told. */
export type PartyFound = { keep: string } | { enrol: string } | { fault: string }

/**
 * Finds whom a counterparty of a file means. A person is looked for by exact name: among the co-op's registered persons,
 * then among those an earlier import enrolled by name alone; never among the members of another co-op.
 */
export function findParty(vault: Vault, state: CoopState, name: string): PartyFound {
  if (/^M\d{5,}$/.test(name)) {
    return isForgotten(vault.resolve(name)) ? { fault: `没有成员码为 ${name} 的人。` } : { keep: name }
  }
  if (isOrganisation(name)) return { keep: name }
  const people = namesakes(vault, name)
  const registered = people.filter(({ code }) => state.register.persons.has(code))
  const candidates = registered.length > 0 ? registered : people.filter(({ byName }) => byName)
  if (candidates.length > 1) {
    const codes = candidates.map(({ code }) => code).join('、')
    return { fault: `往来人同名的有 ${candidates.length} 位（${codes}），请改填成员码。` }
  }
  return candidates[0] ? { keep: candidates[0].code } : { enrol: name }
}

function namesakes(vault: Vault, name: string): { code: string; byName: boolean }[] {
  return vault.findByName(name).flatMap(code => {
    const person = vault.resolve(code)
    return isForgotten(person) || person.name !== name ? [] : [{ code, byName: person.idNumber === undefined }]
  })
}

/** A test for texts that hold the full name (two to four characters) of somebody in the co-op's register. */
export function nameFinder(vault: Vault, state: CoopState): (text: string) => boolean {
  const people = vault.resolveMany([...state.register.persons.keys()])
  const names = new Set([...people.values()].flatMap(person => (isForgotten(person) ? [] : [person.name])))
  return text => {
    for (let at = 0; at < text.length; at++) {
      for (let length = 2; length <= 4; length++) if (names.has(text.slice(at, at + length))) return true
    }
    return false
  }
}
