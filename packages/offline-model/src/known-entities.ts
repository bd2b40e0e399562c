/** Which things people keep records of, under which names. */
import { usualFieldLists as usual } from "./usual-fields.ts"

const aliases: Record<string, string> = {
  film: "movie",
  gym: "workout",
  fitness: "workout",
  pupils: "student",
  gig: "event",
  concert: "event",
  foods: "food",
  series: "show",
  "tv show": "show",
  "tv series": "show",
  anime: "show",
  todo: "task",
  "to-do": "task",
  "to do": "task",
  errand: "task",
  customer: "client",
  colleague: "employee",
  staff: "employee",
  worker: "employee",
  pupil: "student",
  vendor: "supplier",
  spending: "expense",
  purchase: "expense",
  reservation: "booking",
  training: "workout",
  "job application": "application",
  "vinyl record": "album",
  vinyl: "album",
  lp: "album",
  cd: "album",
  track: "song",
  "video game": "game",
  "board game": "game",
  bookmark: "link",
  website: "link",
  medicine: "medication",
  pill: "medication",
  drug: "medication",
  "blog post": "post",
  "journal entry": "entry",
  diary: "entry",
  journal: "entry",
  vocabulary: "word",
  truck: "vehicle",
  motorcycle: "vehicle",
  flat: "apartment",
  house: "property",
  dog: "pet",
  cat: "pet",
  horse: "pet",
  houseplant: "plant",
  succulent: "plant",
  flower: "plant",
  vegetable: "crop",
  prospect: "lead",
  user: "person",
  participant: "member",
  attendee: "guest",
  equipment: "asset",
  gear: "item",
  supply: "item",
  material: "item",
  thing: "item",
  clothes: "cloth",
  defect: "bug",
  holiday: "trip",
  vacation: "trip",
  dish: "recipe",
  gadget: "device",
  computer: "device",
  laptop: "device",
  parcel: "package",
  wishlist: "wish",
  present: "gift",
  "research paper": "paper",
  beehive: "hive",
}

const collections: Record<string, string> = {
  "reading list": "book",
  "book list": "book",
  library: "book",
  bookshelf: "book",
  bookcase: "book",
  "reading log": "book",
  "reading journal": "book",
  "address book": "contact",
  "phone book": "contact",
  phonebook: "contact",
  rolodex: "contact",
  crm: "client",
  "recipe box": "recipe",
  "recipe book": "recipe",
  cookbook: "recipe",
  "watch list": "movie",
  watchlist: "movie",
  "shopping list": "grocery",
  "grocery list": "grocery",
  "to-do list": "task",
  "todo list": "task",
  "to do list": "task",
  "bucket list": "goal",
  things: "item",
  thing: "item",
  stuff: "item",
  fleet: "vehicle",
  "vehicle fleet": "vehicle",
  "car fleet": "car",
  ordering: "order",
  "online ordering": "order",
  "wish list": "wish",
  wishlist: "wish",
  todo: "task",
  "to-do": "task",
  "to do": "task",
  todos: "task",
  "to-dos": "task",
  "to do's": "task",
  "vinyl collection": "record",
  vinyl: "record",
  "packing list": "item",
  "guest list": "guest",
  "guest book": "entry",
  guestbook: "entry",
  "wine cellar": "wine",
  "price list": "product",
  budget: "expense",
  "household budget": "expense",
  "expense report": "expense",
  inventory: "item",
  "garden planner": "plant",
  garden: "plant",
  "plant diary": "plant",
  pantry: "ingredient",
  fridge: "ingredient",
  freezer: "ingredient",
  wardrobe: "cloth",
  closet: "cloth",
  "help desk": "ticket",
  helpdesk: "ticket",
  "job search": "application",
  "job hunt": "application",
  gradebook: "grade",
  "grade book": "grade",
  "mood tracker": "mood",
  "sleep tracker": "sleep",
  "weight tracker": "weight",
  "car maintenance": "service",
  "vehicle maintenance": "service",
  "bike maintenance": "service",
  "time tracking": "timesheet",
  "time tracker": "timesheet",
  "music library": "album",
  "record collection": "album",
  "class register": "student",
  "attendance sheet": "student",
  diary: "entry",
  journal: "entry",
  "phone list": "contact",
  blog: "post",
  "chat app": "message",
  chat: "message",
  messenger: "message",
  "online shop": "product",
  "web shop": "product",
  "online store": "product",
  shop: "product",
  webshop: "product",
  "e-commerce site": "product",
  forum: "post",
  "social network": "post",
  marketplace: "product",
}

const roomInventory =
  /^(?:kitchen|home|house|household|garage|pantry|larder|fridge|freezer|cellar|attic|basement|shed|office|workshop|storage|store ?room|shop|warehouse|studio|camper|boat|moving|box) (?:inventory|stock|stock list|contents)$/

/** The usual fields of a thing, as an enumeration; undefined when we know none. */
export function usualFields(noun: string): string | undefined {
  const known = knownAs(noun)
  return known === undefined ? undefined : usual[known]
}

/** Whether people keep records of this, by its singular; "vinyl record" and "record" alike. */
export function isKnown(noun: string): boolean {
  return knownAs(noun) !== undefined
}

/** What a name for a collection holds: "reading list" → "book". */
export function heldBy(collection: string): string | undefined {
  const low = collection.toLowerCase().trim()
  if (Object.hasOwn(collections, low)) return collections[low]
  return roomInventory.test(low) ? "item" : undefined
}

/** "medicine" and "medication" are the same to us. */
export function sameThing(one: string, other: string): boolean {
  return knownAs(one) !== undefined && knownAs(one) === knownAs(other)
}

function knownAs(noun: string): string | undefined {
  const low = noun.toLowerCase().trim()
  const last = low.split(/[\s-]+/).at(-1) ?? ""
  for (const name of [low, last]) {
    if (Object.hasOwn(usual, name)) return name
    if (Object.hasOwn(aliases, name)) return aliases[name]
  }
  return undefined
}
