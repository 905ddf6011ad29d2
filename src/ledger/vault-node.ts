import { Unavailable } from '../store/errors.ts'
import type { Enrolled, PersonDetails, Vault } from './vault.ts'
import type { VaultReplica } from './vault-replica.ts'
import { openVault, type VaultPorts, type VaultSql } from './vault-sqlite.ts'

/**
 * The vault of one node among several: it enrols only whom the nodes have agreed on before. Who has an ID number is found
 * by it; who has none gets a reserved code.
 */
export function openNodeVault(sql: VaultSql, replica: VaultReplica, ports: Omit<VaultPorts, 'numberOf'>): Vault {
  const inner = openVault(sql, { ...ports, numberOf: unprepared })
  const enrolNameless = (details: PersonDetails): Enrolled =>
    inner.batch(() => {
      const code = replica.take() ?? unprepared()
      return { code, existed: false, ...inner.reseal(code, details) }
    })
  return {
    enrol: details => (details.idNumber === undefined ? enrolNameless(details) : inner.enrol(details)),
    reseal: (code, details) => inner.reseal(code, details),
    sealText: (code, text) => inner.sealText(code, text),
    openText: (code, sealed) => inner.openText(code, sealed),
    resolve: code => inner.resolve(code),
    resolveMany: codes => inner.resolveMany(codes),
    absorb: (code, identity, sensitive) => inner.absorb(code, identity, sensitive),
    destroySensitive: code => inner.destroySensitive(code),
    destroyIdentity: code => inner.destroyIdentity(code),
    inputHash: text => inner.inputHash(text),
    findByName: text => inner.findByName(text),
    findById: idNumber => inner.findById(idNumber),
    batch: work => inner.batch(work),
  }
}

function unprepared(): never {
  throw new Unavailable('a person was not prepared on the shared vault')
}
