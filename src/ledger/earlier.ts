import type { Codec } from '../store/codec.ts'
import type { EventStore, NewEvent } from '../store/port.ts'
import type { Answer, Fact, Request } from './request.ts'

/** The answer to a command whose id was given before with another input. */
export const REUSED: Answer = {
  refusal: { code: 'CommandIdReused', message: '这个命令编号已经用于另一项内容，请换一个编号再提交。' },
}

type Ports = {
  store: Pick<EventStore, 'findCommand'>
  codec: Codec
  inputHash: (request: Request) => string
  /** Whether commands given together may have been stored in part. */
  inParts: boolean
}

/** The first answers to commands that were given before, from the log, and the commands that were not. */
export async function earlierAnswers(
  { store, codec, inputHash, inParts }: Ports,
  stream: string,
  requests: readonly Request[],
): Promise<{ answers: Answer[]; left: readonly Request[] }> {
  const answers: Answer[] = []
  const found = await Promise.all(requests.map(({ commandId }) => store.findCommand(stream, commandId)))
  if (found.every(events => events.length === 0)) return { answers, left: requests }
  for (const [index, request] of requests.entries()) {
    const events = found[index]!
    if (events.length === 0 && inParts) return { answers, left: requests.slice(index) }
    if (events.length === 0 || events[0]!.inputHash !== inputHash(request)) return { answers: [REUSED], left: [] }
    const facts = events.map(event => factOf({ ...event, payload: codec.decode(event) }))
    answers.push({ events: facts, repeated: true })
  }
  return { answers, left: [] }
}

/** An event as answers give it. */
export function factOf({
  type,
  payload,
  revision,
  hash,
  recordedAt,
}: Pick<NewEvent, 'type' | 'payload' | 'revision' | 'hash' | 'recordedAt'>): Fact {
  return { type, data: payload, revision, hash, recordedAt } as Fact
}
