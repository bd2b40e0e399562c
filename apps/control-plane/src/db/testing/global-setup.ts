import type { TestProject } from "vitest/node"
import { startTestCluster } from "./test-cluster.ts"

declare module "vitest" {
  export interface ProvidedContext {
    /** the throw-away cluster of this run */
    testCluster: { adminUrl: string }
  }
}

/** One throw-away PostgreSQL for the whole run, with a template that every test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster()
  project.provide("testCluster", { adminUrl: cluster.adminUrl })
  return cluster.remove
}
