/** Guards whose absence makes no difference that a person or an operator could see, each with the reason. */
type Known = {
  readonly file: string
  /** How the line begins on which it stands. */
  readonly on: string
  readonly what: string
  readonly why: string
}

const found = 'whoever calls it has found the round before; the compiler cannot know'

export const known: readonly Known[] = [
  {
    file: 'store/conditions.ts',
    on: "return doc.type === 'journey'",
    what: "doc.type === 'journey'",
    why: 'no other kind is active, so the rule refuses it as well; the compiler cannot know',
  },
  {
    file: 'store/cosmos/cosmos-http.ts',
    on: "if (protocol !== 'https:' && !request.allowInsecureConnection)",
    what: "protocol !== 'https:'",
    why: 'by https there is the account alone, which no test has',
  },
  {
    file: 'store/cosmos/cosmos-http.ts',
    on: 'if (value !== undefined) values[name] =',
    what: 'value !== undefined',
    why: 'a header that came has a value; the compiler cannot know',
  },
  {
    file: 'conversation/quotas/invitee-screening.ts',
    on: 'if (isNamed(context.person, creators.creators)) return false',
    what: 'isNamed(context.person, creators.creators)',
    why: 'the rule says the same of whom the organisation named; it saves the looks',
  },
  {
    file: 'conversation/quotas/invitee-screening.ts',
    on: "if (role !== 'participant') return []",
    what: "role !== 'participant'",
    why: 'who only leads or coaches there has no journey to find; it saves the look',
  },
  {
    file: 'store/cosmos/cosmos-batch.ts',
    on: "return writes.some(write => write.op === 'create'",
    what: "write.op === 'put'",
    why: 'no other write names a version; the compiler cannot know',
  },
  {
    file: 'store/queries.ts',
    on: "sqliteIndex: \"(body ->> 'runAt') WHERE type = 'notice'\"",
    what: "type = 'notice'",
    why: 'an index of more documents finds the same, as quickly',
  },
  {
    file: 'store/queries.ts',
    on: "sqliteIndex: \"(body ->> 'runAt') WHERE type = 'task'\"",
    what: "type = 'task'",
    why: 'an index of more documents finds the same, as quickly',
  },
  {
    file: 'store/queries.ts',
    on: "sqliteIndex: \"(body ->> 'to', body ->> 'state') WHERE type = 'notice'\"",
    what: "type = 'notice'",
    why: 'an index of more documents finds the same, as quickly',
  },
  {
    file: 'store/queries.ts',
    on: "sqliteIndex: \"(body ->> 'parent') WHERE type = 'programme'\"",
    what: "type = 'programme'",
    why: 'an index of more documents finds the same, as quickly',
  },
  {
    file: 'store/queries.ts',
    on: "cosmos: 'c.pk = @pk AND (c.type",
    what: 'c.pk = @pk',
    why: 'the request itself is kept to that partition; said twice, since the rest would be other programmes’',
  },
  {
    file: 'store/sqlite/group-commit.ts',
    on: 'if (pieces.length === 0) return',
    what: 'pieces.length === 0',
    why: 'a transaction of nothing changes nothing; it might only wait for others',
  },
  {
    file: 'store/sqlite/group-commit.ts',
    on: 'if (!db.isTransaction) throw error',
    what: '!db.isTransaction',
    why: 'undoing a part of what is undone fails as well, and so all of it does; this one says why',
  },
  {
    file: 'conversation/turn/commit-decision.ts',
    on: "if (intent.writes[committed.failed]?.op === 'patch'",
    what: 'intent.otherwise',
    why: 'every intent with a patch says why it may not hold',
  },
  {
    file: 'domain/sessions/choosing.ts',
    on: 'return session !== undefined && logState',
    what: 'session !== undefined',
    why: 'no log has facts under no session, so it is a draft; the compiler cannot know',
  },
  {
    file: 'domain/progress/nudging.ts',
    on: 'return again && lately',
    what: 'again',
    why: 'nothing is lately when nobody was asked before; the compiler cannot know',
  },
  {
    file: 'domain/programme/programme-form.ts',
    on: 'return zone === undefined || zoneOf',
    what: 'zone === undefined',
    why: 'no zone reads as the one of this machine, which there is; the compiler cannot know',
  },
  {
    file: 'domain/programme.ts',
    on: 'return leader !== undefined && isCoach',
    what: 'leader !== undefined',
    why: 'nobody is no coach; the compiler cannot know',
  },
  {
    file: 'domain/values.ts',
    on: 'if (usual.has(name)) return',
    what: 'usual.has(name)',
    why: 'it is quicker; the longer way finds the same name',
  },
  {
    file: 'server/server.ts',
    on: 'if (response.headersSent) return',
    what: 'response.headersSent',
    why: 'nothing answers twice; if something should one day, an exception here would end the process',
  },
  {
    file: 'server/observability/measures.ts',
    on: "if (typeof ageSeconds === 'number')",
    what: "typeof ageSeconds === 'number'",
    why: 'a meter records nothing that is no number; the compiler cannot know',
  },
  {
    file: 'server/observability/watched-store.ts',
    on: 'return causes(error).some',
    what: "'code' in cause",
    why: 'what has no code has not this one either; the compiler cannot know',
  },
  {
    file: 'conversation/routing/conversation.ts',
    on: "if (rateLimit && asked !== 'go')",
    what: 'rateLimit',
    why: 'without a limit nobody asks too fast; the compiler cannot know',
  },
  {
    file: 'src/index.ts',
    on: "if (host === '0.0.0.0') return",
    what: "host === '0.0.0.0'",
    why: 'on Linux all addresses are this machine when one calls them; elsewhere they are not',
  },
  {
    file: 'src/index.ts',
    on: "if (host === '::') return",
    what: "host === '::'",
    why: 'as above',
  },
  {
    file: 'outbox/jobs/enrol.ts',
    on: "if (member.who === 'other' || journeys.has(member.person))",
    what: "member.who === 'other'",
    why: 'what is no person has no shield and is never invited; the compiler cannot know',
  },
  {
    file: 'outbox/jobs/enrol.ts',
    on: "if (member.who === 'other' || journeys.has(member.person))",
    what: 'journeys.has(member.person)',
    why: 'whoever has a journey is not invited, whatever they have said; it saves a read',
  },
  {
    file: 'outbox/jobs/enrol.ts',
    on: "return [{ op: 'create', doc }, ...notices.map",
    what: "{ op: 'create', doc: forAnybody(notice, now) }",
    why: 'the journey beside it is created or not with the invitation; said twice',
  },
  {
    file: 'outbox/sending.ts',
    on: 'if (!programme || !stillTrue',
    what: '!programme',
    why: 'nothing is true of no programme, says the rule as well; the compiler cannot know',
  },
  {
    file: 'outbox/jobs/tasks.ts',
    on: 'const promises = told.map',
    what: "{ op: 'create', doc: leasedNotice(notice, clock(), leaseSeconds) }",
    why: 'whoever holds the task is alone, and its notices have the moment in their ids; said twice',
  },
  {
    file: 'outbox/sending.ts',
    on: "if (sent.sent || sent.why !== 'noConversation')",
    what: 'sent.sent',
    why: 'what was sent has no trouble either; the compiler cannot know',
  },
  {
    file: 'outbox/sending.ts',
    on: "if (pause === 'tenant' && chat)",
    what: 'chat',
    why: 'only what was sent somewhere is paused; the compiler cannot know',
  },
  {
    file: 'teams/inbound/keys.ts',
    on: 'if (!known || olderThan(staleAfter))',
    what: '!known',
    why: 'what is not known is older than anything; the compiler cannot know',
  },
  {
    file: 'teams/outbound/messenger.ts',
    on: "const again = 'why' in first",
    what: "'why' in first",
    why: 'what was answered has no reason why not; the compiler cannot know',
  },
  {
    file: 'teams/inbound/replies.ts',
    on: 'if (sent.sent) return sent',
    what: 'sent.sent',
    why: 'what was sent has no trouble, and so nothing to be patient with; the compiler cannot know',
  },
  {
    file: 'outbox/jobs/tasks.ts',
    on: 'if (over.signal.aborted || !held) return false',
    what: '!held',
    why: 'whoever has been told that it is lost asks no more; the compiler cannot know',
  },
  {
    file: 'outbox/jobs/tasks.ts',
    on: "if (!held) return 'lost'",
    what: '!held',
    why: 'as above',
  },
  {
    file: 'outbox/jobs/tasks.ts',
    on: 'if (!committed.ok && committed.failed > 0)',
    what: '!committed.ok',
    why: 'nothing failed where all is well; the compiler cannot know',
  },
  {
    file: 'outbox/jobs/roster.ts',
    on: 'const met = now.met || members.some',
    what: "member.who !== 'other'",
    why: 'what is no person is not the coach; the compiler cannot know',
  },
  ...['!draw', '!roster', '!journey'].map(what => ({
    file: 'outbox/notice-cards.ts',
    on: `if (${what}) throw`,
    what,
    why: 'an exception all the same, and the notice is kept as one that cannot be drawn; this one says why',
  })),
  { file: 'domain/logs/log-states.ts', on: 'if (!round) throw', what: '!round', why: found },
  { file: 'domain/readiness.ts', on: 'if (!round || isReady(round) ===', what: '!round', why: found },
]
