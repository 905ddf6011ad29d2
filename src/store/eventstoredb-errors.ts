import {
  AccessDeniedError,
  convertToCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import { StoreError, TooLarge, Unavailable, Unreadable } from './errors.ts'

/** What a failed append leaves behind: nothing for sure, a stream that moved on, or nobody knows. */
export type AppendFailure =
  | { readonly kind: 'refused'; readonly error: StoreError }
  | { readonly kind: 'moved'; readonly actual: number }
  | { readonly kind: 'notSent'; readonly cause: unknown }
  | { readonly kind: 'unknown'; readonly cause: unknown }

/** Sorts the error of an append of `size` payload bytes. */
export function appendFailure(stream: string, size: number, error: unknown): AppendFailure {
  const known = commandError(error)
  if (known instanceof StoreError) return { kind: 'refused', error: known }
  if (known instanceof WrongExpectedVersionError) {
    return { kind: 'moved', actual: typeof known.actualVersion === 'bigint' ? Number(known.actualVersion) : -1 }
  }
  if (known instanceof MaxAppendSizeExceededError) {
    return { kind: 'refused', error: new TooLarge(size, known.maxAppendSize, 'bytes') }
  }
  if (known instanceof StreamDeletedError) return { kind: 'refused', error: deleted(stream, known) }
  if (known instanceof AccessDeniedError) return { kind: 'refused', error: new Unavailable(known) }
  if (known instanceof NotLeaderError || wasNotSent(known)) return { kind: 'notSent', cause: known }
  // A deadline, a broken connection, the server's own time-out: it may have been stored before or be stored yet.
  return { kind: 'unknown', cause: known }
}

/** The error of a read as a store's error; undefined when it only says that the stream does not exist. */
export function readFailure(stream: string, error: unknown): StoreError | undefined {
  const known = commandError(error)
  if (known instanceof StreamNotFoundError) return undefined
  if (known instanceof StoreError) return known
  if (known instanceof StreamDeletedError) return deleted(stream, known)
  return new Unavailable(known)
}

/** Refusals of the server that say it never began, and failures before a connection was there to send on. */
const notSent =
  /Server Is Not Ready|Server Is Too Busy|No connection established|No leader info available|Channel closed before call started|Name resolution failed|Failed to discover/

function wasNotSent(error: unknown): boolean {
  return error instanceof Error && notSent.test(error.message)
}

function deleted(stream: string, cause: Error): Unreadable {
  return new Unreadable(stream, '流已在服务器上被删除（the stream was deleted on the server）', cause)
}

// The client hands some errors on as gRPC gave them.
function commandError(error: unknown): unknown {
  return error instanceof Error && !(error instanceof StoreError) ? convertToCommandError(error) : error
}
