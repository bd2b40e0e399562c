/** Below it every host of a site answers for the platform; what is behind it never gets these requests. */
export const ownPrefix = "/.vibecaas/"

/** The script by which pages of what people work on load themselves again. */
export const reloadPath = `${ownPrefix}reload.js`

/** The script by which pages tell the dashboard that frames them where they are and what fails in them. */
export const framePath = `${ownPrefix}frame.js`

/** Where such a page hears of starts. */
export const startsPath = `${ownPrefix}starts`

/** Where a private site's host redeems one-time codes. */
export const openPath = `${ownPrefix}open`
