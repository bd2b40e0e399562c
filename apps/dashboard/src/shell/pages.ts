import type { Permission } from "@vibecaas/contract/permissions"
import { Activity, Box, type LucideIcon, ReceiptText, Settings } from "lucide-react"
import type { Paths } from "../paths.ts"

export interface MainPage {
  name: string
  href: string
  icon: LucideIcon
  needs: Permission
}

/** The pages of an organization, as the navigation and the palette list them. */
export const mainPages = (paths: Paths): readonly MainPage[] => [
  { name: "Projects", href: paths.projects(), icon: Box, needs: "project:read" },
  { name: "Activity", href: paths.activity(), icon: Activity, needs: "audit:read" },
  { name: "Usage", href: paths.usage(), icon: ReceiptText, needs: "usage:read" },
  { name: "Settings", href: paths.settings(), icon: Settings, needs: "organization:read" },
]
