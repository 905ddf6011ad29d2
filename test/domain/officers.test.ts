import { describe, test } from 'vitest'
import { given } from '../support/coop.ts'
import { ready } from '../support/stories.ts'

describe('officers', () => {
  const supervisor = { person: 'M00009', role: '监事', from: '2025-02-01' }

  test('who direct or keep the books, and their near relatives, do not supervise (农集法 art. 34)', () => {
    given(ready)
      .when('AppointOfficer', { ...supervisor, person: 'M00004' })
      .refused('OfficerConflict', 'art. 34')
    given(ready)
      .when('AppointOfficer', { ...supervisor, person: 'M00008' })
      .refused('OfficerConflict', 'art. 34')
    given(ready, ['DeclareKinship', { person: 'M00004', relative: 'M00009', relation: '夫妻' }])
      .when('AppointOfficer', supervisor)
      .refused('OfficerConflict', 'art. 34')
    given(ready).when('AppointOfficer', supervisor).makes('OfficerAppointed')
  })

  test('are persons of the register, appointed once', () => {
    given(ready)
      .when('AppointOfficer', { ...supervisor, person: 'M99999' })
      .refused('PersonUnknown')
    given(ready, ['AppointOfficer', supervisor]).when('AppointOfficer', supervisor).refused('AlreadyOfficer')
    given(ready)
      .when('RemoveOfficer', { person: 'M00009', role: '监事', on: '2025-02-01', reason: '辞职' })
      .refused('NotOfficer')
  })
})
