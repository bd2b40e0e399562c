/** The list of polls, which only the owner sees. */
export const ownersPage = "/owner"
