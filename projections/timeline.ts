import { chineseDay, chineseQuarter } from '../src/domain/calendar.ts'
import { accountName } from '../src/domain/chart.ts'
import { type CommandName, commands } from '../src/domain/commands.ts'
import type { EventData, EventType } from '../src/domain/events.ts'
import { grouped } from '../src/domain/money.ts'
import type { Sql } from '../src/store/sql.ts'
import { type Projection, voucherOf } from './projection.ts'
import { presented } from './rows.ts'

/** Who did what and when: one line an event, in plain Chinese, without anything personal. */
export const timeline: Projection = {
  name: 'timeline',
  version: 2,
  tables: {
    timeline: `coop TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, recorded_at TEXT NOT NULL,
      on_day TEXT, actor TEXT NOT NULL, type TEXT NOT NULL, what TEXT NOT NULL, voucher TEXT`,
  },
  readIndexes: ['CREATE UNIQUE INDEX timeline_by_revision ON timeline (coop, revision)'],
  apply(tx, event) {
    const { coop, revision, position, recordedAt, actor, type, data } = event
    const sentence = SENTENCES[type] as (data: ProjectedData) => string
    const voucher = voucherOf(event)
    const day = voucher?.date ?? ('on' in data ? data.on : 'postedOn' in data ? data.postedOn : undefined)
    tx.run(
      'INSERT INTO timeline VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[coop, revision, position, recordedAt, day ?? null, actor, type, sentence(data), voucher?.number ?? null],
    )
  },
}

type ProjectedData = EventData<EventType>
type Sentences = { [T in EventType]: (data: EventData<T>) => string }

const yuan = (amount: string): string => `${grouped(amount)} 元`
const heads = (data: { members: unknown[]; outsiders: unknown[] }): number =>
  data.members.length + data.outsiders.length

