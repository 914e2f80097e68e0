import assert from 'node:assert/strict'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { dayOf, daysBetween, laterDay, plusDays, today, todayIn } from '../../src/domain/calendar.ts'

const zones = ['Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Etc/UTC']
const zone = fc.constantFrom(...zones)
/** Over changes of the clocks, and over the ends of years. */
const moment = fc
  .integer({ min: Date.UTC(2026, 8, 1), max: Date.UTC(2027, 4, 1) })
  .map(ms => new Date(ms).toISOString())
const day = moment.map(at => at.slice(0, 10))
const dayOrMoment = fc.oneof(day, moment)

describe('the calendar', () => {
  it('counts days as luxon does, also over a change of the clocks and a leap day', () => {
    for (const [from, days, to] of [
      ['2027-03-27', 2, '2027-03-29'],
      ['2028-02-28', 2, '2028-03-01'],
      ['2026-12-31', 1, '2027-01-01'],
      ['2026-01-01', -1, '2025-12-31'],
    ] as const) {
      assert.equal(plusDays(from, days), to)
      assert.equal(daysBetween(from, to), days)
      assert.equal(DateTime.fromISO(from).plus({ days }).toISODate(), to)
    }
  })

  it('knows what lies so many days back in a zone without asking the zone about each moment', () => {
    fc.assert(
      fc.property(zone, moment, dayOrMoment, fc.integer({ min: 1, max: 10 }), (where, now, at, days) => {
        const back = daysBetween(dayOf(at, where), today(now, where))
        assert.equal(todayIn(where, now).isAgo(at, days), back >= days)
        assert.equal(todayIn(where, now).day, today(now, where))
      }),
      { numRuns: 2000 },
    )
  })

  it('finds the later of a day and a moment, as days of that zone', () => {
    fc.assert(
      fc.property(zone, dayOrMoment, dayOrMoment, (where, one, other) => {
        const wanted = [dayOf(one, where), dayOf(other, where)].toSorted().at(-1)
        assert.equal(dayOf(laterDay(one, other, where), where), wanted)
      }),
      { numRuns: 2000 },
    )
  })
})
