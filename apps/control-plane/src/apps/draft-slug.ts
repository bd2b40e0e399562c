/** What a draft's host has after the slug of its project, in which two hyphens never meet. */
export const infix = "--draft-"

/** The end of a run's id: enough to tell its draft from others of the project, and short enough for a host. */
export const tagOf = (draftOf: string) => draftOf.slice(draftOf.indexOf("_") + 1).slice(-8)

/** The label of the host at which members see what a run's agents work on. */
export const draftSlugOf = (slug: string, draftOf: string) => `${slug}${infix}${tagOf(draftOf)}`
