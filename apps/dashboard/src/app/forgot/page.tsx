import type { Metadata } from "next"
import { headers } from "next/headers"
import { ForgotScreen } from "../../tenants/forgot-screen.tsx"

export const metadata: Metadata = { title: "Forgotten password", referrer: "no-referrer" }

export default async function ForgotPage() {
  return <ForgotScreen host={(await headers()).get("host") ?? "this address"} />
}
