import assert from 'node:assert/strict'
import { readDay } from '../../src/domain/days.ts'

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
    ['soon', undefined],
    ['', undefined],
  ] as const) {
    it(`"${typed}" is ${day}`, () => assert.equal(readDay(typed, '2026-11-23'), day))
  }
})
