/** Drafts and posts to edit, which only the owner sees. */
export const ownersPage = "/desk"
