/**
 * Where guards stand, and which tests must notice when one is gone. A pattern after the other is run, and the first failure
 * ends it: the quickest and most telling first.
 */
export const groups: Readonly<
  Record<string, { readonly files: readonly string[]; readonly tests: readonly string[] }>
> = {
  /** What a write insists on, in both engines. */
  store: {
    files: [
      'src/store/{conditions,queries,patch,limits,migrations}.ts',
      'src/store/cosmos/cosmos-{batch,http,store,raw-store}.ts',
      'src/store/sqlite/{sqlite,group-commit,sqlite-raw-store}.ts',
      'src/store/operator/{copy,checksum}.ts',
    ],
    tests: [
      'test/store/{checksum,sqlite,group-commit}.test.ts',
      'test/store/{cosmos,cosmos-results}.test.ts',
      'test/store/{raw-store,cosmos-http,cosmos-requests}.test.ts',
      'test/store/{copy-refusals,copy}.test.ts',
      'test/store/cosmos-faults.test.ts',
      'test/store/copy-command.test.ts',
    ],
  },
  /** What a log's states allow, who may do what in a programme, and when a promise is made. */
  domain: {
    files: ['src/domain/**/*.ts'],
    tests: [
      'test/domain/*.test.ts',
      'test/scenarios/{guards,refusals}.test.ts',
      'test/scenarios/{answering,orders,typing,notices}.test.ts',
      'test/scenarios/journeys.test.ts',
    ],
  },
  /** Writing once, whoever else writes; promising in the same batch. */
  keeping: {
    files: ['src/conversation/turn/commit-decision.ts', 'src/conversation/logs/submitting.ts'],
    tests: [
      'test/scenarios/{submitting,guards}.test.ts',
      'test/scenarios/{answering,requests,orders,refusals,notices}.test.ts',
      'test/scenarios/{typing,unsaved}.test.ts',
    ],
  },
  /** Claims, leases, and what is sent again. */
  delivery: {
    files: ['src/outbox/**/*.ts'],
    tests: [
      'test/notices/{schedule,send-rate-limit,delivery,ending,errors,ours,reach,tasks,first-contact}.test.ts',
      'test/notices/enrol.test.ts',
      'test/scenarios/{guards,notices}.test.ts',
      'test/notices/{replicas,closing}.test.ts',
    ],
  },
  /** Who gets what, how fast, and what is said to everybody else. */
  conversation: {
    files: [
      'src/conversation/turn/{own-journey,people,programme-people,turn-context}.ts',
      'src/conversation/routing/{action-handlers,conversation,user-rate-limit}.ts',
      'src/conversation/logs/{answering,filling,log-saving}.ts',
      'src/conversation/membership/{consenting,declining,inviting}.ts',
      'src/conversation/{home/participant-home,progress/overview,quotas/invitee-screening}.ts',
      'src/conversation/reading/{reading,reviewing}.ts',
    ],
    tests: [
      'test/conversation/{user-rate-limit,inviting}.test.ts',
      'test/people-matrix.test.ts',
      'test/scenarios/{rate-limit,guards,unsaved,unsaved-fields}.test.ts',
      'test/scenarios/{refusals,typing,requests,consenting,inviting,coaches,coaching}.test.ts',
      'test/access-matrix.test.ts',
      'test/scenarios/{first-walk,answering,journeys,orders,notices}.test.ts',
      'test/question-sets/*.test.ts',
    ],
  },
  /** Who is let in, what of theirs, and to whom the bot speaks. */
  door: {
    files: ['src/teams/**/*.ts'],
    tests: [
      'test/teams/door/access.test.ts',
      'test/teams/door/attacks.test.ts',
      'test/teams/{adapter,failure,messenger,turns,inbound}.test.ts',
      'test/teams/door/{bearer,clouds,credentials,keys,outage,tokens}.test.ts',
      'test/teams/{replies,roster}.test.ts',
    ],
  },
  /** What a request, an environment and a line of the log may look like, and how it all ends. */
  house: {
    files: [
      'src/server/{closing,config,readiness,request-guard,server}.ts',
      'src/server/observability/{lines,log}.ts',
      'src/{index,start}.ts',
    ],
    tests: [
      'test/server/{config,log,log-output}.test.ts',
      'test/hostile-http.test.ts',
      'test/server/server.test.ts',
      'test/start.test.ts',
      'test/notices/closing.test.ts',
    ],
  },
  /** What leaves the house as a measurement. */
  measured: {
    files: ['src/server/observability/{allowed-labels,measures,telemetry,watched-store}.ts'],
    tests: [
      'test/server/{allowed-labels,watched-store,measures}.test.ts',
      'test/server/telemetry-off.test.ts',
      'test/server/{telemetry,telemetry-calls,telemetry-outage}.test.ts',
    ],
  },
}
