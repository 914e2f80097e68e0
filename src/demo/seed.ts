/** The programme the demo begins with: one participant invited, one master coach, one team leader. */
import { DateTime } from 'luxon'
import { currentQuestionSet } from '../domain/logs/questions.ts'
import { invite } from '../domain/membership/consent.ts'
import { newProfile, type Profile, type Role, withMembership } from '../domain/profile.ts'
import type { Programme } from '../domain/programme.ts'
import type { Instant, Language } from '../domain/values.ts'
import { document, keys } from '../store/documents.ts'
import type { Store, Write } from '../store/store.ts'
import { anna, carla, leo } from './people.ts'
import type { Person } from './playground.ts'

const programmeId = 'demo'
const names: Record<Language, string> = { en: 'Coaching Master Class', 'zh-CN': '教练大师班' }

/** Seeds an empty store. A store that was seeded before is left as it is; true when something was written. */
export async function seed(store: Store, language: Language, now: Instant): Promise<boolean> {
  if (await store.get(keys.programme(programmeId))) return false
  const zone = anna.timeZone
  // Two weeks ago, so that sessions held last week lie inside the window.
  const startDate = DateTime.fromISO(now, { zone }).minus({ days: 14 }).toISODate() ?? now.slice(0, 10)
  const programme: Programme = {
    programme: programmeId,
    name: names[language],
    language,
    zone,
    startDate,
    weeks: 6,
    maxSessions: 5,
    questionSet: currentQuestionSet,
    coaches: [{ person: carla.id, name: carla.name, since: now }],
    leaders: [{ person: leo.id, name: leo.name }],
  }
  const journey = invite(programme, anna.id, anna.name, leo.id, now)
  const profileOf = ({ id, name }: Person, role: Role): Profile => ({
    ...withMembership(newProfile(id, name), { programme: programmeId, role }),
    language,
  })
  const profiles = [profileOf(anna, 'participant'), profileOf(carla, 'coach'), profileOf(leo, 'leader')]
  for (const profile of profiles)
    await write(store, [{ op: 'put', doc: document(keys.profile(profile.person), profile) }])
  // Last, since its presence says that the seed is complete.
  await write(store, [
    { op: 'put', doc: document(keys.journey(programmeId, anna.id), journey) },
    { op: 'create', doc: document(keys.programme(programmeId), programme) },
  ])
  return true
}

async function write(store: Store, writes: readonly [Write & { op: 'put' }, ...Write[]]): Promise<void> {
  const committed = await store.commit(writes[0].doc.pk, writes)
  if (!committed.ok)
    throw new Error(`The demo's data could not be written (${committed.conflict}); start with --fresh.`)
}
