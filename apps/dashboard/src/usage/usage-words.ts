import { moneyOf } from "@vibecaas/contract/money"
import { bytes, duration, memory } from "../ui/format.ts"

/** "9", "512 MB" or "$1.30", by the resource's unit */
export function quotaAmount(resource: string, used: number): string {
  if (resource.endsWith("_kilobytes")) return bytes(used * 1000)
  if (resource.endsWith("_microdollars")) return moneyOf(used)
  if (resource.endsWith("_milliseconds")) return duration(used)
  return resource.endsWith("_mib") ? memory(used) : used.toLocaleString("en")
}

/** "5 h 5 min", "$1.30", "1,204 tokens" */
export function amount(quantity: number, unit: string): string {
  if (unit === "seconds") return duration(quantity * 1000)
  if (unit === "milliseconds") return duration(quantity)
  if (unit === "microdollars") return moneyOf(quantity)
  if (unit === "bytes") return bytes(quantity)
  return `${quantity.toLocaleString("en")} ${unit}`
}
