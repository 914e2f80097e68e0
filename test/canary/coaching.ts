/** What a coach types to run the programme: a canary in every field, none of which is for anybody else. */
import { pressing } from './others.ts'
import type { Town } from './town.ts'

export async function coachTypes(town: Town): Promise<void> {
  const { gates, words, actor, people } = town
  const carla = actor('Carla')
  const back = (name: string) => words.word(`Carla${name}`, 'givenBack')
  const sent = (name: string) => words.word(`Carla${name}`, 'sent')
  const presses = {
    leadersForm: { counts: true, people: sent('FormLeader'), ids: back('FormLeaderIds') },
    coachesForm: { counts: true, people: sent('FormCoach'), ids: back('FormCoachIds') },
    addLeader: { people: sent('PickedLeader'), ids: back('LeaderIds') },
    invite: { people: sent('PickedPerson'), ids: back('PersonIds'), leader: sent('TheirLeader') },
    removeLeader: { leader: sent('GoneLeader') },
    addCoach: { people: sent('PickedCoach'), ids: back('CoachIds') },
    removeCoach: { coach: sent('GoneCoach') },
    newCode: { code: 'participant', places: sent('Places') },
    moveLeader: { person: people.Anna.id, leader: sent('MovedLeader') },
    extendFor: { person: people.Anna.id, lastDay: sent('LastDay') },
  }
  const programme = words.word('SpringId')
  for (const [verb, data] of Object.entries(presses)) {
    await gates.main.postAs(pressing(carla, verb, { programme, ...data }))
  }
  await gates.main.postAs(pressing(carla, 'join', { code: back('Code') }))
  await carla.say(`nudge ${sent('NudgedName')}`)
}
