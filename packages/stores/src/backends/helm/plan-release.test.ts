import fc from "fast-check"
import { expect, test } from "vitest"
import { planRelease, type ReleaseRevision, type RevisionStatus } from "./plan-release.ts"

/** What somebody does with a release, and how far it comes: Helm is ended at any of the points. */
const step = fc.record({
  verb: fc.constantFrom("upgrade", "rollback", "uninstall"),
  outcome: fc.constantFrom("succeeds", "fails", "is killed"),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** Helm as it was measured: what it refuses, and what each verb leaves in the history. */
class Release {
  history: ReleaseRevision[] = []
  /** revisions whose objects have all been there */
  ran = new Set<number>()

  get isHeld() {
    return /^(pending|uninstall)/.test(this.history.at(-1)?.status ?? "")
  }

  take({ verb, outcome }: Step): void {
    const last = this.history.at(-1)
    if (verb === "uninstall") {
      this.uninstall(outcome)
      return
    }
    if (this.isHeld || (verb === "rollback" && !last)) return
    const pending =
      verb === "rollback" ? "pending-rollback" : last ? "pending-upgrade" : "pending-install"
    if (outcome === "is killed") this.add(pending, "Preparing upgrade")
    else if (outcome === "fails") this.add("failed", `Upgrade "store" failed: timed out`)
    else
      this.succeed(verb === "rollback" ? `Rollback to ${last?.revision}` : "Installed: simulator 1")
  }

  do(plan: ReturnType<typeof planRelease>): void {
    if (plan.do === "uninstall") this.uninstall("succeeds")
    if (plan.do === "rollback") this.succeed(`Rollback to ${plan.to}`)
  }

  private add(status: RevisionStatus, description: string): void {
    const revision = (this.history.at(-1)?.revision ?? 0) + 1
    this.history.push({ revision, status, description })
  }

  /** The newest that failed counts as replaced too, when none was deployed. */
  private succeed(description: string): void {
    const before = this.history.findLast(({ status }) => status === "deployed")
    const replaced = before ?? this.history.findLast(({ status }) => status === "failed")
    if (replaced) replaced.status = "superseded"
    this.add("deployed", description)
    this.ran.add(this.history.length)
  }

  private uninstall(outcome: Step["outcome"]): void {
    const last = this.history.at(-1)
    if (!last) return
    if (outcome === "succeeds") {
      this.history = []
      this.ran.clear()
    } else last.status = "uninstalling"
  }
}

const histories = fc.array(step, { maxLength: 12 }).map((steps) => {
  const release = new Release()
  for (const each of steps) release.take(each)
  return release
})

test("whatever was done and wherever Helm was killed, the next upgrade is let in", () => {
  fc.assert(
    fc.property(histories, (release) => {
      release.do(planRelease(release.history))
      expect(release.isHeld).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test("a release that ran goes back to what ran last, and is never removed for what was half made", () => {
  fc.assert(
    fc.property(histories, (release) => {
      const plan = planRelease(release.history)
      const status = release.history.at(-1)?.status
      const ran = [...release.ran].at(-1)
      const back = ran === undefined ? { do: "uninstall" } : { do: "rollback", to: ran }
      const goesOn = status?.startsWith("pending") ? back : { do: "go on" }
      expect(plan).toEqual(status === "uninstalling" ? { do: "uninstall" } : goesOn)
    }),
    { numRuns: 2000 },
  )
})

test("a revision that failed is nothing to go back to, also once it counts as replaced", () => {
  const history: ReleaseRevision[] = [
    { revision: 1, status: "superseded", description: `Upgrade "store" failed: timed out` },
    { revision: 2, status: "pending-upgrade", description: "Preparing upgrade" },
  ]
  expect(planRelease(history)).toEqual({ do: "uninstall" })
})
