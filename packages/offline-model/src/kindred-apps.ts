/**
 * Apps that people ask for by their class, and that are no record keepers: for each, the records
 * that come nearest to it and what of it is not built.
 */
import { withoutLead } from "./app-title.ts"
import { looksLikeWord } from "./sense.ts"

export interface Kindred {
  /** what is kept instead, in the words of a goal */
  goal: string
  /** a sentence about what is not built */
  limit: string
}

const games =
  "tetris|snake|pong|pac-?man|minesweeper|sudoku|solitaire|wordle|hangman|crosswords?|flappy bird|space invaders|2048|minecraft|mario|platformer|shooter|racing|rpg|arcade|puzzle|maze"

const classes: [string, Kindred][] = [
  [
    "chess|checkers|draughts|backgammon|tic[- ]tac[- ]toe|connect four|reversi|othello|poker|card game|board game|dominoes|battleships?",
    {
      goal: "games with opponent, date, result (won, lost, draw) and notes",
      limit:
        "Games you played are kept as records; playing one, its rules and a computer opponent are not built.",
    },
  ],
  [
    `(?:${games})(?: games?)?|(?:video |computer |online |browser |mobile |2d |3d |multi-?player )*game(?! (?:night|shelf|list|log|collection|library|tracker|backlog|inventory))`,
    {
      goal: "games with player, date, score (whole number), level (whole number) and notes",
      limit: "Scores of games are kept as records; a game to play is not built.",
    },
  ],
  [
    "instagram|pinterest|flickr|snapchat|photo sharing|social (?:network|media)|news ?feed|feed",
    {
      goal: "posts with caption, photo link, date",
      limit: "Posts are kept as records; following, likes and uploads are not built.",
    },
  ],
  [
    "twitter|mastodon|bluesky|threads|facebook|linkedin|tumblr|micro-?blog(?:ging)?",
    {
      goal: "posts with text (long text), author, link, date",
      limit:
        "Posts are kept as records; following, likes and a feed of other people are not built.",
    },
  ],
  [
    "youtube|tik ?tok|netflix|twitch|vimeo|video (?:sharing|streaming)|streaming",
    {
      goal: "videos with title, link, creator, date, watched flag and notes",
      limit: "Videos are kept as records with a link; uploading and playing them is not built.",
    },
  ],
  [
    "spotify|soundcloud|music (?:player|streaming)",
    {
      goal: "songs with title, artist, album, link, rating from 1 to 5",
      limit: "Songs are kept as records with a link; nothing is played or streamed.",
    },
  ],
  [
    "(?:online |web ?|e-?)(?:shop|store)|e-?commerce|amazon|etsy|e-?bay|shopify|marketplace|shopping cart|shop",
    {
      goal: "products with name, price, stock, description; orders with product, customer, date, quantity, status (new, paid, shipped, delivered)",
      limit:
        "Products and orders are kept as records; a cart, a checkout, payments and customer accounts are not built.",
    },
  ],
  [
    "chat|chat ?room|chatting|messenger|messaging|whats ?app|slack|discord|telegram",
    {
      goal: "messages with author, message, sent at (date and time)",
      limit:
        "Messages are kept as records and seen when a page is loaded; live chat, accounts and notifications are not built.",
    },
  ],
  [
    "calculator|(?:currency|unit) converter|converter",
    {
      goal: "calculations with title, expression, result (decimal), date and notes",
      limit: "Calculations are kept as records; nothing is calculated.",
    },
  ],
  [
    "weather(?: forecast)?|forecast",
    {
      goal: "weather readings with date, place, temperature in celsius, conditions (sunny, cloudy, rain, snow, storm) and notes",
      limit: "Weather is kept as somebody notes it; no forecast is fetched.",
    },
  ],
  [
    "blog|weblog|news(?: ?paper)? site",
    {
      goal: "posts with title, content, published on, status (draft, published)",
      limit: "Posts are kept as records; a public site, comments and subscriptions are not built.",
    },
  ],
  [
    "forum|message board|bulletin board|reddit|discussion board|stack ?overflow|quora",
    {
      goal: "topics with title, author, date, text (long text); replies with topic, author, date, text (long text)",
      limit:
        "Topics and replies are kept as records; accounts, votes and moderation are not built.",
    },
  ],
  [
    "quiz|trivia|kahoot|quizlet|duolingo",
    {
      goal: "questions with question, answer, topic, answered flag",
      limit:
        "Questions and answers are kept as records; asking them one by one and scoring are not built.",
    },
  ],
  [
    "polls?|polling|voting|surveys?|doodle",
    {
      goal: "polls with question, options (long text), closes on (date), closed flag; votes with link to poll, voter, choice (text), date",
      limit: "Votes are written down as records; counting them and secret voting are not built.",
    },
  ],
  [
    "(?:online )?(?:booking|appointment|reservation|scheduling)s?|airbnb|calendly|opentable",
    {
      goal: "bookings with name, phone, date and time, service, status (requested, confirmed, cancelled) and notes",
      limit:
        "Bookings are kept as records; customers cannot book by themselves, and clashes are not checked.",
    },
  ],
  [
    "(?:pomodoro|egg|kitchen|interval|countdown|study)(?: timer)?|timer|stop ?watch|alarm(?: clock)?|countdown",
    {
      goal: "sessions with task, date, duration in minutes, notes",
      limit: "Sessions are kept as records; no clock runs and nothing rings.",
    },
  ],
  [
    "uber|lyft|taxi|ride[- ]sharing|car ?pool(?:ing)?",
    {
      goal: "rides with passenger, driver, date and time, pickup place, destination, price, done flag",
      limit: "Rides are kept as records; live positions, matching and payments are not built.",
    },
  ],
  [
    "doordash|uber eats|deliveroo|food delivery",
    {
      goal: "orders with customer, restaurant, date and time, items (long text), total, delivered flag",
      limit: "Orders are kept as records; live positions and payments are not built.",
    },
  ],
  [
    "tinder|bumble|dating",
    {
      goal: "people with name, age, city, interests, notes",
      limit: "People are kept as records; profiles of strangers, matching and chat are not built.",
    },
  ],
  [
    "wiki|wikipedia|notion|evernote",
    {
      goal: "pages with title, content, tags, updated on (date)",
      limit: "Pages are kept as records; links between them and earlier versions are not built.",
    },
  ],
  [
    "trello|asana|jira|kanban(?: board)?",
    {
      goal: "tasks with title, status (to do, doing, done), assigned to, due date, notes",
      limit:
        "Tasks are kept as records in a list that filters; boards to drag cards on are not built.",
    },
  ],
]

