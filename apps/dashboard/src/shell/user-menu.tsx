"use client"
import dynamic from "next/dynamic"
import { useState } from "react"
import { AccountButton } from "./account-button.tsx"

const loadMenu = () => import("./account-menu.tsx").then((module) => module.AccountMenu)
const AccountMenu = dynamic(loadMenu, { ssr: false, loading: () => <AccountButton /> })

/** The person, and what they can do about their account; the menu is loaded when it is wanted. */
export function UserMenu() {
  const [asked, setAsked] = useState(false)
  if (asked) return <AccountMenu />
  return (
    <AccountButton
      onClick={() => setAsked(true)}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
    />
  )
}
