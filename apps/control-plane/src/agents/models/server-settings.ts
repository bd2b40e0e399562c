import { type Setting, setting } from "@vibecaas/kernel/config"
import { z } from "zod"

/** A provider's key; an empty one is a mistake, not the absence of one. */
export const keySetting = (help: string): Setting<string | undefined> =>
  setting(z.string().min(1, "must not be empty").optional(), help, "none")

/** Where a provider's server is. */
export const addressSetting = (help: string, fallback: string): Setting<string | undefined> =>
  setting(
    z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
    help,
    fallback,
  )
