"use client"
import { Ellipsis } from "lucide-react"
import type { ComponentProps } from "react"
import { initials } from "../ui/format.ts"
import { useSession } from "./session.tsx"

/** The button that opens the menu. */
export function AccountButton(props: ComponentProps<"button">) {
  const { me } = useSession()
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded="false"
      {...props}
      className="-mx-2 -mb-2 flex items-center gap-2 border-t border-line p-2 text-left outline-offset-[-2px] hover:bg-active"
    >
      <Avatar name={me.name} />
      <span className="min-w-0 flex-1">
        <span className="sr-only">Account of </span>
        <span className="block truncate text-13 leading-4 font-medium">{me.name}</span>
        <span className="block truncate text-12 text-fg-3">{me.email}</span>
      </span>
      <Ellipsis aria-hidden="true" className="size-4 flex-none text-fg-3" strokeWidth={1.75} />
    </button>
  )
}

/** A person: a round tile with initials. */
function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-[22px] flex-none place-items-center rounded-full bg-active text-[10px] font-semibold text-fg-2"
    >
      {initials(name)}
    </span>
  )
}
