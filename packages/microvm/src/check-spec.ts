import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { MachineRef } from "./host.ts"
import { type VmSpec, vmIdPattern } from "./port.ts"

const vmId = z.string().regex(vmIdPattern)
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

const specSchema = z.strictObject({
  id: vmId,
  cpuCount: z.int().min(1).max(64),
  memoryMiB: z
    .int()
    .min(64)
    .max(1024 * 1024),
  diskMiB: z
    .int()
    .min(1)
    .max(16 * 1024 * 1024),
  trust: z.enum(["blueprint", "untrusted"]),
  image: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/)
    .exactOptional(),
  egress: z
    .union([z.literal("open"), z.strictObject({ allow: z.array(z.string().max(253)).max(200) })])
    .exactOptional(),
})

const refSchema = z.strictObject({ id: vmId, driver: name.nullable() })
const bootSchema = z.strictObject({ spec: specSchema, driver: name.nullable() })

/** Whoever asks may be less trusted than we are: every field is checked. @throws Fault `vm_spec_invalid` */
export const checkBoot = (value: unknown): { spec: VmSpec; driver: string | null } =>
  check(bootSchema, value)

/** @throws Fault `vm_spec_invalid` */
export const checkRef = (value: unknown): MachineRef => check(refSchema, value)

/** @throws Fault `vm_spec_invalid` */
export const checkVmId = (value: unknown): string => check(vmId, value)

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw fault("vm_spec_invalid", {
    say: "No machine can be made like that.",
    note: parsed.error.message,
  })
}
