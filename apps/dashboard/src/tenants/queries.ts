import { act } from "../api/act.ts"

const me = "GET /me"

export const createOrganization = act("POST /organizations", { renews: [me] })
export const renameOrganization = act("PATCH /organizations/{organizationId}", { renews: [me] })
export const deleteOrganization = act("DELETE /organizations/{organizationId}", { renews: [me] })
export const leaveOrganization = act("POST /organizations/{organizationId}/leave")
