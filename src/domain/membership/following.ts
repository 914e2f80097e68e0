/**
 * What a change of a programme means for each of its people: closed or open again, a leader who is gone, a coach who has
 * joined. The programme counts such changes and a journey says how many it has followed, so that nobody is left behind and
 * nobody is asked twice.
 */
import { coachesToAccept } from '../access.ts'
import type { Journey } from '../journey.ts'
import type { Promised } from '../notices.ts'
import type { Programme } from '../programme.ts'
import type { Follow } from '../tasks.ts'
import { askToAccept } from './coaches.ts'
import { followProgramme } from './consent.ts'
import { withoutGoneLeader } from './leaders.ts'

/** The change, counted when it means something for its people; and then the work that this is. */
export function counted(before: Programme, after: Programme): { programme: Programme; tasks: readonly Follow[] } {
  if (!concernsPeople(before, after)) return { programme: after, tasks: [] }
  const no = (before.changeNo ?? 0) + 1
  return { programme: { ...after, changeNo: no }, tasks: [{ task: 'follow', programme: after.programme, no }] }
}

function concernsPeople(before: Programme, after: Programme): boolean {
  const gone = before.leaders.some(({ person }) => !after.leaders.some(each => each.person === person))
  const come = after.coaches.some(
    ({ person, since }) => !before.coaches.some(each => each.person === person && each.since === since),
  )
  return gone || come || before.closedAt !== after.closedAt
}

export function isBehind(journey: Journey, programme: Programme): boolean {
  return (journey.follows ?? 0) < (programme.changeNo ?? 0)
}

/** The journey as its programme is now, and what its participant is asked. Done twice it changes and asks nothing more. */
export function followed(journey: Journey, programme: Programme): { journey: Journey; notices: readonly Promised[] } {
  const now = withoutGoneLeader(followProgramme(journey, programme), programme)
  const { askedCoaches = [] } = now
  const news = programme.closedAt
    ? []
    : coachesToAccept(programme, now).filter(
        ({ person, since }) => !askedCoaches.some(each => each.coach === person && each.since === since),
      )
  const asked = news.map(({ person, since }) => ({ coach: person, since }))
  const notices = news.flatMap(({ person }) => askToAccept(now, programme, person))
  return {
    journey: {
      ...now,
      follows: programme.changeNo ?? 0,
      ...(asked.length > 0 && { askedCoaches: [...askedCoaches, ...asked] }),
    },
    // Those who joined in one moment are in one letter.
    notices: notices.filter(({ no }, index) => notices.findIndex(each => each.no === no) === index),
  }
}
