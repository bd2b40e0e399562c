import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { lastOrganizationCookie } from "./last-organization.ts"
import { addressNow, projectIn } from "./old-address.ts"
import { Onward } from "./onward.tsx"
import { needVisit } from "./visit.ts"

/** Any page whose address has no organization: leads to the one that has. */
export async function OnwardPage() {
  const { address, me } = await needVisit()
  if (me && !projectIn(address)) {
    const last = (await cookies()).get(lastOrganizationCookie)?.value
    const now = addressNow(address, { me, last })
    if (now) redirect(now)
  }
  return <Onward address={address} />
}
