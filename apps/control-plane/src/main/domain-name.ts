import { z } from "zod"

/** The name of a domain, as settings take it. */
export const domainName = z
  .string()
  .regex(
    /^(?=.{1,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    "must be a domain name in lower case",
  )
