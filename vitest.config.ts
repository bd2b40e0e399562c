import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/*/{images,simulators}/**/*.test.ts",
      "apps/control-plane/{src,bench}/**/*.test.ts",
      "tools/**/*.test.ts",
      "apps/dashboard/src/**/*.test.ts",
    ],
    globalSetup: "apps/control-plane/src/db/testing/global-setup.ts",
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
