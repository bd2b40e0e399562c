"use client"
import { ChevronsUpDown } from "lucide-react"
import type { ComponentProps } from "react"
import { OrganizationFace } from "./organization-face.tsx"
import { useSession } from "./session.tsx"

/** The button that opens the list of organizations; it shows the one that is open. */
export function OrganizationButton(props: ComponentProps<"button">) {
  const { organization } = useSession()
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded="false"
      {...props}
      className="flex items-center gap-2 rounded-2 px-2 py-1.5 text-left hover:bg-active max-md:mr-9"
    >
      <span className="sr-only">Organization: </span>
      <OrganizationFace {...organization} />
      <ChevronsUpDown
        aria-hidden="true"
        className="size-3.5 flex-none text-fg-3"
        strokeWidth={1.75}
      />
    </button>
  )
}
