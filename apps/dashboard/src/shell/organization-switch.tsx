"use client"
import dynamic from "next/dynamic"
import { useState } from "react"
import { OrganizationButton } from "./organization-button.tsx"

const loadMenu = () => import("./organization-menu.tsx").then((module) => module.OrganizationMenu)
const OrganizationMenu = dynamic(loadMenu, { ssr: false, loading: () => <OrganizationButton /> })

/** The organization whose pages these are; from here one goes to others, and makes more. */
export function OrganizationSwitch() {
  const [asked, setAsked] = useState(false)
  if (asked) return <OrganizationMenu />
  return (
    <OrganizationButton
      onClick={() => setAsked(true)}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
    />
  )
}
