"use client"
import dynamic from "next/dynamic"
import { useState } from "react"
import { OrganizationButton } from "./organization-button.tsx"
import { OrganizationFace } from "./organization-face.tsx"
import { useSession } from "./session.tsx"

const loadMenu = () => import("./organization-menu.tsx").then((module) => module.OrganizationMenu)
const OrganizationMenu = dynamic(loadMenu, { ssr: false, loading: () => <OrganizationButton /> })

/** The organization whose pages these are; who belongs to others can go there from here. */
export function OrganizationSwitch() {
  const { me, organization } = useSession()
  const [asked, setAsked] = useState(false)
  if (me.organizations.length < 2) {
    return (
      <div className="flex items-center gap-2 px-2 py-1.5">
        <OrganizationFace {...organization} />
      </div>
    )
  }
  if (asked) return <OrganizationMenu />
  return (
    <OrganizationButton
      onClick={() => setAsked(true)}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
    />
  )
}
