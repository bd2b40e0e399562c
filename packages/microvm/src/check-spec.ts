import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { MachineRef } from "./host.ts"
import { type VmSpec, vmSpecSchema } from "./port.ts"

const vmId = vmSpecSchema.shape.id
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const refSchema = z.strictObject({ id: vmId, driver: name.nullable() })
const bootSchema = z.strictObject({ spec: vmSpecSchema, driver: name.nullable() })

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
