import { createTestHarness } from 'wrangler'
import { CODE } from '../http/house.ts'

type Init = { method?: string; headers?: Record<string, string>; body?: string; redirect?: 'manual' }
export type Answer = { status: number; headers: Headers; bytes: Uint8Array; json(): Body }
type Body = {
  code?: string
  article?: string
  data?: unknown
  events?: { type: string; revision: number; hash: string; data: Record<string, unknown> }[]
}

/** Where the Worker believes to be found. */
export const ORIGIN = 'https://ledger.example.cn'

/** The product's own Worker in the local platform, with an access code as its secret. */
export const workerWith = (code: string) =>
  createTestHarness({ workers: [{ configPath: './wrangler.toml', secrets: { ACCESS_CODE: code, ORIGIN } }] })

/** The Worker of the running test file, with the code that the tests know. */
export const server = workerWith(CODE)

/** Asks the Worker as the operator's program does; the body is read to its end. */
export async function ask(path: string, { headers = {}, ...init }: Init = {}): Promise<Answer> {
  const authorization = `Bearer ${CODE}`
  const response = (await server.fetch(path, {
    ...init,
    headers: { authorization, ...headers },
  })) as unknown as Response
  const bytes = new Uint8Array(await response.arrayBuffer())
  const json = () => JSON.parse(new TextDecoder().decode(bytes)) as Body
  return { status: response.status, headers: response.headers, bytes, json }
}

/** Posts a command to a co-op under a key. */
export function tell(coop: string, name: string, body: unknown, key: string, headers = {}): Promise<Answer> {
  return ask(`/api/coops/${coop}/commands/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    body: JSON.stringify(body),
  })
}

/** Gives commands in order, and has the officer approve at once what then waits; the answers with the keys they came under. */
export async function tellAll(
  coop: string,
  told: readonly (readonly [name: string, body: unknown])[],
  prefix: string,
): Promise<{ key: string; name: string; answer: Answer }[]> {
  const chair = told.find(([name]) => name === 'AppointOfficer')?.[1] as { person: string } | undefined
  const given: { key: string; name: string; answer: Answer }[] = []
  const give = async (name: string, body: unknown, key: string) => {
    const answer = await tell(coop, name, body, key)
    given.push({ key, name, answer })
    return answer
  }
  for (const [index, [name, body]] of told.entries()) {
    const [waiting] = (await give(name, body, `${prefix}-${index}`)).json().events ?? []
    if (waiting?.type !== 'CommandSubmitted' || !chair) continue
    await give('ApproveCommand', { id: waiting.data.id, officer: chair.person }, `${prefix}-${index}-review`)
  }
  return given
}

/** Everything that lies in a co-op's object, by a query of its own. */
export const lookInto = (coop: string, query: string) => inside('COOP', coop, query)

/** The same of the object of what the co-ops share. */
export const lookIntoDirectory = (query: string) => inside('DIRECTORY', 'directory', query)

async function inside(binding: string, name: string, query: string): Promise<Record<string, unknown>[]> {
  const storage = await server.getWorker().getDurableObjectStorage(binding, { name })
  return (await storage.exec(query)) as Record<string, unknown>[]
}
