/** What people ask for that a record keeper does not do, said plainly. */
const limits: [RegExp, string][] = [
  [
    /\b(?:dark|light|night) mode\b|\bcolou?r (?:scheme|theme|of the)|\bthemes? (?:switch|picker)|\b(?:fonts?|layout|redesign|styling|css|prettier|fancier|background (?:colou?r|image)|header|footer)\b/i,
    "The look is fixed: it follows the light or dark setting of the device.",
  ],
  [
    /\b(real[- ]?time|live|instant|group|private|direct)?[- ]?(chat(ting|s)?( app| room| rooms)?|messag(e|ing) (app|each other|between|other)|messenger|dms?|instant messaging)\b(?! ?bot)/i,
    "People cannot chat in real time; the app shows what was saved when a page is loaded.",
  ],
  [
    /\b(ai|gpt|chat ?gpt|llm|openai|claude|gemini|machine learning|neural|artificial intelligence|chat ?bot|assistant that|natural language|ai-powered|copilot)\b/i,
    "No AI model is called from inside the app.",
  ],
  [
    /\b(pay(ment|ments)? (processing|gateway|by card|online|with)|take payments?|accept (payments?|cards?)|process payments?|online payments?|payments? online|card payments?|stripe|paypal|check ?out|credit cards?( payments?)?|apple pay|google pay|charge (the |their |my )?(cards?|customers?|clients?|people|users)|pay (online|by card|through|via)|billing system|bitcoin|crypto( ?currency)?( wallet| payments?)?|nft|payments? (through|via|with|by))\b|\b(and|with|,|handles?|supports?|including|includes?) payments\b/i,
    "No payments are taken; amounts can only be written down.",
  ],
  [
    /\b(send(s|ing)?|e-?mails? (me|us|them|him|her|everyone|customers|clients|people|users|members|guests|reminders|notifications|out)|get (an )?e-?mails?|receive (an )?e-?mails?|by e-?mail|via e-?mail|newsletter|mail(s|ing)? (me|us|them|out)|e-?mail (notifications?|reminders?|alerts?|digests?|reports?)|e-?mail (the|our|all|each|every) (?!address)\w+|weekly e-?mails?|daily e-?mails?|invitations? by|automatic e-?mails?)\b.*|\b(an? )?(e-?mail) (when|every|if|to the|to my|each|once|before|whenever)\b/i,
    "The app sends nothing: no e-mail, no messages.",
  ],
  [
    /\b(sms|text messages?|whats ?app|telegram|slack|discord|push( notifications?)?|notif(y|ies|ications?)|remind(s|ers?)? (me|us|them|people|when|before|if|on|to|by|for|at|via|every)|alerts?( me| us)?|alarm|warn(s|ing)? me|with reminders?|reminders)\b/i,
    "It does not notify or remind anybody; you see what is due when you open it.",
  ],
  [
    /\b(log ?in|log[- ]?ins|sign[- ]?(in|up|ups)|user accounts?|accounts? for|accounts (and|with)|passwords? (protected|protection|login)|authenticat\w+|roles and permissions|permissions|multi-?user|user management|oauth|single sign|access control|admin (panel|area|users|role|login)|different users|each user|own account|private to each|register (and|an account)|sso|2fa|users? (can|could) (register|sign|log))\b/i,
    "There are no user accounts in the app: whoever can open it can change everything. Keep its preview private if that matters.",
  ],
  [
    /\b(google maps?|on (a|the) (world )?map|maps?|gps|geo-?location|current location|directions to|nearby|route planning|routing|navigation|live location|satellite)\b/i,
    "There are no maps and no positions; a place is kept as text.",
  ],
  [
    /\b(uploads?|uploading|photos?|pictures?|images?|pics|snapshots?|attach(ments?|ing)?|video(s| clips?)?|camera|scan(s|ning|ner)?|barcode( scanner| scanning)?|qr[- ]?codes?|ocr|pdfs? upload|files? upload|audio( recordings?)?|voice (notes?|memos?|recordings?)|recordings?|avatars?|thumbnails?)\b/i,
    "Pictures and files cannot be uploaded; a link to one can be kept.",
  ],
  [
    /\b(scrap(e|es|ing|er)|crawl(s|er|ing)?|fetch(es|ing)? (data |prices |info |books? |it )?(from|off)|import(s|ing|ed)? (data |them |it |my \w+ )?from|imports?|sync(s|ing|hroni[sz]e\w*)?|integrat(e|es|ion|ions|ing)( with)?|api (of|from)|automatically (look|fill|get|fetch|download|find|pull|import|update)|look(s|ing)? up .* (online|from|on the web|on the internet)|from (amazon|goodreads|imdb|spotify|google|the web|the internet|wikipedia|my bank)|google calendar|outlook|bank (account|feed|connection)|live (prices?|data|rates|scores)|stock (prices|quotes|market)|exchange rates?|weather( forecast| data)?|currency conversion|web ?hooks?|zapier|connect(ed|s)? (to|with) (my )?(bank|google|spotify|stripe|amazon|instagram))\b/i,
    "It has no connection to other services: nothing is fetched, imported or kept in step.",
  ],
  [
    /\b(ios|android|iphone|native (mobile )?app|app store|play store|apple watch|wearable|desktop app|browser extension|chrome extension|offline mode|works? offline|smart ?watch|alexa|siri|home assistant|raspberry|arduino|iot|sensors?|bluetooth)\b/i,
    "It is a web page that works on a phone, not an app from a store and not tied to devices.",
  ],
  [
    /\b(charts?|graphs?|statistics|stats|reports?( of| by| on)?|analytics|dashboards? (with|showing|of)|totals? (per|by|for each|of)|sum(s|med|mary)? (of|per|by|up)|monthly (totals?|summary|overview|sums?)|averages?|calculat(e|es|ed|ing|or|ions?)|trends?|visuali[sz]\w+|heat ?map|(?:my |our |their )?progress over|over (?:time|the (?:weeks|months|years|season))|see (?:my|our|their|the) progress|how (?:i|we|they) (?:improve|progress|develop)\w*|leader ?board|progress bars?|how much (i|we) (spent|spend|earned|make|made) (per|each|this|by|in)|add(s|ed)? up|balance sheet|forecast(s|ing)?|predict(s|ion|ions|ing)?|streaks? automatically|compute[sd]?|count(s|ing)? (up|down)|split (the )?(bills?|costs?|expenses?))\b/i,
    "It does not calculate, sum up or draw charts; it lists, filters and sorts.",
  ],
  [
    /\b(export(s|ing|ed)?|csv|excel|spreadsheet export|pdfs?|print(s|ing|able|out|outs)?|download as|generate (an? )?(invoices?|pdfs?|reports?|documents?|labels?|certificates?))\b/i,
    "It does not export, print or make documents; the API returns everything as JSON.",
  ],
  [
    /\b(calendar( view)?|kanban( board)?|drag[- ]and[- ]drop|drag|gantt( chart)?|timeline view|time ?line|board view|swipe|gallery( view)?|carousel|animated|3d|vr|ar|augmented|dark mode toggle)\b/i,
    "The view is a list that filters and sorts; there is no calendar, board or other view.",
  ],
  [
    /\b(recurring|automatically (create|repeat|renew|schedule|assign|archive|delete|send|generate|calculate)|auto-?(create|renew|repeat|assign)|repeats? (every|weekly|monthly|daily|automatically)|background jobs?|cron|every (night|morning|hour) (it|the app))\b/i,
    "Nothing happens by itself: records change only when somebody changes them.",
  ],
  [
    /\b(video calls?|voice calls?|calls? between|stream(s|ing)|live ?stream|webcam|webrtc|podcast player|music player|play(s|ing|back)? (the )?(music|songs?|videos?|audio|sound)|record(s|ing)? (audio|video|sound))\b/i,
    "There is no audio or video.",
  ],
  [
    /\b(multi-?player|platformer|shooter|rogue-?like|rpg|mmo|side-?scroller|first[- ]person|games? (with|where|like|in which)|(platform|puzzle|arcade|shooter|racing|card|browser|video|snake|chess|tetris|pong|2d|3d) games?\b(?=.*\b(play|with|against|levels|where))|tetris|snake|pong|chess engine|tic[- ]tac[- ]toe|minesweeper|sudoku|play against|flappy)\b/i,
    "It does not play games.",
  ],
  [
    /\b(followers?|follow (each other|other|people|friends)|likes and comments|comment on|social (feed|network|media)|news ?feed|friend requests?|share (it |them )?(with|on|publicly)|sharing|matchmaking|dating|swip(e|ing)|collaborat\w+|multiple people|vote(s)? (on|for)|voting|up-?votes?|polls?)\b/i,
    "There is no social side: no following, liking, voting or sharing between people.",
  ],
  [
    /\b(translate|translations? (into|to)|multi-?lingual|several languages|different languages|language switch)\b/i,
    "The pages are in English only and translate nothing.",
  ],
  [
    /\b(book (a )?(slot|table|room|appointment)s? online|availability check|avoid double|double[- ]?bookings?|conflict detection|prevent over)\b/i,
    "It does not check for clashes between records.",
  ],
  [
    /\b(undo|version history|audit log|history of changes|change log|track changes)\b/i,
    "Earlier versions of a record are not kept.",
  ],
  [
    /\b(trading|invest automatically|mining|blockchain|smart contract|train(s|ing)? (a )?(model|network)|face recognition|speech|encrypt(ed|ion|s)?|vpn|hack(s|ing)?|operating system|compiler|search engine|web browser|photo editor|video editor|simulator|simulation)\b/i,
    "That kind of computing is beyond a record keeper.",
  ],
]

/** Sentences for everything in a text that is beyond a record keeper, each once. */
export function beyond(text: string): string[] {
  return limits.filter(([pattern]) => pattern.test(text)).map(([, sentence]) => sentence)
}

export const pictureLimit = limits.find(([pattern]) => pattern.test("upload"))?.[1] ?? ""

/** Whether a field item asks for a picture or file, for which a link is the nearest thing. */
export function isPicture(item: string): boolean {
  return /\b(photos?|pictures?|images?|cover|cover image|logo|avatar|attachments?|files?|video|audio|recording|scan|pdf|screenshot)$/i.test(
    item.replace(/\s*\(.*\)$/, "").replace(/\s+uploads?$/i, ""),
  )
}
