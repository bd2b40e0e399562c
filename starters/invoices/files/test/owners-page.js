/** The list of customers, which only the owner sees. */
export const ownersPage = "/customers"
