import type { Prepared } from "../../packages/index.ts"
import type { AppRow } from "../app.ts"
import {
  changeFor,
  commitToRun,
  nextStep,
  restartLimits,
  type SeenMachine,
  type Step,
} from "../next-step.ts"
import { after, alive } from "./app-rows.ts"

/** A world in which every step works, and apps of good commits listen at once. */
export interface World {
  row: AppRow
  seen: SeenMachine
  /** the commits that ran on the data */
  data: string[]
  kept: string[]
}
export const bad = new Set(["bad"])

function follow(world: World, taken: Step, now: Date): World {
  const { row: before } = world
  const wrote = (change: Partial<AppRow>, more: Partial<World> = {}): World => ({
    ...world,
    ...more,
    row: { ...before, ...change },
  })
  switch (taken.do) {
    case "start-app": {
      const { commit } = taken
      const data = [...world.data, commit]
      const falls = bad.has(commit) || data.includes("poison")
      const up = alive(falls ? "exited" : "listening", now)
      return wrote({ state: "starting", commit, startedAt: now }, { seen: up, data })
    }
    case "try-app":
    case "record-listening":
      return wrote({
        state: "running",
        phase: "settled",
        snapshot: null,
        commitProved: before.commit,
        restoring: "no",
        ...(before.restoring === "brought" ? { restoreDone: before.restoreAsked } : {}),
      })
    case "record-crash":
    case "give-up-app":
      return wrote({ state: "crashed", phase: "settled", endedAt: now })
    case "record-no-machine":
      return wrote({ state: "crashed", failure: taken.failure, endedAt: now })
    case "record-stopped":
      return wrote({ state: "stopped", startedAt: null, restarts: 0 })
    case "record-lost":
      return wrote({ state: "starting", startedAt: null }, { seen: alive("none") })
    case "forget-crashes":
      return wrote({ restarts: 0 })
    case "bring-files":
      return wrote({ commit: taken.commit })
    case "begin-switch":
    case "take-snapshot":
    case "bring-data":
    case "go-back":
    case "restore":
      return followSwitch(world, taken.do)
    case "remove":
      return world
    case "prepare":
      return wrote({ doing: taken.doing }, { seen: prepared(world, working) })
    case "record-preparing":
      return wrote({ doing: taken.doing }, { seen: prepared(world, { is: "ready" }) })
    case "record-unprepared":
      return wrote({ state: "crashed", commit: taken.commit, doing: null, restarts: 3 })
  }
}

type OfSwitch = "begin-switch" | "take-snapshot" | "bring-data" | "go-back" | "restore"

/** What changes the data, or goes back from that. */
function followSwitch(world: World, taken: OfSwitch): World {
  const { row: before } = world
  const wrote = (change: Partial<AppRow>, more: Partial<World> = {}): World => ({
    ...world,
    ...more,
    row: { ...before, ...change },
  })
  switch (taken) {
    case "begin-switch":
      return wrote({ phase: "switching", snapshot: null, ...changeFor(before) })
    case "bring-data":
      return wrote(
        { state: "starting", commit: null, startedAt: null, restoring: "brought" },
        { data: [before.restoreFrom ?? ""] },
      )
    case "take-snapshot":
      return wrote(
        { state: "starting", startedAt: null, snapshot: "kept" },
        { kept: world.data, seen: alive("exited") },
      )
    case "go-back":
      return wrote({
        phase: "returning",
        ...(before.restoring === "no"
          ? { commitRefused: before.commitWanted }
          : { restoreDone: before.restoreAsked }),
      })
    case "restore":
      return wrote(
        { state: "starting", commit: null, startedAt: null, snapshot: null, restoring: "no" },
        { data: world.kept },
      )
  }
}

export const working = { is: "working", doing: "Building", log: "" } as const
const prepared = ({ seen }: World, now: Prepared): SeenMachine =>
  seen.machine === "up" ? { ...seen, prepared: now } : seen

/** Takes steps until there is rest; after `cut` steps it is left where it is. */
export function settle(from: World, cut = 60): World | undefined {
  let world = from
  let ms = 600_000
  for (let steps = 0; steps < 60; steps++) {
    if (steps >= cut) return world
    const taken = nextStep(world.row, world.seen, after(ms))
    if (taken.do === "remove") return world
    if (taken.do !== "rest") {
      world = follow(world, taken, after(ms))
      continue
    }
    if (taken.afterMs === null || isAsWanted(world.row, world.seen)) return world
    ms += taken.afterMs
    // Sooner or later a machine that starts is there.
    if (world.seen.machine === "pending") world = { ...world, seen: alive("none") }
    world = { ...world, seen: prepared(world, { is: "ready" }) }
  }
  return undefined
}

export function isAsWanted(now: AppRow, seen: SeenMachine): boolean {
  if (seen.machine === "stopped") return now.state === "stopped"
  if (seen.machine === "failed") return now.state === "crashed" && now.failure === seen.failure
  if (seen.machine !== "up") return false
  const gaveUp = now.state === "crashed" && now.restarts >= restartLimits.restartsMax
  return gaveUp || (now.commit === commitToRun(now) && now.state === "running")
}
