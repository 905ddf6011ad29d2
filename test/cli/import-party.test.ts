import { expect, test } from 'vitest'
import { isOrganisation } from '../../src/ledger/import-party.ts'

test('a name that ends in a word for organisations stands in the clear', () => {
  const names = `晋江农商银行 向阳百货有限公司 聚龙小镇物业公司（二期） 阳光社区居民委员会 县财政局 红星维修店 陈埭供电所 第一小组
    示例村经济合作社 中心小学 老人会 宝龙商场 全体成员 各摊户 不具名`
  for (const name of names.split(/\s+/)) expect([name, isOrganisation(name)]).toEqual([name, true])
})

test('any other name is taken for a person and must not reach the log', () => {
  const names = '陈一 林晓园 欧阳小店 司马行 王会 阿依古丽·买买提 张三等三人 李四（租户） John 3号楼'
  for (const name of names.split(/\s+/)) expect([name, isOrganisation(name)]).toEqual([name, false])
})
