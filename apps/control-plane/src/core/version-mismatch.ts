import { type Fault, fault } from "@vibecaas/kernel/fault"

/**
 * That a change is based on a version which is not the newest: Fault `version_mismatch`.
 *
 * @param what whose version it is, such as "this project"; `them` when these are several
 */
export function versionMismatch(what: string, them: "it" | "them" = "it"): Fault {
  return fault("version_mismatch", {
    say: `Somebody else changed ${what} meanwhile. Nothing was changed. Load ${them} again, then repeat your change.`,
  })
}
