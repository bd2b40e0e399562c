"use client"
import type { Organization } from "@vibecaas/contract/kinds/tenants"
import { cn } from "../ui/cn.ts"
import { capitalized } from "../ui/words.ts"

/** An organization: its letter, its name, and a word about it. */
export function OrganizationFace({ name, plan }: Pick<Organization, "name" | "plan">) {
  return (
    <>
      <OrganizationLetter name={name} className="size-6 text-12" />
      <span className="min-w-0 flex-1">
        <b className="block truncate text-13 leading-4 font-semibold">{name}</b>
        <small className="block text-11 text-fg-3">{capitalized(plan)} plan</small>
      </span>
    </>
  )
}

export function OrganizationLetter({ name, className }: { name: string; className: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid flex-none place-items-center rounded-2 bg-fg font-semibold text-bg",
        className,
      )}
    >
      {name[0]?.toUpperCase()}
    </span>
  )
}
