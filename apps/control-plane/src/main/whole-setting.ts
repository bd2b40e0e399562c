import { type Setting, setting } from "@vibecaas/kernel/config"
import { z } from "zod"

/** A whole number of 1 or more. */
export function whole(help: string, usually: number): Setting<number> {
  const error = "must be a whole number of 1 or more"
  return setting(
    z.coerce.number(error).int(error).min(1, error).default(usually),
    help,
    `${usually}`,
  )
}

/** As `whole`, or not set at all. */
export function wholeOrNone(help: string, otherwise: string): Setting<number | undefined> {
  const error = "must be a whole number of 1 or more"
  return setting(z.coerce.number(error).int(error).min(1, error).optional(), help, otherwise)
}
