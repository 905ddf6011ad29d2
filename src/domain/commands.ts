import { bankCommands } from './bank/commands.ts'
import { budgetCommands } from './books/budget-commands.ts'
import { booksCommands } from './books/commands.ts'
import { handoverCommands } from './books/handover-commands.ts'
import { openingCommands } from './books/opening-commands.ts'
import { taxCommands } from './books/tax-commands.ts'
import { cashCommands } from './cash/commands.ts'
import type { CommandSpec } from './command.ts'
import { distributionCommands } from './distribution/commands.ts'
import { fundsCommands } from './funds/commands.ts'
import { governanceCommands } from './governance/commands.ts'
import { paymentCommands } from './payments/commands.ts'
import { programmeCommands } from './programmes/commands.ts'
import { cardCommands } from './property/card-commands.ts'
import { propertyCommands } from './property/commands.ts'
import { registerCommands } from './register/commands.ts'

const specs = {
  ...governanceCommands,
  ...booksCommands,
  ...openingCommands,
  ...handoverCommands,
  ...taxCommands,
  ...budgetCommands,
  ...bankCommands,
  ...cashCommands,
  ...registerCommands,
  ...propertyCommands,
  ...cardCommands,
  ...fundsCommands,
  ...programmeCommands,
  ...distributionCommands,
  ...paymentCommands,
}

export type CommandName = keyof typeof specs

/** Every command of a co-op's ledger by name, the same list on the command line, over HTTP and in the OpenAPI document. */
export const commands: Record<CommandName, CommandSpec> = specs
