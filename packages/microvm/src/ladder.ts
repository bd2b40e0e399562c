import { fault } from "@vibecaas/kernel/fault"
import type { Caps, Rung, VmDriver, VmSpec, Wall } from "./port.ts"

/** What an installation accepts. */
export interface IsolationPolicy {
  /** walls by user, or none, may be used */
  allowWeak: boolean
  /** code that we did not write may run without any wall */
  allowNoIsolation: boolean
  /** refuses weak walls, whatever else is set */
  requireIsolation: boolean
}

/** One rung of one driver. */
export interface Step {
  driver: VmDriver
  rung: Rung
}

const walls: Wall[] = ["vm", "process", "uid", "none"]

/** From the strongest wall to none; among equals, in the order of the drivers. */
export function ladderOf(drivers: readonly VmDriver[]): Step[] {
  const steps = drivers.flatMap((driver) => driver.rungs.map((rung) => ({ driver, rung })))
  return walls.flatMap((wall) => steps.filter(({ rung }) => rung.wall === wall))
}

const isWeak = (wall: Wall) => wall === "uid" || wall === "none"

/**
 * The strongest allowed step that really works here.
 *
 * @param prove boots on the step and looks around; throws when it does not hold what it promises
 * @throws Fault `isolation_refused`, with what would help; its note says why each step was not taken
 */
export async function climb(
  steps: readonly Step[],
  policy: IsolationPolicy,
  prove: (step: Step) => Promise<Caps>,
): Promise<{ step: Step; caps: Caps }> {
  const refusals: string[] = []
  for (const step of steps) {
    const reason = refusalOf(step.rung, policy) ?? step.rung.lacks()
    const tried = reason === undefined ? await attempt(prove, step) : reason
    if (typeof tried !== "string") return { step, caps: tried }
    refusals.push(`${step.rung.name}: ${tried}`)
  }
  throw fault("isolation_refused", { say: advice(policy), note: refusals.join("; ") })
}

function attempt(prove: (step: Step) => Promise<Caps>, step: Step): Promise<Caps | string> {
  return prove(step).catch((error) => reasonOf(error))
}

const reasonOf = (error: unknown): string =>
  error instanceof Error
    ? "note" in error && typeof error.note === "string"
      ? error.note
      : error.message
    : String(error)

/** Why a wall is not used here although it may work. */
function refusalOf({ wall }: Rung, policy: IsolationPolicy): string | undefined {
  if (isWeak(wall) && policy.requireIsolation) return "isolation is required"
  if (isWeak(wall) && !policy.allowWeak) return "weak isolation is not allowed"
  return undefined
}

/** Whether code of that trust may run behind that wall. @throws Fault `isolation_refused` */
export function checkTrust(
  wall: Wall,
  trust: VmSpec["trust"],
  policy: Pick<IsolationPolicy, "allowNoIsolation">,
): void {
  if (wall !== "none" || trust === "blueprint" || policy.allowNoIsolation) return
  throw fault("isolation_refused", {
    say:
      "This host cannot isolate apps, so code written by a model or a person does not run here. " +
      "Install bubblewrap, or set VIBECAAS_ALLOW_NO_ISOLATION=1 to accept that such code can " +
      "read everything you can.",
  })
}

function advice(policy: IsolationPolicy): string {
  if (policy.requireIsolation) {
    return (
      "VIBECAAS_REQUIRE_ISOLATION is set, and this host can isolate apps neither by bubblewrap " +
      "nor by unshare. Install bubblewrap, or allow user namespaces for ordinary users."
    )
  }
  if (!policy.allowWeak) {
    return (
      "This host can isolate apps neither by bubblewrap nor by unshare. Install bubblewrap or " +
      "allow user namespaces; or bind the platform to localhost only, where weaker isolation is " +
      "accepted."
    )
  }
  return "This host cannot run apps at all: not even the weakest isolation started."
}
