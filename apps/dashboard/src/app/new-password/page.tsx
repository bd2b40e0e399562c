import type { Metadata } from "next"
import { headers } from "next/headers"
import { NewPasswordScreen } from "../../tenants/new-password-screen.tsx"

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" }

export default async function NewPasswordPage() {
  return <NewPasswordScreen host={(await headers()).get("host") ?? "this address"} />
}
