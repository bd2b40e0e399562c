import type { Metadata } from "next"
import { headers } from "next/headers"
import { NewAddressScreen } from "../../tenants/new-address-screen.tsx"

export const metadata: Metadata = { title: "Confirm your address" }

export default async function NewAddressPage() {
  return <NewAddressScreen host={(await headers()).get("host") ?? "this address"} />
}
