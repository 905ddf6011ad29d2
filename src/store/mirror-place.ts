import { pause } from './eventstoredb-follow.ts'
import type { MirrorHead } from './mirror-heads.ts'
import type { EventStore, RecordedEvent } from './port.ts'

/** The server's log is not the one that was mirrored, or no longer reaches as far. */
export class MirrorRefused extends Error {
  readonly code: 'OtherLog' | 'ServerBehind'

  constructor(code: MirrorRefused['code'], message: string) {
    super(message)
    this.name = 'MirrorRefused'
    this.code = code
  }
}

const looks = 3
const betweenLooks = 300

/**
 * Checks that the last event mirrored is on the server where it was: a subscription after a place that the server does not
 * have simply says that nothing is new. Throws MirrorRefused; rejects with Unavailable when the server cannot say.
 */
export async function checkPlace(
  remote: Pick<EventStore, 'read'>,
  last: MirrorHead & { readonly stream: string },
): Promise<void> {
  const where = `${last.stream} 第 ${last.revision} 号`
  for (let look = 1; look <= looks; look++) {
    const event = await eventAt(remote, last.stream, last.revision)
    if (event && event.hash === last.hash && event.position === last.position) return
    if (event) {
      throw new MirrorRefused(
        'OtherLog',
        `EVENTSTORE_URL 的服务器是另一本账：那里的 ${where}与本目录的不同。请核对网址；如果是新建的服务器，请用一个空目录重新开始。`,
      )
    }
    // A node of a cluster that only just came back may not have everything yet.
    if (look < looks) await pause(betweenLooks)
  }
  throw new MirrorRefused(
    'ServerBehind',
    `服务器上的账本落后于本目录：${where}已不在服务器上，可能恢复了旧的备份。请先保存好本目录，再恢复服务器较新的备份；` +
      '确认服务器无误，则用一个空目录重新开始。',
  )
}

async function eventAt(
  remote: Pick<EventStore, 'read'>,
  stream: string,
  revision: number,
): Promise<RecordedEvent | undefined> {
  for await (const event of remote.read(stream, { from: revision, limit: 1 })) return event
  return undefined
}
