import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

export interface Metrics {
  /** Asked when somebody looks; set by whoever knows. */
  lagMs: () => Promise<number>
  streamClients: () => number
  countWebhookAnswer(status: number): void
  countUnplaced(reason: string): void
  /** For `/metrics`: the content type and, asked anew each time, the text in Prometheus' form. */
  readonly contentType: string
  text(): Promise<string>
}

/** The figures of this process, Node's own among them. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const answers = new Counter({
    name: 'wasl_webhook_answers_total',
    help: 'Answers given to webhooks, by HTTP status.',
    labelNames: ['status'],
    registers,
  })
  const unplaced = new Counter({
    name: 'wasl_unplaced_deliveries_total',
    help: 'Deliveries that were stored and could not be placed, by reason.',
    labelNames: ['reason'],
    registers,
  })
  new Gauge({
    name: 'wasl_projection_lag_milliseconds',
    help: 'Age of the oldest delivery that is stored and not yet projected.',
    registers,
    async collect() {
      // Nothing is known while the database is away; /healthz says so.
      this.set(await metrics.lagMs().catch(() => Number.NaN))
    },
  })
  new Gauge({
    name: 'wasl_stream_clients',
    help: 'Browsers connected to the stream.',
    registers,
    collect() {
      this.set(metrics.streamClients())
    },
  })
  const metrics: Metrics = {
    lagMs: async () => 0,
    streamClients: () => 0,
    countWebhookAnswer: (status) => answers.inc({ status: String(status) }),
    countUnplaced: (reason) => unplaced.inc({ reason }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
  return metrics
}