const SENTENCES: Sentences = {
  CoopEstablished: ({ name }) => `建立${name}的账`,
  OfficerAppointed: ({ role }) => `任命${role}`,
  OfficerRemoved: ({ role }) => `免去${role}`,
  KinshipDeclared: () => '申报近亲属关系',
  ResolutionProposed: ({ no, title }) => `提出决议 ${no}：${title}`,
  ResolutionDeliberated: ({ no }) => `记录决议 ${no} 的研究意见`,
  ResolutionVoted: ({ no, present, inFavour }) => `决议 ${no} 表决：到会 ${present}，赞成 ${inFavour}`,
  ResolutionAdopted: ({ no }) => `决议 ${no} 通过`,
  ResolutionRejected: ({ no }) => `决议 ${no} 未通过`,
  DecisionDisclosed: ({ no, objectionTo }) => `决议 ${no} 张榜公开，公示至${chineseDay(objectionTo)}`,
  OutcomeDisclosed: ({ no, spent }) => `决议 ${no} 结果公开，已用 ${yuan(spent)}`,
  ObjectionRaised: ({ id }) => `登记异议 ${id}`,
  ObjectionAnswered: ({ id }) => `答复异议 ${id}`,
  DisclosureDrafted: ({ quarter }) => `编制${chineseQuarter(quarter)}公开稿`,
  DisclosureReviewed: ({ quarter, by }) =>
    `${by === 'board' ? '理事会确认' : '监事会审核'}${chineseQuarter(quarter)}公开稿`,
  DisclosurePublished: ({ quarter, version }) => `发布${chineseQuarter(quarter)}两公开（第${version}版）`,
  DisclosureCorrected: ({ quarter }) => `更正${chineseQuarter(quarter)}的公开`,
  ReviewRuleAuthorised: ({ rule }) => `启用复核规则 ${rule}`,
  ReviewPolicySet: ({ rows }) => `设定复核办法，${rows.length} 条`,
  CommandSubmitted: ({ id, command, amount }) =>
    `提交复核 ${id}：${commands[command as CommandName].title}，${yuan(amount)}`,
  CommandApproved: ({ id }) => `复核通过 ${id}`,
  CommandRejected: ({ id }) => `退回 ${id}`,
  CashLimitSet: ({ limit }) => `核定库存现金限额 ${yuan(limit)}`,
  CashCounted: ({ count, account, difference }) =>
    `盘点${accountName(account)} ${count}，${difference === '0.00' ? '账实相符' : `差额 ${yuan(difference)}`}`,
  CashDifferenceBooked: ({ count, difference }) => `盘点 ${count} 长短款 ${yuan(difference)} 待处理`,
  CashDifferenceSettled: ({ count, difference }) => `处理盘点 ${count} 的长短款 ${yuan(difference)}`,
  PettyCashAdvanced: ({ amount }) => `支备用金 ${yuan(amount)}`,
  PettyCashAccounted: ({ left }) => `备用金报销，余 ${yuan(left)}`,
  ReceiptIssued: ({ no, amount }) => `开收据 ${no}，${yuan(amount)}`,
  ReceiptVoided: ({ no }) => `作废收据 ${no}`,
  TaxRateSet: ({ tax, rate, from }) => `设定${tax}税率 ${rate}，自${chineseDay(from)}起`,
  TaxPaid: ({ tax, amount }) => `缴纳${tax} ${yuan(amount)}`,
  WagesPaid: ({ month, amount }) => `发放 ${month} 工资报酬 ${yuan(amount)}`,
  BudgetAdopted: ({ year, items }) => `录入${year}年财务计划，${items.length} 项`,
  BudgetAmended: ({ year, items }) => `调整${year}年财务计划，${items.length} 项`,
  OpeningBalancesRecorded: ({ yearToDate }) => (yearToDate === undefined ? '录入期初余额' : '录入年中期初余额'),
  AccountantHandedOver: ({ unfinished }) => `会计交接，未了事项 ${unfinished.length} 项`,
  VoucherPosted: () => '录入记账凭证',
  DocumentsAttached: ({ attachedTo, documents }) => `${attachedTo} 附原始凭证 ${documents.length} 份`,
  VoucherTemplateSaved: ({ title }) => `保存常用凭证“${title}”`,
  VoucherTemplateRemoved: ({ id }) => `停用常用凭证 ${id}`,
  VoucherReversed: ({ original }) => `红字冲销 ${original}`,
  PeriodClosed: ({ month, vouchers }) => `${month} 结账，${vouchers} 张凭证`,
  PeriodReopened: ({ month }) => `重开 ${month}`,
  YearClosed: ({ year, surplus }) => `${year}年度结账，净收益 ${yuan(surplus)}`,
  DepreciationCharged: ({ month }) => `计提 ${month} 折旧`,
  TaxAccrued: ({ month }) => `计提 ${month} 税费`,
  PayAccrued: ({ month }) => `计提 ${month} 工资报酬`,
  SubAccountOpened: ({ account }) => `开设科目 ${accountName(account)}`,
  BankAccountRegistered: ({ bank, kind }) => `登记${bank}${kind}`,
  BankStatementImported: ({ account, from, to, lines }) =>
    `录入${accountName(account)}对账单 ${from} 至 ${to}，${lines.length} 条`,
  BankLineMatched: ({ match, amount }) => `对账勾对 ${match}，${yuan(amount)}`,
  BankLineUnmatched: ({ match }) => `取消勾对 ${match}`,
  MemberAdmitted: () => '确认成员 1 人',
  PersonRegistered: () => '登记非成员 1 人',
  MembershipEnded: () => '终止成员身份 1 人',
  MemberDetailsChanged: () => '更正登记资料 1 人',
  HouseholdFormed: ({ persons }) => `立户 1 户 ${persons.length} 人`,
  HouseholdChanged: ({ persons }) => `变更 1 户，现 ${persons.length} 人`,
  SharesIssued: ({ kind, holdings }) => `量化${kind}，${holdings.length} 人`,
  SharesTransferred: ({ shares }) => `转让 ${shares} 股`,
  SharesInherited: ({ heirs }) => `继承份额，继承人 ${heirs.length} 人`,
  SharesCancelled: ({ shares }) => `注销 ${shares} 股`,
  PersonSealed: () => '封存个人资料 1 人',
  PersonErased: () => '销毁个人资料 1 人',
  AssetRegistered: ({ asset, name }) => `登记资产 ${asset} ${name}`,
  AssetCardOpened: ({ card, name, cost }) => `建立资产卡片 ${card} ${name}，原值 ${yuan(cost)}`,
  AssetCardWithdrawn: ({ card }) => `撤销资产卡片 ${card}`,
  AssetUseChanged: ({ card, from }) => `资产 ${card} 从 ${from} 起变更用途`,
  AssetDisposed: ({ card, cost, proceeds }) => `处置资产 ${card}，原值 ${yuan(cost)}，收入 ${yuan(proceeds)}`,
  ProjectCompleted: ({ fund, opened }) => `${opened.name}完工转入资产 ${yuan(opened.cost)}（${fund}）`,
  GrantReturned: ({ fund, amount }) => `退回专项补助 ${yuan(amount)}（${fund}）`,
  LeaseSigned: ({ lease, from, to }) => `签订合同 ${lease}，${from} 至 ${to}`,
  LeaseAmended: ({ lease }) => `变更合同 ${lease}`,
  LeaseEnded: ({ lease }) => `终止合同 ${lease}`,
  RentAccrued: ({ month, leases }) => `计提 ${month} 租金，${leases.length} 份合同`,
  RentReceived: ({ receipts }) => `收租金，${receipts.length} 份合同`,
  DepositReceived: ({ lease, amount }) => `收合同 ${lease} 押金 ${yuan(amount)}`,
  DepositReturned: ({ lease, amount }) => `退合同 ${lease} 押金 ${yuan(amount)}`,
  LeaseObligationKept: ({ lease }) => `合同 ${lease} 的承诺已履行`,
  LeaseObligationMissed: ({ lease }) => `合同 ${lease} 的承诺未履行`,
  FundOpened: ({ fund }) => `设立资金“${fund}”`,
  DonationReceived: ({ amount, fund }) => `收到捐款 ${yuan(amount)}${fund ? `（${fund}）` : ''}`,
  GoodsDonated: ({ fund, items }) => `收到捐赠物资 ${items.length} 种（${fund}）`,
  GoodsGiven: ({ fund, recipients }) => `发放物资 ${recipients} 人次（${fund}）`,
  GoodsShared: ({ givers }) => `登记邻里分享，${givers} 人次`,
  DonationReturned: ({ amount }) => `退还捐款 ${yuan(amount)}`,
  SubsidyReceived: ({ project, amount }) => `收到${project}补助 ${yuan(amount)}`,
  InvestmentIncomeReceived: ({ company, amount }) => `${company}投资收益 ${yuan(amount)}`,
  OtherIncomeReceived: ({ account, amount }) => `收到${accountName(account)} ${yuan(amount)}`,
  ExpensePaid: ({ account, amount }) => `支付${accountName(account)} ${yuan(amount)}`,
  ProgrammeAdopted: ({ name }) => `设立项目“${name}”`,
  RunPrepared: ({ run, heads }) => `编制名册 ${run}，${heads} 人`,
  RunApproved: ({ run, total, ...data }) => `批准名册 ${run}，${heads(data)} 人 ${yuan(total)}`,
  ReliefRequested: ({ request }) => `登记救助申请 ${request}`,
  ReliefApproved: ({ request, total }) => `批准救助 ${request}，${yuan(total)}`,
  ScholarshipAwarded: ({ award, awards, total }) => `评定奖学 ${award}，${awards.length} 人次 ${yuan(total)}`,
  EntitlementStopped: ({ programme }) => `${programme} 停发 1 人`,
  SurplusComputed: ({ year, distributable }) => `核算${year}年度可分配收益 ${yuan(distributable)}`,
  ReserveSetAside: ({ year, amount }) => `提取${year}年度公积公益金 ${yuan(amount)}`,
  DividendDeclared: ({ run, declared, ...data }) => `宣告分红 ${run}，${heads(data)} 人 ${yuan(declared)}`,
  DividendWithdrawn: ({ run }) => `撤回分红 ${run}`,
  PaymentBatchPrepared: ({ batch, items, total }) => `编制付款批次 ${batch}，${items.length} 笔 ${yuan(total)}`,
  PaymentBatchApproved: ({ batch, count }) => `批准付款批次 ${batch}，${count} 笔`,
  PaymentsSettled: ({ batch, items, failed }) => `付款批次 ${batch}：成功 ${items.length} 笔，失败 ${failed.length} 笔`,
  PaymentsReturned: ({ batch, items }) => `付款批次 ${batch} 退票 ${items.length} 笔`,
  PaymentMisdirected: ({ batch }) => `付款批次 ${batch} 更正误付 1 笔`,
  CashPaid: ({ id }) => `现金付款 ${id}`,
  PayableWrittenBack: ({ items }) => `核销无法支付款项 ${items.length} 笔`,
}

