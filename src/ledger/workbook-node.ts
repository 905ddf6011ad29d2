import { Worker } from 'node:worker_threads'
import { BadWorkbook, type Sheet } from './workbook.ts'
import { checkArchive } from './workbook-zip.ts'

type Told = { sheets: Sheet[] } | { fault: string | undefined }
/** What opening a workbook may cost: seconds, and megabytes of heap. */
export type Limits = { seconds: number; megabytes: number }

const LIMITS: Limits = { seconds: 20, megabytes: 256 }
const TOO_LARGE = '工作簿太大或太复杂，读取超出了限制；请只留要导入的表，另存后再试。'

/**
 * Reads a workbook of unknown origin: its archive is checked first, then it is opened in a thread of its own with capped
 * memory and time. Throws BadWorkbook with a sentence for people.
 */
export async function readWorkbook(bytes: Uint8Array, limits = LIMITS): Promise<Sheet[]> {
  checkArchive(bytes)
  const told = await inThread(bytes, limits)
  if ('sheets' in told) return told.sheets
  throw new BadWorkbook(told.fault ?? '工作簿读不出来，可能已损坏；请在 Excel 里打开后另存为 .xlsx。')
}

function inThread(workerData: Uint8Array, { seconds, megabytes }: Limits): Promise<Told> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
  })
  return new Promise<Told>((resolve, reject) => {
    const late = setTimeout(() => reject(new BadWorkbook(TOO_LARGE)), seconds * 1000)
    worker.once('message', resolve)
    worker.once('error', (error: Error & { code?: string }) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new BadWorkbook(TOO_LARGE) : error),
    )
    worker.once('exit', () => reject(new BadWorkbook(TOO_LARGE)))
    worker.once('exit', () => clearTimeout(late))
  }).finally(() => worker.terminate())
}
