import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { amount, count, day, key, month, personCode, sealed, text } from '../fields.ts'
import { goodsItem } from '../funds/events.ts'
import { programmeEvents } from './events.ts'

const relief = {
  request: key,
  programme: key,
  person: personCode,
  category: z.enum(['医疗', '助学', '灾害', '临时']),
  asked: amount,
  on: day,
}

export const programmeCommands = {
  AdoptProgramme: { title: '设立津贴、奖学、救助、补贴项目', marks: [], schema: programmeEvents.ProgrammeAdopted },
  PrepareRun: {
    title: '编制发放名册（津贴按年龄自动，补贴按名单）',
    marks: [],
    schema: z.strictObject({
      run: key,
      programme: key,
      period: month,
      persons: z
        .array(z.strictObject({ person: personCode, tier: text }))
        .max(20_000)
        .optional(),
    }),
  },
  ApproveRun: {
    title: '批准发放',
    marks: ['money'],
    schema: z.strictObject({ run: key, date: day, by: personCode.optional(), attachments: count.max(999).default(1) }),
  },
  RequestRelief: {
    title: '登记救助申请（原因加密）',
    marks: [],
    schema: z.strictObject({ ...relief, reason: z.string().min(1).max(2000).optional() }),
    sealed: z.strictObject({ ...relief, confidential: sealed.optional() }),
  },
  ApproveRelief: {
    title: '批准救助（现金或实物）',
    marks: ['money'],
    schema: z.strictObject({
      request: key,
      form: z.enum(['money', 'goods']),
      amount: amount.optional(),
      items: z
        .array(goodsItem.omit({ value: true }))
        .max(50)
        .optional(),
      conflict: text,
      date: day,
      attachments: count.max(999).default(1),
    }),
  },
  AwardScholarship: {
    title: '评定奖学金',
    marks: ['money'],
    schema: z.strictObject({
      award: key,
      programme: key,
      period: month,
      awards: z
        .array(z.strictObject({ person: personCode, tier: text }))
        .min(1)
        .max(20_000),
      date: day,
      attachments: count.max(999).default(1),
    }),
  },
  StopEntitlement: { title: '停发', marks: [], schema: programmeEvents.EntitlementStopped },
} satisfies Record<string, CommandSpec>
