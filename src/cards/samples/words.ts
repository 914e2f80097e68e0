/** What sample people write: plainly, in Chinese, as long as the rules allow, and with every trap we know. */
import { answerLimit } from '../../domain/logs/log.ts'
import { sessionLimits } from '../../domain/sessions/sessions.ts'

export type SampleWords = {
  readonly programme: string
  readonly writer: string
  readonly coach: string
  readonly coCoach: string
  readonly leader: string
  readonly person: (no: number) => string
  readonly coachee: (no: number) => string
  readonly topic: (no: number) => string
  readonly goal: string
  readonly line: string
  readonly answer: (no: number) => string
  readonly reason: string
  /** What stands in a field that came back unsaved. */
  readonly typed: string
}

const pick = (from: readonly string[], no: number) => from[(no - 1) % from.length] ?? ''

export const plainWords: SampleWords = {
  programme: 'Coaching Master Class, Shanghai',
  writer: 'Anna Keller',
  coach: 'Margaret Hale',
  coCoach: 'Tom Birch',
  leader: 'Wang Lei',
  person: no =>
    pick(['Anna Keller', 'Ben Okafor', 'Chen Yu', 'Dana Ruiz', 'Emil Novak', 'Fatima Noor'], no) +
    (no > 6 ? ` ${no}` : ''),
  coachee: no => pick(['M.L.', 'J.', 'Robin', 'S.K.', 'T.'], no),
  topic: no =>
    pick(
      [
        'Handing over the budget',
        'A difficult customer call',
        'Preparing the first presentation',
        'Speaking up in meetings',
        'Planning the next half-year',
      ],
      no,
    ),
  goal: 'M.L. leaves with one step of their own and a date for it.',
  line: 'I listened more than I spoke, for once.',
  answer: no =>
    pick(
      [
        'We met for forty minutes. I asked M.L. what a good outcome would be and then kept quiet for most of the time.\n\nTowards the end we agreed on one step.',
        'Nervous at first, then relieved. The silence felt long, but it worked.',
        'I wanted to ask about options before giving any advice. I gave two pieces of advice too early.',
        'I should have agreed the goal beforehand in writing.',
        'Better than I expected: 7 out of 10.',
        'That a question I do not know the answer to is worth more than one I do.',
      ],
      no,
    ),
  reason:
    'Thank you, this is honest and clear.\nCould you say a little more about question 7: what exactly will you stop doing?',
  typed: 'I noticed that I fill silences. Next time I count to ten first.',
}

export const chineseWords: SampleWords = {
  programme: '教练大师班（上海）',
  writer: '陈晓雨',
  coach: '何美珍',
  coCoach: '汤柏',
  leader: '王磊',
  person: no => pick(['陈晓雨', '李明', '周婷', '赵强', '孙悦', '吴凡'], no) + (no > 6 ? no : ''),
  coachee: no => pick(['小M', 'J.', '阿伦', 'S.K.', '小T'], no),
  topic: no => pick(['预算工作的交接', '一次棘手的客户沟通', '准备第一次汇报', '在会议上发言', '下半年的规划'], no),
  goal: '对方带着自己选定的一步和时间离开。',
  line: '这一次，我听得比说得多。',
  answer: no =>
    pick(
      [
        '我们谈了四十分钟。我先问对方希望得到什么结果，然后大部分时间都在听。\n\n最后我们约定了一个具体的步骤。',
        '一开始有些紧张，后来松了一口气。沉默显得很长，但很有用。',
        '我原本想先问有哪些选择，再给建议。结果太早给了两条建议。',
        '我应该事先把目标写下来，和对方确认。',
        '比预想的好：十分里打七分。',
        '不知道答案的问题，往往比知道答案的问题更有价值。',
      ],
      no,
    ),
  reason: '谢谢你，写得真诚而清楚。\n第7题可以再多说一点吗：具体打算停止做什么？',
  typed: '我发现自己总想填补沉默。下一次，我先数到十。',
}

/** The longest name Entra ID gives anybody, in UTF-16 code units. */
const nameLimit = 256

/** The longest texts the rules allow, of the character that takes most room on the wire. */
export function longestWords(mark: string): SampleWords {
  const long = (limit: number, no: number) => `${no}${mark.repeat(limit)}`.slice(0, limit - 1).concat('z')
  return {
    programme: long(120, 0),
    writer: long(nameLimit, 0),
    coach: long(nameLimit, 0),
    coCoach: long(nameLimit, 0),
    leader: long(nameLimit, 0),
    person: no => long(nameLimit, no),
    coachee: no => long(sessionLimits.coachee, no),
    topic: no => long(sessionLimits.topic, no),
    goal: long(sessionLimits.goal, 0),
    line: long(sessionLimits.line, 0),
    answer: no => long(answerLimit, no),
    reason: long(answerLimit, 0),
    typed: long(answerLimit, 0),
  }
}

/** Template expressions, Markdown, markup, emoji, quotes and line breaks, in every text. */
export const trickyWords: SampleWords = allTheSame(
  "${t.heading} **bold** [a](http://b) # 1. x\n- \"quoted\" \\ 'it's' `tick` <b>&amp;</b> {n, plural} 👩‍🏫 你好 null undefined",
)

/** One text everywhere, with a number where there are several: for finding where people's words end up. */
export function allTheSame(text: string): SampleWords {
  const numbered = (no: number) => `${text}-${no}`
  return {
    programme: text,
    writer: text,
    coach: text,
    coCoach: text,
    leader: text,
    person: numbered,
    coachee: numbered,
    topic: numbered,
    goal: text,
    line: text,
    answer: numbered,
    reason: text,
    typed: text,
  }
}
