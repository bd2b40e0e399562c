import { availableParallelism } from "node:os"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Files at once: most wait half of their time, for a browser or a machine, and cores would stand idle. */
export const workers = availableParallelism() + 2

/** How long `expect.poll` waits for what becomes true in the end, in `ms`: busy cores are no fault. */
export const patience = { timeout: 60_000 }

/** Lanes whose files take long, and each a worker of its own; those of the others are short. */
const heavy = ["machines", "e2e", "long"]

/**
 * Starts files in the order in which workers come to their end together: those of the heavy lanes
 * first, the longest of them at the very first, as the last run measured. What was not measured
 * might be long too. The files of the other lanes stay beside each other, since they share workers.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const places = new Map(files.map((file) => [file, this.#placeOf(file)]))
    // What the base does with the rest is kept: the sort is stable.
    return (await super.sort(files)).sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
  }

  /** lowest first: the negative duration in `ms` of a heavy file, 0 for any other */
  #placeOf(file: TestSpecification): number {
    if (!heavy.includes(file.project.name)) return 0
    return -(this.ctx.cache.getTestSpecificationResult(file)?.duration ?? Number.MAX_SAFE_INTEGER)
  }
}
