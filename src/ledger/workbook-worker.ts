import { parentPort, workerData } from 'node:worker_threads'
import { BadWorkbook } from './workbook.ts'
import { parseWorkbook } from './workbook-parse.ts'
import { checkSizes } from './workbook-zip.ts'

// The thread in which a stranger's workbook is opened; workbook-node.ts limits its memory and its time.
try {
  const bytes = workerData as Uint8Array
  checkSizes(bytes)
  parentPort?.postMessage({ sheets: await parseWorkbook(bytes) })
} catch (error) {
  parentPort?.postMessage({ fault: error instanceof BadWorkbook ? error.message : undefined })
}
