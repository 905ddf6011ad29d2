import { fenOf, must } from './facts.ts'
import type { CoopModel } from './model.ts'
import type { World } from './world.ts'

type Balance = { account: string; closing: string }
type FundRow = { fund: string; opening: string; received: string; spent: string; closing: string }

/** What the read models answer over HTTP is what the model adds up: accounts, funds and what is owed to persons. */
export async function checkViews(world: World, coop: string, model: CoopModel): Promise<void> {
  const shown = await world.see<Balance[]>(coop, '/trial-balance?period=2025')
  const accounts = new Set(model.entries.flatMap(({ account }) => [account, account.slice(0, 3)]))
  for (const account of accounts) {
    const closing = shown.find(each => each.account === account)?.closing
    must(fenOf(closing) === model.balance(account), `the trial balance of ${coop} is the log's: ${account} ${closing}`)
  }
  must(
    shown.every(({ account }) => accounts.has(account)),
    `the trial balance of ${coop} has no other accounts`,
  )
  await checkFunds(world, coop, model)
  await checkOwed(world, coop, model)
}

async function checkFunds(world: World, coop: string, model: CoopModel): Promise<void> {
  const rows = await world.see<FundRow[]>(coop, '/funds?period=2025')
  must(rows.length === model.funds.length, `every fund of ${coop} is shown`)
  for (const { fund, account } of model.funds) {
    const row = rows.find(each => each.fund === fund)
    must(fenOf(row?.closing) === -model.balance(account, fund), `fund ${fund} of ${coop} has what the log says`)
    const left = fenOf(row?.opening) + fenOf(row?.received) - fenOf(row?.spent)
    must(left === fenOf(row?.closing), `opening + received - spent = closing: ${fund} of ${coop}`)
  }
}

// The control accounts are the sum of what each person is owed.
async function checkOwed(world: World, coop: string, model: CoopModel): Promise<void> {
  const { total } = await world.see<{ total: string }>(coop, '/payables')
  const open = model.claims.open()
  must(fenOf(total) === open, `what ${coop} owes is the sum of its claims: ${total}`)
  const heads = ['分红', '津贴', '奖学助学', '救助', '补助'].flatMap(what => [`113-${what}`, `211-${what}`])
  const booked = heads.reduce((sum, account) => sum - model.balance(account), 0)
  must(booked === open, `the books of ${coop} owe persons what their claims are`)
}
