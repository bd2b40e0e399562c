import { duration, memory } from "../ui/format.ts"

/** "9" or "512 MB", by the resource's unit */
export function quotaAmount(resource: string, used: number): string {
  return resource.endsWith("_mib") ? memory(used) : used.toLocaleString("en")
}

/** "5 h 5 min", "1,204 tokens" */
export function amount(quantity: number, unit: string): string {
  if (unit === "seconds") return duration(quantity * 1000)
  if (unit === "milliseconds") return duration(quantity)
  return `${quantity.toLocaleString("en")} ${unit}`
}
