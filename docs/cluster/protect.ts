import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'

/**
 * `node docs/cluster/protect.ts USER [PREFIX]`, ADMIN_URL in the environment: gives a ledger's server to its user alone.
 * Again after a new co-op was opened: its stream, too, is then one that only an administrator can delete or truncate.
 */
const [user, prefix = ''] = process.argv.slice(2)
const url = process.env.ADMIN_URL
const login = /\/\/([^:@/]+):([^@/]+)@/.exec(url ?? '')
if (!user || !url || !login) {
  console.error('ADMIN_URL=esdb://admin:…@… node docs/cluster/protect.ts USER [PREFIX]')
  process.exit(1)
}
const [, username = '', password = ''] = login
const credentials = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
const client = EventStoreDBClient.connectionString(url)

// Every stream of users: read, written and deleted by the ledger's user; administrators may always do everything.
const acl = { $r: user, $w: user, $d: user, $mr: user, $mw: user }
const byDefault = jsonEvent({ type: 'update-default-acl', data: { $userStreamAcl: acl } })
await client.appendToStream('$settings', byDefault, { credentials })
await client.setStreamMetadata('$all', { acl: { readRoles: ['$admins', user] } }, { credentials })

// The chained streams, whose events hold one another: nobody but an administrator can take from them.
const chained = prefix === '' ? ['coop-', 'ledger'] : [prefix]
const streams = new Set<string>()
for await (const { event } of client.readAll({ credentials })) {
  if (event && chained.some(each => event.streamId.startsWith(each))) streams.add(event.streamId)
}
const guarded = { acl: { deleteRoles: ['$admins'], metaWriteRoles: ['$admins'] } }
for (const stream of streams) await client.setStreamMetadata(stream, guarded, { credentials })
console.log(`${user}：其他用户不能读写；${streams.size} 个账本流只有管理员能删除或截断`)
process.exit()
