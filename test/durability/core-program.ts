import { writeSync } from 'node:fs'
import { type Fault, runCore } from './core.ts'

// A process of its own that a test kills: `core-program.ts DIRECTORY [FAULT]` writes each acknowledged command id as a line.
const [, , directory = '', fault] = process.argv
await runCore(directory, commandId => writeSync(1, `${commandId}\n`), fault as Fault | undefined)
