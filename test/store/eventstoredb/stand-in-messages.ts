import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { Metadata, status } from '@grpc/grpc-js'
import type { Expected, HeldEvent, ProposedEvent, Verdict } from './stand-in-log.ts'

const { Empty, StreamIdentifier, UUID } = shared
const { AppendResp, ReadResp } = streams

type AppendReq = InstanceType<typeof streams.AppendReq>
type AppendOptions = NonNullable<ReturnType<AppendReq['getOptions']>>
type ReadOptions = InstanceType<typeof streams.ReadReq.Options>

/** An error as gRPC carries it, with the trailers by which the client knows it. */
export type CallError = { readonly code: number; readonly details: string; readonly metadata: Metadata }

/** A stream's name in a request. */
export function nameIn(holder: { getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } | undefined }): string {
  return Buffer.from(holder.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8')
}

/** What an append's header expects of the stream. */
export function expectedIn(options: AppendOptions): Expected {
  if (options.hasNoStream()) return 'none'
  if (options.hasAny()) return 'any'
  if (options.hasStreamExists()) return 'exists'
  return Number(options.getRevision())
}

/** A proposed event; an error where the server wants metadata that is not there. */
export function proposedIn(request: AppendReq): ProposedEvent | CallError {
  const message = request.getProposedMessage()
  const fields = message?.getMetadataMap()
  const type = fields?.get('type')
  const contentType = fields?.get('content-type')
  const id = message?.getId()?.getString()
  if (!message || !type || !contentType || !id) {
    return callError(status.INVALID_ARGUMENT, "Required Metadata Property 'type' is missing", {
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    })
  }
  return { id, type, contentType, data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8() }
}

/** The answer to an append. */
export function appendAnswer(
  stream: string,
  expected: Expected,
  verdict: Verdict,
): InstanceType<typeof AppendResp> | CallError {
  if (verdict.verdict === 'tooLarge') return callErrors.tooLarge(verdict.limit)
  if (verdict.verdict === 'deleted') return callErrors.deleted(stream)
  const answer = new AppendResp()
  if (verdict.verdict === 'stored') {
    const position = new AppendResp.Position()
    position.setCommitPosition(String(verdict.position)).setPreparePosition(String(verdict.position))
    const success = new AppendResp.Success()
    return answer.setSuccess(success.setCurrentRevision(String(verdict.revision)).setPosition(position))
  }
  const wrong = new AppendResp.WrongExpectedVersion()
  if (verdict.actual < 0) wrong.setCurrentNoStream(new Empty())
  else wrong.setCurrentRevision(String(verdict.actual))
  if (expected === 'none') wrong.setExpectedNoStream(new Empty())
  else if (expected === 'any') wrong.setExpectedAny(new Empty())
  else if (expected === 'exists') wrong.setExpectedStreamExists(new Empty())
  else wrong.setExpectedRevision(String(expected))
  return answer.setWrongExpectedVersion(wrong)
}

/** A stored event on its way to a reader. */
export function eventAnswer(event: HeldEvent): InstanceType<typeof ReadResp> {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
  const id = new UUID()
  id.setString(event.id)
  const name = new StreamIdentifier()
  name.setStreamName(Buffer.from(event.stream))
  recorded.setId(id).setStreamIdentifier(name).setStreamRevision(String(event.revision))
  recorded.setCommitPosition(String(event.position)).setPreparePosition(String(event.position))
  recorded.setData(event.data).setCustomMetadata(event.metadata)
  recorded.getMetadataMap().set('type', event.type).set('content-type', event.contentType).set('created', '0')
  const read = new ReadResp.ReadEvent()
  return new ReadResp().setEvent(read.setEvent(recorded).setCommitPosition(String(event.position)))
}

export const readAnswers = {
  notFound: (name: string) => {
    const identifier = new StreamIdentifier()
    identifier.setStreamName(Buffer.from(name))
    return new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifier))
  },
  confirmation: () => new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId('s')),
  caughtUp: () => new ReadResp().setCaughtUp(new ReadResp.CaughtUp()),
  checkpoint: (position: number) => {
    const checkpoint = new ReadResp.Checkpoint()
    return new ReadResp().setCheckpoint(
      checkpoint.setCommitPosition(String(position)).setPreparePosition(String(position)),
    )
  },
}

/** The position a read or subscription of `$all` names; 0 for the start. */
export function positionIn(options: ReadOptions): number {
  const all = options.getAll()
  return all?.hasPosition() ? Number(all.getPosition()?.getCommitPosition()) : 0
}

/** The stream-name prefixes a subscription's filter lets through; none without a filter. */
export function prefixesIn(options: ReadOptions): string[] | undefined {
  return options.getFilter()?.getStreamIdentifier()?.getPrefixList()
}

/** The errors of a 23.10 server that a client of streams may meet. */
export const callErrors = {
  tooLarge: (limit: number) =>
    callError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit),
    }),
  deleted: (stream: string) =>
    callError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': stream,
    }),
  accessDenied: () => callError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  unauthenticated: () => callError(status.UNAUTHENTICATED, 'Unauthenticated'),
  notLeader: (port: number) =>
    callError(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': String(port),
    }),
  notReady: () => callError(status.UNAVAILABLE, 'Server Is Not Ready'),
  tooBusy: () => callError(status.UNAVAILABLE, 'Server Is Too Busy'),
  noLeader: () => callError(status.UNKNOWN, 'No leader info available in response'),
  timeout: () => callError(status.ABORTED, 'Operation timed out: Commit phase timeout.'),
  readerTooSlow: () =>
    callError(
      status.ABORTED,
      'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
    ),
  unknown: () => callError(status.UNKNOWN, 'Unexpected OperationResult: 99'),
  nowhere: () => callError(status.UNKNOWN, 'Unexpected ReadAllResult: Error'),
  thrown: () => callError(status.UNKNOWN, 'Exception was thrown by handler.'),
  unavailable: () => callError(status.UNAVAILABLE, 'Connection dropped'),
  cancelled: () => callError(status.CANCELLED, 'Call cancelled'),
} as const

function callError(code: number, details: string, trailers: Record<string, string> = {}): CallError {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value)
  return { code, details, metadata }
}
