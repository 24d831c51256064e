import type { TestProject } from 'vitest/node'
import { startTestPostgres } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
    templateName: string
  }
}

/** One PostgreSQL for the whole run; `DATABASE_URL` names another. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres(process.env.DATABASE_URL)
  project.provide('postgresUrl', postgres.url)
  project.provide('templateName', postgres.templateName)
  return () => postgres.stop()
}
