/**
 * Measurements to Azure's Application Insights, by OpenTelemetry and Microsoft's exporter. Without a connection string
 * none of it is even loaded. With one, the bot depends on it in nothing: what cannot be sent is dropped.
 *
 * The exporter is a beta and is held short: one address to call, one try of five seconds, nothing kept on disk, none of
 * its own statistics to Microsoft. From 1.0.0-beta.44 on it also asks a Microsoft server every hour for settings that
 * change what it does, which cannot be switched off; hence the older one.
 */
import { randomUUID } from 'node:crypto'
import type { Report } from '../../base/report.ts'
import { within } from '../../base/within.ts'
import { type Failure, failure } from '../../teams/failure.ts'
import type { HandlePost, Measures } from './measures.ts'

export type Telemetry = Measures & {
  /** Sends what is left, in at most two seconds. Never rejects. */
  readonly close: () => Promise<void>
}

export type TelemetryOptions = {
  /** Told when measurements begin not to arrive, and when they arrive again. */
  readonly report: Report
  /** The client id of the managed identity to send as. Absent: the connection string's key is all that is shown. */
  readonly managedIdentity?: string | undefined
  /** Turns of which a trace is kept; above that a fair share of them. Counts and durations are always of all. */
  readonly tracesPerSecond?: number
  /** Between two sendings of counts and durations, in milliseconds. */
  readonly intervalMs?: number
  /** For one request, in milliseconds. */
  readonly limitMs?: number
}

const closeLimitMs = 2_000
/** Sendings under way at once, of each kind. One that never ends keeps its place: then nothing more is sent. */
const atOnce = 4
const queue = { maxQueueSize: 2048, maxExportBatchSize: 512, scheduledDelayMillis: 5_000 }

const none: Telemetry = {
  counting: report => report,
  watching: store => store,
  around: (handlePost: HandlePost) => handlePost,
  storeTry: () => {},
  close: async () => {},
}

/**
 * Begins to measure; asks nothing of the network yet. Without a connection string nothing is measured.
 * @throws when the connection string is none, with the mend.
 */
export async function openTelemetry(
  connectionString: string | undefined,
  options: TelemetryOptions,
): Promise<Telemetry> {
  if (connectionString === undefined) return none
  const { report, managedIdentity, tracesPerSecond = 5, intervalMs = 60_000, limitMs = 5_000 } = options
  const endpoint = ingestionEndpoint(connectionString)
  // Read by the exporter when it is made: statistics about its use, to an account of Microsoft's.
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT = 'true'
  const [azure, metrics, traces, { resourceFromAttributes }, { createMeasures }] = await Promise.all([
    import('@azure/monitor-opentelemetry-exporter'),
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/resources'),
    import('./measures.ts'),
  ])
  const closing = new AbortController()
  const tell = tellChanges(report)
  const exporting = {
    connectionString,
    ...(managedIdentity !== undefined && { credential: await credentialOf(managedIdentity) }),
    // The exporter turns http into https; on this machine, where tests listen, it is meant.
    ...(endpoint.protocol === 'http:' && { host: endpoint.origin, allowInsecureConnection: true }),
    disableOfflineStorage: true,
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ position: 'perCall' as const, policy: oneTry(tell, limitMs, closing.signal) }],
  }
  const metricExporter = new azure.AzureMonitorMetricExporter(exporting)
  const spanExporter = new azure.AzureMonitorTraceExporter(exporting)
  metricExporter.export = bounded(metricExporter.export.bind(metricExporter), tell)
  spanExporter.export = bounded(spanExporter.export.bind(spanExporter), tell)

  // A made-up name for this process, in place of the machine's.
  const names = { 'service.name': 'learning-log', 'service.instance.id': randomUUID().slice(0, 8) }
  const resource = resourceFromAttributes(names)
  const reader = new metrics.PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(intervalMs, limitMs),
  })
  const meters = new metrics.MeterProvider({ resource, readers: [reader] })
  const tracers = new traces.BasicTracerProvider({
    resource,
    sampler: new traces.ParentBasedSampler({ root: new azure.RateLimitedSampler(tracesPerSecond) }),
    spanProcessors: [new traces.BatchSpanProcessor(spanExporter, { ...queue, exportTimeoutMillis: limitMs })],
  })
  // Neither is made known to the whole process: nothing but our own measures can find them.
  return {
    ...createMeasures(meters.getMeter('learning-log'), tracers.getTracer('learning-log')),
    close: async () => {
      await within(closeLimitMs, Promise.allSettled([tracers.shutdown(), meters.shutdown()]))
      closing.abort()
    },
  }
}

/** @throws when there is none, or one that is neither https nor on this machine. */
function ingestionEndpoint(connectionString: string): URL {
  const given = /(?:^|;)\s*IngestionEndpoint\s*=\s*([^;\s]+)/i.exec(connectionString)?.[1]
  const key = /(?:^|;)\s*InstrumentationKey\s*=\s*[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\s*(;|$)/
  const url = URL.parse(given ?? '')
  const local = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url && (url.protocol === 'https:' || local) && key.test(connectionString)) return url
  throw new Error(
    'The connection string of Application Insights is not whole: copy it from the overview of the resource, with ' +
      'InstrumentationKey and IngestionEndpoint.',
  )
}

async function credentialOf(clientId: string) {
  const { ManagedIdentityCredential } = await import('@azure/identity')
  return new ManagedIdentityCredential({ clientId })
}

type Tell = (trouble: Failure | undefined) => void

/** Tells when sending begins to fail and when it works again, not each time. */
function tellChanges(report: Report): Tell {
  let arrives = true
  return trouble => {
    if (arrives && trouble) report('telemetry.lost', trouble)
    if (!arrives && !trouble) report('telemetry.arrives', {})
    arrives = !trouble
  }
}

type Request = { timeout: number; abortSignal?: unknown }

/** Bounds a request in time, and tells how it ended: to the exporter it is a success to drop what was refused. */
function oneTry(tell: Tell, timeout: number, abortSignal: AbortSignal) {
  return {
    name: 'oneTry',
    async sendRequest<Sent extends Request, Answer extends { status: number }>(
      request: Sent,
      next: (request: Sent) => Promise<Answer>,
    ): Promise<Answer> {
      request.timeout = timeout
      request.abortSignal = abortSignal
      try {
        const answer = await next(request)
        tell(answer.status === 200 ? undefined : { error: 'NotAccepted', code: `http${answer.status}` })
        return answer
      } catch (error) {
        tell(failure(error))
        throw error
      }
    },
  }
}

type Done = (result: { code: 0 | 1; error?: Error }) => void
type Send<T> = (items: T, done: (result: { code: number; error?: Error }) => void) => Promise<void>

/** Lets few sendings be under way at once, and says of each once that it is over: the exporter may say it twice. */
export function bounded<T>(send: Send<T>, tell: Tell) {
  let underWay = 0
  return async (items: T, done: Done): Promise<void> => {
    if (underWay >= atOnce) {
      tell({ error: 'TooManyUnderWay' })
      return done({ code: 1 })
    }
    underWay++
    let open = true
    function end(trouble: Failure | undefined): void {
      if (!open) return
      open = false
      underWay--
      if (trouble) tell(trouble)
      done({ code: trouble ? 1 : 0 })
    }
    await send(items, ({ code, error }) => end(code === 0 ? undefined : failure(error))).catch(error =>
      end(failure(error)),
    )
  }
}
