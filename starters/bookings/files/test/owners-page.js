/** The agenda of bookings, which only the owner sees. */
export const ownersPage = "/owner"
