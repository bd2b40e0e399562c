import { actAsPlatform } from "../core/resource.ts"
import type { Mask } from "../secrets/index.ts"
import type { AppRow } from "./app.ts"
import type { AppsParts } from "./parts.ts"

/** As what an app is given secrets: those of drafts are in development, whoever visits them. */
export const givenTo = ({ projectId, purpose, environment }: AppRow) => ({
  projectId,
  environment: purpose === "live" ? ("production" as const) : ("development" as const),
  variables: environment,
})

/** Takes the values of a project's secrets out of what its programs wrote. */
export const maskOf = (
  parts: Pick<AppsParts, "scope" | "secrets">,
  of: Pick<AppRow, "projectId"> & { organizationId: string },
): Promise<Mask> =>
  actAsPlatform(parts, { organizationId: of.organizationId, readOnly: true }, (ctx) =>
    parts.secrets.mask(ctx, of.projectId),
  )
