import type { App, Release } from "@vibecaas/contract/kinds/apps"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import { at, id } from "./numbered.ts"

/** A machine that runs; numbered ids, so that each has its own. */
export function machine(given: Partial<Machine> & Pick<Machine, "projectId">): Machine {
  return {
    id: id("vm"),
    organizationId: "org_00000000000000000000000001",
    ...{ name: null, purpose: "live", wanted: "running", state: "running", host: "local" },
    ...{ driver: "sandbox", isolation: "bubblewrap", reaches: [], image: null },
    ...{ cpuCount: 1, memoryMib: 384, diskMib: 1024 },
    ...{ failure: null, startedAt: at, updatedAt: at },
    ...given,
  }
}

/** An app that runs one commit, with its first settings. */
export function app(given: Partial<App> & Pick<App, "projectId">): App {
  return {
    id: id("app"),
    machineId: id("vm"),
    organizationId: "org_00000000000000000000000001",
    ...{
      purpose: "live",
      draftOf: null,
      state: "running",
      commitWanted: commit("a"),
      commit: commit("a"),
    },
    ...{ script: "start", follows: false },
    ...{ commitRefused: null, phase: "settled", settingsVersion: 1, settingsApplied: 1 },
    ...{
      doing: null,
      exitCode: null,
      restarts: 0,
      startedAt: at,
      failure: null,
      logTail: [],
      updatedAt: at,
    },
    ...given,
  }
}

export function release(given: Partial<Release> & Pick<Release, "number">): Release {
  return {
    ...{ commit: commit("a"), settingsVersion: 1, command: null, variables: [] },
    ...{ outcome: "running", failure: null, startedAt: at, endedAt: null },
    ...given,
  }
}

/** A commit's id of one letter. */
export const commit = (letter: string) => letter.repeat(40)
