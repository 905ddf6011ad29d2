import type { Context } from 'hono'
import { z } from 'zod'
import { type CommandName, commands } from '../../domain/commands.ts'
import { key } from '../../domain/fields.ts'
import { waitsFor } from '../../domain/governance/reviewers.ts'
import type { Fact } from '../../ledger/ledger.ts'
import { notFound } from '../coop-of.ts'
import { requireOperator } from '../guard.ts'
import type { App, House } from '../house.ts'
import { requireKept } from '../kept.ts'
import { Problem, refusalProblem } from '../problem.ts'
import { readJson } from '../read-body.ts'
import { readQuery } from '../read-query.ts'

const ACTOR = 'operator via web'
const SEALED = ['identity', 'sensitive', 'confidential']
const KEY = /^[\x21-\x7e]{1,100}$/

export const COMMAND_PATH = '/api/coops/:coop/commands/:command'

/** The one way in for facts: a command of the ledger, repeated safely under its Idempotency-Key. */
export function commandRoutes(app: App, house: House): void {
  app.post(COMMAND_PATH, async c => {
    await requireOperator(c, house)
    readQuery(c, z.strictObject({}))
    const request = { ...place(c), body: await readJson(c), actor: ACTOR, commandId: idempotencyKey(c) }
    requireKept(house, request.name, request.body)
    const answer = await house.office.ledger.execute(request)
    if ('refusal' in answer) throw refusalProblem(answer.refusal)
    const waits = waitsFor(await house.office.ledger.state(request.coop), answer.events)
    return c.json({ events: answer.events.map(shown), waits }, answer.repeated ? 200 : 201)
  })

  app.all(COMMAND_PATH, async c => {
    await requireOperator(c, house)
    throw new Problem(405, 'MethodNotAllowed', '命令只能用 POST 提交；记过的账不能改、不能删。', {
      headers: { Allow: 'POST' },
    })
  })
}

function place(c: Context): { coop: string; name: string } {
  const coop = c.req.param('coop') ?? ''
  const name = c.req.param('command') ?? ''
  if (!key.safeParse(coop).success) throw notFound('CoopUnknown', '组织编号只能用字母、数字、汉字和短横。')
  if (!isCommand(name)) throw notFound('CommandUnknown', '没有这个命令，请看 /api/openapi.json。')
  return { coop, name }
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

/** The id a caller gives one submission; 400 without one. */
export function idempotencyKey(c: Context): string {
  const given = c.req.header('idempotency-key')
  if (given !== undefined && KEY.test(given)) return given
  throw new Problem(
    400,
    'IdempotencyKeyMissing',
    '请在 Idempotency-Key 头里给这一次提交一个编号（不超过 100 个字母、数字）。',
  )
}

// Ciphertext is for the log alone: whoever asks sees the code it belongs to.
function shown({ type, revision, hash, recordedAt, data }: Fact): Record<string, unknown> {
  const kept = Object.entries(data).filter(([name]) => !SEALED.includes(name))
  return { type, revision, hash, recordedAt, data: Object.fromEntries(kept) }
}
