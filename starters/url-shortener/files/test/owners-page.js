/** All links with their visits, as a file, which only the owner sees. */
export const ownersPage = "/links.csv"
