import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { amount, amountOrZero, count, day, key, personCode, quarter, sealed, text } from '../fields.ts'
import { body, charter, governanceEvents, matter, policyRow, role } from './events.ts'

const established = governanceEvents.CoopEstablished.shape
const objection = {
  id: key,
  on: day,
  about: text,
  resolution: key.optional(),
  quarter: quarter.optional(),
  person: personCode.optional(),
}

export const governanceCommands = {
  EstablishCoop: {
    title: '建社：名称、层级、建账日和章程约定',
    marks: [],
    schema: z.strictObject({
      name: text,
      creditCode: established.creditCode,
      level: established.level,
      firstDay: day,
      charter: charter.default({ reserveRate: '0.30', objectionDays: 7, representatives: 0 }),
      demo: z.boolean().default(false),
      contact: established.contact,
    }),
  },
  AuthoriseReviewRule: {
    title: '启用自动复核规则',
    marks: [],
    schema: z.strictObject({ rule: key, text, from: day }),
  },
  SetReviewPolicy: {
    title: '设定复核办法：哪些事项、多大金额由谁复核',
    marks: [],
    schema: z.strictObject({ rows: z.array(policyRow).max(100), reason: text }),
  },
  ApproveCommand: {
    title: '复核通过待审事项',
    marks: ['money', 'close', 'publish'],
    schema: z.strictObject({ id: key, officer: personCode }),
  },
  RejectCommand: {
    title: '退回待审事项（写明原因）',
    marks: [],
    schema: z.strictObject({ id: key, officer: personCode, reason: text }),
  },
  AppointOfficer: {
    title: '任命理事、监事、会计、出纳',
    marks: [],
    schema: z.strictObject({ person: personCode, role, from: day, resolution: key.optional() }),
  },
  RemoveOfficer: {
    title: '免去职务',
    marks: [],
    schema: z.strictObject({ person: personCode, role, on: day, reason: text }),
  },
  DeclareKinship: {
    title: '申报近亲属关系',
    marks: [],
    schema: z.strictObject({ person: personCode, relative: personCode, relation: text }),
  },
  ProposeResolution: {
    title: '提出决议事项（提议）',
    marks: [],
    schema: z.strictObject({
      title: text,
      matter,
      body,
      content: z.array(text).min(1).max(20),
      budget: amount.optional(),
      fund: key.optional(),
      laidOpenOn: day.optional(),
      responsible: personCode.optional(),
      proposedOn: day,
    }),
  },
  DeliberateResolution: {
    title: '记录党组织研究、监事会或镇街审核意见（商议）',
    marks: [],
    schema: z.strictObject({ no: key, on: day, by: z.enum(['party-study', 'supervisors', 'township']), opinion: text }),
  },
  RecordVote: {
    title: '记录表决并按应到人数认定结果（决议）',
    marks: [],
    schema: z.strictObject({
      no: key,
      on: day,
      noticeOn: day,
      present: count,
      inFavour: count,
      against: count,
      abstained: count,
      incapacitated: count.default(0),
      eligible: count.optional(),
    }),
  },
  DiscloseDecision: { title: '张榜决议公开', marks: ['publish'], schema: z.strictObject({ no: key, postedOn: day }) },
  DiscloseOutcome: {
    title: '张榜实施结果公开',
    marks: ['publish'],
    schema: z.strictObject({ no: key, on: day, result: text, spent: amountOrZero, beneficiaries: count.optional() }),
  },
  RaiseObjection: {
    title: '登记异议（申请人信息加密）',
    marks: [],
    schema: z.strictObject({ ...objection, reason: z.string().min(1).max(2000).optional() }),
    sealed: z.strictObject({ ...objection, confidential: sealed.optional() }),
  },
  AnswerObjection: { title: '答复异议', marks: [], schema: z.strictObject({ id: key, on: day, answer: text }) },
  DraftDisclosure: {
    title: '编制季度公开稿：锁定截止事件和数据指纹',
    marks: [],
    schema: z.strictObject({ quarter, cutoff: day, figuresHash: z.string().regex(/^[0-9a-f]{64}$/) }),
  },
  ReviewDisclosure: {
    title: '理事会确认真实（农集法45条）或监事会审核意见（32条）',
    marks: [],
    schema: z.strictObject({
      quarter,
      by: z.enum(['board', 'supervisors']),
      officer: personCode,
      on: day,
      opinion: text,
    }),
  },
  PublishDisclosure: {
    title: '发布季度两公开',
    marks: ['publish'],
    schema: z.strictObject({
      quarter,
      postedOn: day,
      figuresHash: z.string().regex(/^[0-9a-f]{64}$/),
      closings: governanceEvents.DisclosurePublished.shape.closings,
      correction: text.optional(),
    }),
  },
} satisfies Record<string, CommandSpec>
