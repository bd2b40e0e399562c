/** How Helm calls what became of a revision. */
export const revisionStatuses = [
  "unknown",
  "deployed",
  "uninstalled",
  "superseded",
  "failed",
  "uninstalling",
  "pending-install",
  "pending-upgrade",
  "pending-rollback",
] as const
export type RevisionStatus = (typeof revisionStatuses)[number]

export interface ReleaseRevision {
  revision: number
  status: RevisionStatus
  description: string
}

/** What has to be done before a release can be upgraded, and what then becomes of it. */
export type ReleasePlan =
  /** nothing stands in the way; `upgrade --install` does the rest */
  | { do: "go on" }
  /** a Helm that was ended left it half made: it is put back to what ran, which changes nothing of what is there */
  | { do: "rollback"; to: number }
  /** nothing of it ever ran, or it was being removed: what there is of it goes, without its hooks */
  | { do: "uninstall" }

/**
 * Helm refuses to touch a release whose last revision is not finished, also when nobody works on it any more. To be
 * asked only by who alone works on it.
 *
 * @param history the oldest first
 */
export function planRelease(history: readonly ReleaseRevision[]): ReleasePlan {
  const last = history.at(-1)
  switch (last?.status) {
    case "uninstalling":
    case "uninstalled":
      return { do: "uninstall" }
    case "pending-install":
    case "pending-upgrade":
    case "pending-rollback": {
      const ran = history.slice(0, -1).findLast(hasRun)
      return ran ? { do: "rollback", to: ran.revision } : { do: "uninstall" }
    }
    default:
      return { do: "go on" }
  }
}

/**
 * A revision that failed becomes `superseded` by the next one that does not, so its status alone says nothing: only
 * what failed keeps that in its description.
 */
const hasRun = ({ status, description }: ReleaseRevision) =>
  status === "deployed" || (status === "superseded" && !/\bfailed\b/.test(description))