export type TimelineRow = {
  revision: number
  recordedAt: string
  on: string | undefined
  actor: string
  type: string
  what: string
  voucher: string | undefined
}
/** What to look for: words in the line or voucher number, who, and from which to which instant or day of recording. */
export type TimelineFilter = {
  text?: string
  actor?: string
  from?: string
  to?: string
  before?: number
  limit?: number
}

const PAGE = 100

/** The newest lines first, at most `limit` (default 100), those before a revision when paging on. */
export function timelineOf(sql: Sql, coop: string, filter: TimelineFilter = {}): TimelineRow[] {
  const text = filter.text ? `%${filter.text.replace(/[\\%_]/g, '\\$&')}%` : null
  return sql
    .all(
      `SELECT revision, recorded_at AS recordedAt, on_day AS "on", actor, type, what, voucher FROM timeline
        WHERE coop = ? AND revision < ? AND (? IS NULL OR what LIKE ? ESCAPE '\\' OR voucher LIKE ? ESCAPE '\\')
        AND (? IS NULL OR actor LIKE ? || '%') AND recorded_at >= ? AND recorded_at <= ?
        ORDER BY revision DESC LIMIT ?`,
      ...[coop, filter.before ?? Number.MAX_SAFE_INTEGER, text, text, text, filter.actor ?? null, filter.actor ?? null],
      ...[filter.from ?? '', filter.to ?? '9999', Math.min(filter.limit ?? PAGE, 1000)],
    )
    .map(row => presented<TimelineRow>(row))
}
