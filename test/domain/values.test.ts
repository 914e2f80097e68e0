import assert from 'node:assert/strict'
import { currentQuestionSet, isQuestion, questionSet } from '../../src/domain/logs/questions.ts'
import { isAhead, isWithin, languageOf, plusSeconds } from '../../src/domain/values.ts'

describe('a language', () => {
  it('is the closest one we speak, whatever is written after it', () => {
    for (const tag of ['zh', 'zh-CN', 'ZH-hant-TW']) assert.equal(languageOf(tag), 'zh-CN', tag)
    for (const tag of ['en', 'en-GB', 'EN-us']) assert.equal(languageOf(tag), 'en', tag)
    for (const tag of ['de', 'zhuang', '', undefined]) assert.equal(languageOf(tag), undefined, tag)
  })
})

describe('a stored moment', () => {
  const now = '2026-11-23T09:00:00.000Z'
  const from = (seconds: number) => plusSeconds(now, seconds)

  it('more than an hour ahead was written by a wrong clock, and is not lately', () => {
    assert.deepEqual([isAhead(from(3600), now), isAhead(from(3600.001), now)], [false, true])
    assert.deepEqual([isWithin(60, from(3600), now), isWithin(60, from(3600.001), now)], [true, false])
    assert.equal(isWithin(60, undefined, now), false)
    assert.deepEqual([isWithin(60, from(-59.999), now), isWithin(60, from(-60), now)], [true, false])
  })
})

describe('a question set', () => {
  it('has its questions from one on, whole numbers alone', () => {
    const set = questionSet(currentQuestionSet)
    for (const no of [1, 16]) assert.equal(isQuestion(set, no), true, String(no))
    for (const no of [0, -1, 17, 1.5, Number.NaN]) assert.equal(isQuestion(set, no), false, String(no))
  })
  it('that this version does not know stops whoever asks, with the mend', () => {
    assert.throws(() => questionSet('another-log@9'), /another-log@9 is not known to this version; deploy/)
  })
})
