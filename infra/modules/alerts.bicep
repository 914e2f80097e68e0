// Who is called, and when. Each alert is named in one section of `RUNBOOK.md`. Those that read measurements know
// the names and words of `src/server/observability/measures.ts` and `allowed-labels.ts`; a test holds them together.
param name string
param location string
param tags object
param operatorEmail string
param siteId string
param workspaceId string
param instances int

var runbook = 'See RUNBOOK.md: '

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'LearningLog'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: operatorEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

var metricRules = [
  {
    name: 'bot-unready'
    severity: 1
    // The share of instances whose /readyz says yes.
    metric: 'HealthCheckStatus'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 100
  }
  {
    name: 'answers-5xx'
    severity: 2
    metric: 'Http5xx'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 5
  }
]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in metricRules: {
    name: '${name}-${rule.name}'
    location: 'global'
    tags: tags
    properties: {
      description: '${runbook}${rule.name}'
      severity: rule.severity
      enabled: true
      scopes: [
        siteId
      ]
      evaluationFrequency: 'PT1M'
      windowSize: 'PT5M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.name
            metricNamespace: 'Microsoft.Web/sites'
            metricName: rule.metric
            timeAggregation: rule.aggregation
            operator: rule.operator
            threshold: rule.threshold
          }
        ]
      }
      autoMitigate: true
      actions: [
        {
          actionGroupId: operators.id
        }
      ]
    }
  }
]

var measured = 'AppMetrics | where AppRoleName == "learning-log"'

// Looked at as often as their window is long, but for the first, which says that there is nothing left to look at.
var logRules = [
  {
    name: 'bot-silent'
    severity: 1
    every: 'PT5M'
    window: 'PT15M'
    // Every process asks the store for what is due several times a minute, also when nobody writes.
    query: '${measured} | where Name == "store.duration" | summarize Value = count()'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'bot-restarting'
    severity: 2
    every: 'PT30M'
    window: 'PT30M'
    // Each process measures under a name of its own. An upgrade starts one for each instance.
    query: '${measured} | summarize Value = dcount(AppRoleInstance)'
    operator: 'GreaterThan'
    threshold: instances * 3
  }
  {
    name: 'turns-failing'
    severity: 2
    every: 'PT15M'
    window: 'PT15M'
    query: '${measured} | where Name == "turns" | where tostring(Properties.outcome) == "failed" | summarize Value = sum(Sum)'
    operator: 'GreaterThan'
    threshold: 5
  }
  {
    name: 'store-throttled'
    severity: 2
    every: 'PT15M'
    window: 'PT15M'
    // Of a hundred things asked of the store, how many tries were sent away.
    query: '${measured} | summarize Tries = sumif(Sum, Name == "store.failedTries" and tostring(Properties.status) == "429"), Asked = sumif(ItemCount, Name == "store.duration") | project Value = iff(Asked == 0, 0.0, 100.0 * Tries / Asked)'
    operator: 'GreaterThan'
    threshold: 1
  }
  {
    name: 'sending-refused'
    severity: 1
    every: 'PT15M'
    window: 'PT15M'
    query: '${measured} | where Name == "events" | where tostring(Properties.event) in ("sending.unauthorised", "sending.misdirected") | summarize Value = sum(Sum)'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'notices-undeliverable'
    severity: 2
    every: 'PT1H'
    window: 'PT1H'
    query: '${measured} | where Name == "notices" | where tostring(Properties.event) in ("notice.undeliverable", "notice.unreachable") | summarize Value = sum(Sum)'
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in logRules: {
    name: '${name}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: '${runbook}${rule.name}'
      severity: rule.severity
      enabled: true
      scopes: [
        workspaceId
      ]
      evaluationFrequency: rule.every
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'Value'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      // Until the first measurements there is no such table.
      skipQueryValidation: true
      autoMitigate: true
      actions: {
        actionGroups: [
          operators.id
        ]
      }
    }
  }
]
