import type { Scope } from "../../core/ctx.ts"

/** A way to the database that ends after so many transactions that write, as a killed process would. */
export function mortal(scope: Scope, transactions: number): { scope: Scope; dead: Promise<void> } {
  const dead = Promise.withResolvers<void>()
  let left = transactions
  return {
    dead: dead.promise,
    scope: async (of, action) => {
      if (of.readOnly) return scope(of, action)
      if (left <= 0) {
        dead.resolve()
        throw new Error("the server is dead")
      }
      left -= 1
      return scope(of, action)
    },
  }
}
