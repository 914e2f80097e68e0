import assert from 'node:assert/strict'
import { DateTime } from 'luxon'
import sinon from 'sinon'
import { readDay } from '../../src/domain/sessions/typed-days.ts'

describe('a day as typed', () => {
  for (const [typed, day] of [
    ['2026-11-17', '2026-11-17'],
    ['17.11.2026', '2026-11-17'],
    ['17/11/2026', '2026-11-17'],
    ['17 November 2026', '2026-11-17'],
    ['17 november', '2026-11-17'],
    ['17.11.', '2026-11-17'],
    ['17.11', '2026-11-17'],
    ['2026年11月17日', '2026-11-17'],
    ['11月17日', '2026-11-17'],
    ['today', '2026-11-23'],
    ['Yesterday', '2026-11-22'],
    ['明天', '2026-11-24'],
    [' 3.1. ', '2027-01-03'],
    ['31.2.2026', undefined],
    ['29.2.', undefined],
    ['29.2.2024', '2024-02-29'],
    ['31.6.', undefined],
    ['soon', undefined],
    ['', undefined],
  ] as const) {
    it(`"${typed}" is ${day}`, () => assert.equal(readDay(typed, '2026-11-23'), day))
  }
})

/** Every form a day may have, with its year and without. */
const forms = ['yyyy-M-d', 'd.M.yyyy', 'd/M/yyyy', 'd MMMM yyyy', 'yyyy年M月d日', 'yyyy/M/d'] as const
const formsWithoutYear = ['d.M.', 'd.M', 'd/M', 'd MMMM', 'M月d日'] as const

/** What this machine believes the day is; nothing may come of it. */
const machines = ['2025-06-15T12:00:00Z', '2028-02-29T23:30:00Z']
const todays = ['2024-02-29', '2025-12-31', '2026-11-23', '2027-03-01', '2028-02-29']

const written = (day: DateTime, form: string) => day.toFormat(form, { locale: 'en' })
const everyDayOf = (year: number) =>
  Array.from({ length: DateTime.utc(year).daysInYear }, (_, no) => DateTime.utc(year, 1, 1).plus({ days: no }))

/** The day that is the fewest days away; the earlier of two, and none where that year does not have it. */
function closest({ month, day }: DateTime, today: string): string | undefined {
  const here = DateTime.fromISO(today, { zone: 'utc' })
  const days = [-1, 0, 1].map(years => DateTime.utc(here.year + years, month, day)).filter(each => each.isValid)
  const away = days.map(each => Math.abs(each.diff(here, 'days').days))
  const fewest = Math.min(...away)
  return fewest > 184 ? undefined : (days[away.indexOf(fewest)]?.toISODate() ?? undefined)
}

describe('a day as typed, whatever day the machine has', () => {
  afterEach(() => sinon.restore())

  for (const machine of machines) {
    it(`is read as on any other machine, on ${machine}`, function () {
      this.timeout(60_000)
      sinon.useFakeTimers({ now: Date.parse(machine), toFake: ['Date'] })
      for (const day of [2024, 2027, 2028].flatMap(everyDayOf)) {
        for (const form of forms) assert.equal(readDay(written(day, form), '2026-11-23'), day.toISODate())
      }
      for (const day of everyDayOf(2028)) {
        const typed = formsWithoutYear.map(form => written(day, form))
        for (const today of todays) {
          const meant = closest(day, today)
          for (const text of typed) assert.equal(readDay(text, today), meant, `${text} on ${today}`)
        }
      }
      for (const today of todays) assert.equal(readDay('today', today), today)
    })
  }
})
