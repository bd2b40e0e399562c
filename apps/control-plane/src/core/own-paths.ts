/** Below it every host of a site answers for the platform; what is behind it never gets these requests. */
export const ownPrefix = "/.vibecaas/"

/** Where a private site's host redeems one-time codes. */
export const openPath = `${ownPrefix}open`