const behind =
  "(?=\\s*(?:$|[.,!?:;(])|\\s+(?:app|application|clone|copy|game|simulator|engine|site|web ?site|page|program|tool|platform|service|network|system|bot|for|with|where|that|which|like|to|i|we|my|about|in|on|and|against|but)\\b)"
const before =
  "^(?:play |playable )?(?:(?!(?:for|of|on|in|to|with|from|about|my|me|list|log|and|or|track|record|tell|show|script|plays)\\b)\\p{L}[\\p{L}-]*\\s+){0,3}?"

const patterns = classes.map(
  ([words, kindred]) =>
    [new RegExp(`${before}(?:${words})${behind}`, "iu"), kindred] satisfies [RegExp, Kindred],
)

/** The nearest record keeper to the class of app a text asks for; undefined for other texts. */
export function kindredOf(text: string): Kindred | undefined {
  const [sentence = ""] = text.trim().split(/\n|(?<=[.!?])\s/)
  const asked = withoutLead(sentence.replace(/’/g, "'")).replace(likeness, "")
  const found = patterns.find(([pattern]) => pattern.test(asked))
  const said = found && (asked.match(found[0])?.[0].match(/\p{L}{3,}/gu) ?? [])
  return said?.every(looksLikeWord) ? found?.[1] : undefined
}

/** Names of others are no names for an app of one's own. */
export const isBrand = (title: string) => brands.test(title)

const brands =
  /\b(?:instagram|pinterest|flickr|snapchat|twitter|mastodon|bluesky|facebook|linkedin|tumblr|you ?tube|tik ?tok|netflix|twitch|vimeo|spotify|soundcloud|amazon|etsy|e-?bay|shopify|whats ?app|slack|discord|telegram|reddit|stack ?overflow|quora|kahoot|quizlet|duolingo|airbnb|calendly|opentable|uber|lyft|doordash|deliveroo|tinder|bumble|wikipedia|notion|evernote|trello|asana|jira)\b/i

/** "app like", "clone of" */
const likeness =
  /^(?:(?:app|application|site|website|platform|something|tool|thing) )?(?:(?:just |a bit |kind of |sort of |that works |that is )?(?:like|similar to)|(?:an? )?(?:clone|copy|version) of) (?:an? |the |my own )?/iu
