import { defineConfig } from "vitest/config"
import { type Asked, type Lane, testsByLane } from "./tools/src/lanes.ts"
import { LongestFirst, patience, workers } from "./tools/src/longest-first.ts"

const tests = testsByLane(import.meta.dirname)
// A path may hold what means something else in a pattern, such as [projectId].
const exactly = (file: string) => file.replaceAll(/[[\](){}!*?+@\\]/g, "\\$&")
const lane = (name: Lane | Asked, options: object) => ({
  test: { name, include: tests[name].map(exactly), ...options, expect: { poll: patience } },
})

// What these lanes import is TypeScript that Node runs itself, from a cache of what it compiled.
const native = {
  experimental: { viteModuleRunner: false },
  execArgv: ["--import", import.meta.resolve("@vibecaas/kernel/quick-imports")],
}
const withDatabase = {
  ...native,
  globalSetup: "apps/control-plane/src/db/testing/global-setup.ts",
  testTimeout: 180_000,
  hookTimeout: 180_000,
}

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: workers,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Files share their modules: nothing here mocks one, and loading them again costs half of a run.
      lane("pure", { isolate: false, testTimeout: 60_000, hookTimeout: 60_000 }),
      lane("database", { isolate: false, ...withDatabase }),
      lane("machines", { isolate: false, ...withDatabase }),
      "e2e/vitest.config.ts",
      // After everything else: compilers take all cores for minutes, and what waits for a browser beside them waits too long.
      lane("long", { ...withDatabase, maxWorkers: 2, sequence: { groupOrder: 1 } }),
      // One bed at a time: each is a whole cluster or machine.
      lane("beds", { fileParallelism: false, sequence: { groupOrder: 2 } }),
    ],
  },
})
