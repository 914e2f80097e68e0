/** Measures whose counts and traces stay in this process, to be looked at. */
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { createMeasures } from '../../src/server/observability/measures.ts'

export function openMeasured() {
  const kept = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter: kept,
    exportIntervalMillis: 1e6,
    exportTimeoutMillis: 1e6,
  })
  const meters = new MeterProvider({ readers: [reader] })
  const spans = new InMemorySpanExporter()
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  const measures = createMeasures(meters.getMeter('test'), tracers.getTracer('test'))
  return {
    ...measures,
    report: measures.counting(() => {}),
    spans: () => spans.getFinishedSpans(),
    /** Each point of a metric: its attributes, and its value or how often and how much in all. */
    async points(name: string): Promise<unknown[]> {
      await reader.forceFlush()
      const all =
        kept
          .getMetrics()
          .at(-1)
          ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? []
      const found = all.find(({ descriptor }) => descriptor.name === name)
      return (found?.dataPoints ?? []).map(({ attributes, value }) =>
        typeof value === 'number'
          ? [attributes, value]
          : [attributes, 'count' in value && value.count, 'sum' in value && value.sum],
      )
    },
  }
}
