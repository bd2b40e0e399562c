import type { Sessions } from "../../apps/index.ts"
import type { Scope } from "../../core/ctx.ts"
import type { AgentsWorld } from "./agents-world.ts"
import { makeDriver } from "./drive-loops.ts"

/**
 * When a life ends: just before the transaction of its n-th journal row is committed, right after
 * it, or once nothing is due. Asking for a promotion counts as a row.
 */
export type Death = "never" | `${"before" | "after"}:${number}`

/** Which transactions count: those that add rows to the journal, or all. */
type Counts = "journal" | "everything"

/**
 * Lives of one server, one after the other, in one process: dozens of deaths cost what dozens of
 * starts would. Where a process that is killed leaves an open transaction, the transaction is rolled
 * back; whatever else was under way goes on, as programs do that a killed process had started, but
 * nobody hears how it ended.
 */
export function makeLives(world: AgentsWorld, counts: Counts = "journal") {
  /** Answers whether it ended by itself. */
  async function live(death: Death): Promise<boolean> {
    const life = makeLife(death)
    const machines = { ...mortal(world.machines, life), ...rolledBack(world.machines, life) }
    const { loops } = world.agentsWith({
      scope: mortalScope(world.db.scope, life, counts),
      repositories: mortal(world.repositories, life),
      machines: {
        ...machines,
        promote: (ctx, of) => {
          life.promotes = true
          return machines.promote(ctx, of)
        },
      },
    })
    const settled = makeDriver(world.db.adminPool).settle(loops)
    return Promise.race([settled.then(() => true), life.over])
  }
  return {
    live,
    /** Lives until one comes to its end; answers how many died before. */
    async untilDone(death: Death, atDeath: () => Promise<void> = async () => {}): Promise<number> {
      for (let deaths = 0; deaths < 200; deaths++) {
        if (await live(death)) return deaths
        await atDeath()
      }
      throw new Error("the run made no progress")
    },
  }
}

interface Life {
  dead: boolean
  promotes: boolean
  when: string | undefined
  /** rows of the journal that are left until it ends */
  left: number
  /** resolves with false when it ends */
  over: Promise<false>
  end(): void
}

function makeLife(death: Death): Life {
  const [when, nth] = death.split(":")
  const { promise: over, resolve } = Promise.withResolvers<false>()
  const life: Life = {
    ...{ dead: false, promotes: false, when, left: Number(nth ?? Number.POSITIVE_INFINITY), over },
    end() {
      life.dead = true
      resolve(false)
    },
  }
  return life
}

/** What somebody who is dead waits for. */
const never = new Promise<never>(() => {})
const killed = new Error("killed")

/** Counts the transactions that add a row to the journal, by the ids they draw. */
function mortalScope(real: Scope, life: Life, counts: Counts): Scope {
  return async (who, action) => {
    if (life.dead) return never
    let adds = counts === "everything"
    const inside = real(who, async (ctx) => {
      const newId: typeof ctx.newId = (prefix) => {
        adds ||= prefix === "stp"
        return ctx.newId(prefix)
      }
      const done = await action({ ...ctx, newId })
      adds ||= life.promotes
      if (adds) life.left -= 1
      if (life.when === "before" && life.left === 0) life.end()
      // What was not committed when its process died is rolled back.
      if (life.dead) throw killed
      return done
    })
    const done = await inside.catch((error) => (life.dead ? never : Promise.reject(error)))
    if (life.dead) return never
    if (!adds || life.when !== "after" || life.left > 0) return done
    life.end()
    return never
  }
}

/** What is asked within a transaction: once the life has ended, that is rolled back, and holds no locks. */
function rolledBack(of: Sessions, life: Life) {
  const dying =
    <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      if (life.dead) throw killed
      return call(...given)
    }
  return {
    promote: dying(of.promote),
    promotion: dying(of.promotion),
    draftSince: dying(of.draftSince),
    stopDraft: dying(of.stopDraft),
    endDraft: dying(of.endDraft),
    liveCommit: dying(of.liveCommit),
  }
}

/** The same, but that once the life has ended no call is made, and none is answered. */
function mortal<T extends object>(port: T, life: Life): T {
  const answered = (value: unknown): unknown => {
    if (life.dead) return never
    const methods = typeof value === "object" && value !== null ? Object.values(value) : []
    const isPort = methods.some((each) => typeof each === "function")
    return isPort ? mortal(value as object, life) : value
  }
  const entries = Object.entries(port).map(([name, value]) => [
    name,
    typeof value !== "function"
      ? value
      : (...given: unknown[]) => {
          if (life.dead) return never
          const result: unknown = value.apply(port, given)
          if (!(result instanceof Promise)) return answered(result)
          return result.then(answered, (error) => (life.dead ? never : Promise.reject(error)))
        },
  ])
  // Each of its entries has the type that it had.
  return Object.fromEntries(entries) as T
}
