/** Who signed up, which only the owner sees. */
export const ownersPage = "/owner"
