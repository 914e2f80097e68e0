/** A coach imports a team: asked, done, and not to be done. */
import { type Fates, type Headcount, noFates, type RosterNews } from '../../domain/import-counts.ts'
import { refusalText } from '../texts.ts'
import { enrolCard } from '../views/team-import/enrol.ts'
import type { Draw, Row } from './row.ts'

const seen: Headcount = { people: 1200, guests: 25, others: 3 }
const fates: Fates = { invited: 1180, already: 12, removed: 2, saidNo: 3, blocked: 1, guest: 25, other: 3, later: 4 }

/** @param offers how many programmes the coach may choose from. */
function enrol(news: RosterNews, offers = 1, no = false): Draw {
  return (reader, { programme }) => {
    const of = (each: number) => ({
      programme: each === 0 ? programme.programme : `other-${each}`,
      name: programme.name,
    })
    const all = Array.from({ length: offers }, (_, each) => ({ ...of(each), people: each * 12, guests: each % 2 }))
    return enrolCard(reader, {
      programme,
      news: news.news === 'asks' ? { ...news, offers: all } : news,
      ...(no && {
        chosen: { into: 'other-1', guests: true },
        alert: { tone: 'attention', text: refusalText(reader.language, 'invitedEnough', { limit: 30 }) },
      }),
    })
  }
}

export const enrolSamples: readonly Row[] = [
  {
    name: 'enrol',
    samples: {
      asks: enrol({ news: 'asks', no: 'team-1', seen, offers: [] }, 1),
      several: enrol({ news: 'asks', no: 'team-1', seen: { ...seen, guests: 0, others: 0 }, offers: [] }, 10),
      refused: enrol({ news: 'asks', no: 'team-1', seen, offers: [] }, 2, true),
      done: enrol({ news: 'done', fates }),
      doneNobody: enrol({ news: 'done', fates: { ...noFates, already: 12 } }),
      notThere: enrol({ news: 'failed', why: 'notThere' }),
      notInTeam: enrol({ news: 'failed', why: 'notInTeam' }),
      unavailable: enrol({ news: 'failed', why: 'unavailable', fates: { ...noFates, invited: 600 } }),
    },
  },
]
