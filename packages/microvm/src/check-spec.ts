import { isAbsolute, normalize } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { type VmSpec, vmIdPattern } from "./port.ts"

const specSchema = z.strictObject({
  id: z.string().regex(vmIdPattern),
  cpuCount: z.int().min(1).max(64),
  memoryMiB: z
    .int()
    .min(64)
    .max(1024 * 1024),
  diskMiB: z
    .int()
    .min(1)
    .max(16 * 1024 * 1024),
  dataDir: z
    .string()
    .max(1024)
    .refine((path) => isAbsolute(path) && normalize(path) === path && !path.includes("\0")),
  trust: z.enum(["blueprint", "untrusted"]),
})

/** Whoever asks may be less trusted than we are: every field is checked. @throws Fault `vm_spec_invalid` */
export function checkSpec(value: unknown): VmSpec {
  const parsed = specSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error.message)
}

export function checkVmId(value: unknown): string {
  if (typeof value === "string" && vmIdPattern.test(value)) return value
  throw invalid("not the id of a machine")
}

function invalid(note: string) {
  return fault("vm_spec_invalid", { say: "No machine can be made like that.", note })
}
