/** What is known of a person; it exists in the clear only in the vault and at the moment of rendering or searching. */
export interface PersonDetails {
  readonly name: string
  /** Citizen's number of 18 digits (GB 11643); finds the person again. */
  readonly idNumber?: string
  readonly bankAccount?: string
  /** Kept under the sensitive key, the others under the identity key. */
  readonly phone?: string
}

/** The answer for a person whose identity key is gone, or whom this vault never knew. */
export interface Forgotten {
  readonly forgotten: true
}

/** A person's details as an event carries them. */
export interface SealedDetails {
  /** Name, ID number and bank account. */
  readonly identity: string
  /** Phone; absent when none was given. */
  readonly sensitive?: string
}

export interface Enrolled extends SealedDetails {
  /** 成员码, one a person and ledger: `M00012`. */
  readonly code: string
  /** Whether the person had a code before this call. */
  readonly existed: boolean
}

/** The ledger's store of personal data: keys outside the log, so that destroying one breaks no chain. */
export interface Vault {
  /**
   * Finds the person by ID number or gives a new code, and seals the details for an event. A new person resolves at once
   * (harmless if the event never comes); of a known one nothing changes before `absorb`.
   */
  enrol(details: PersonDetails): Enrolled
  /** Seals changed details of a known person for an event; the vault goes on answering the old ones until `absorb`. */
  reseal(code: string, details: PersonDetails): SealedDetails
  /** Seals free text about a person (a reason for relief) under the sensitive key. */
  sealText(code: string, text: string): string
  /** Opens what `sealText` made; throws VaultError `PersonForgotten` once the key is gone. */
  openText(code: string, sealed: string): string
  resolve(code: string): PersonDetails | Forgotten
  /** Every code asked for is in the map. */
  resolveMany(codes: readonly string[]): Map<string, PersonDetails | Forgotten>
  /**
   * Takes up the details sealed in an event, to be called once it is recorded: a refused command must not change a bank
   * account. What they do not name stays; nothing happens for a destroyed key.
   */
  absorb(code: string, identity: string, sensitive?: string): void
  /** Forgets phone and every sealed text, at once and for good. */
  destroySensitive(code: string): void
  /** Forgets the person wholly, sensitive data included; to be used after the retention period. */
  destroyIdentity(code: string): void
  /** HMAC-SHA-256 (hex) of a command's input under the ledger's key. */
  inputHash(text: string): string
  /** Codes of the persons whose name contains the text, at most 100, in the order of enrolment. */
  findByName(text: string): string[]
  findById(idNumber: string): string | undefined
  /** Runs many calls in one transaction: all of them or none. */
  batch<T>(work: () => T): T
}

export type VaultErrorCode = 'InvalidIdNumber' | 'InvalidPerson' | 'PersonForgotten' | 'UnknownPerson' | 'SealBroken'

/** What the vault refuses, with a code for programs and a sentence for people that names no personal data. */
export class VaultError extends Error {
  readonly code: VaultErrorCode

  constructor(code: VaultErrorCode, message: string) {
    super(message)
    this.name = 'VaultError'
    this.code = code
  }
}

/** Narrows the answer of `resolve`. */
export function isForgotten(person: PersonDetails | Forgotten): person is Forgotten {
  return 'forgotten' in person
}
