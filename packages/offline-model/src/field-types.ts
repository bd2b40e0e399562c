/** What a field's name says about its type. The last rule that a name needs comes first. */
import type { Field, FieldType } from "./blueprints/index.ts"

type Guess = Pick<Field, "type"> & Partial<Pick<Field, "choices" | "min" | "max" | "unit">>

/** [pattern over the lower-case name, what it means] in order; the first that matches wins. */
const lexicon: [RegExp, Guess][] = [
  [/^(?:links?|urls?) (?:to|of|for)\b/, { type: "url" }],
  [/^(?:km|kilomet(?:er|re)s|miles) \w+$/, { type: "decimal" }],
  [/^(?:grams|kilos|kg|ml|litres|liters) (?:of )?\w+(?: \w+)?$/, { type: "decimal" }],
  [
    /^chapter$|\b(?:film|card|paper|root) stock$|^(?:days?|time) of (?:the )?(?:week|month)$|^days (?:they|available|free)\b/,
    { type: "text" },
  ],
  [
    /^(?:\p{L}+ )?(?:og|fg|(?:specific|original|final) gravity)$|^(?:out of |total |max(?:imum)? )?marks(?: (?:obtained|scored|given|awarded))?$/u,
    { type: "decimal" },
  ],
  [
    /^(?:episode|season|chapter|page|volume|jersey|shirt|lap|round|table) number$|^year\b|^goals\b|^(?:systolic|diastolic)( pressure)?$|^(?:top|bottom|upper|lower) (?:number|reading|value)$/,
    { type: "whole_number" },
  ],
  [
    /\b\w+ed at$|^(?:starts?|ends?|begins?|opens?|closes?|due|leaves?|arrives?) at$|^date (?:and|&|\/|\+) time\b|^time (?:and|&) date\b|^kick-?\s?off(?: (?:time|date))?$|^(?:date|day) (?:and|&) (?:hour|clock)\b/,
    { type: "datetime" },
  ],
  [
    /^(?:match|game|incident|trip|field|lab|race|flight|session|inspection|visit|final|lesson|work|test|police|accident|medical|vet|damage|condition)? ?report$|\b(?:brief|write-?up|findings|diagnosis|biography|blurb|memo)$/,
    { type: "long_text" },
  ],
  [
    /(?:^|\s)%$|\b(?:vat|tax|interest|exchange|growth|commission|success|response) rate$/,
    { type: "decimal", unit: "%" },
  ],
  [/^(?:average|mean|avg\.?) (?!heart|name|score|rating)/, { type: "decimal" }],
  [/^average (?:score|rating)$/, { type: "rating", min: 1, max: 5 }],
  [/^hours\b|\b(?:hrs|hours)$/, { type: "decimal", unit: "h" }],
  [
    /^(?:goals|points|legs|sets|frames|games|wins|losses|tries|fouls|(?:highest|lowest) \p{L}+)(?: \p{L}+)?$/u,
    { type: "whole_number" },
  ],
  [/^day (?!rate|pass|ticket|care|job|trip|name)\p{L}+$/u, { type: "date" }],
  [/\b\p{L}+(?:ed|t|ght|en) (?:back|in|out|up|off|over|down|away) on$/u, { type: "date" }],
  [/\b\p{L}{2,}ing at$|^next \p{L}+ at$/u, { type: "datetime" }],
  [
    /^would \p{L}+|^no[- ]?show$|^(?:toxic|safe|suitable|harmful|poisonous|open|allowed) (?:to|for|with) /u,
    { type: "flag" },
  ],
  [/^(?:clay|car|main|camera) body$/, { type: "text" }],
  [
    /^(?:brew|bake|pay|planting|sowing|moving|wedding|delivery|collection) ?day$|^(?:contract|valid|lease|rental|stay|hired|employed|insured) (?:from|to|until|till)$|^(?:first|last) (?:day|night) \p{L}+$|\b(?:planned|actual|expected|agreed) (?:return|start|end|arrival|departure|delivery|finish|pick-?up)$/u,
    { type: "date" },
  ],
  [/^(?:last|next|previous) (?:donation|payment|\p{L}+(?:ation|ing|ment|al))$/u, { type: "date" }],
  [/^(?:may|can|could|must|should|will|to) be \p{L}+/u, { type: "flag" }],
  [/^(?:number of )?(?:days|nights)$/, { type: "whole_number" }],
  [/^(?:paid|charged) per \p{L}+$|^(?:sold|bought|paid) for$/u, { type: "money" }],
  [/\bseconds$/, { type: "whole_number", unit: "s" }],
  [/^time of (?!day)\p{L}+$/u, { type: "time" }],
  [/^(?:minutes|hours|days|metres|meters|litres|liters|kilos|grams) \p{L}+$/u, { type: "decimal" }],
  [/^\p{L}+s (?:inspected|treated|found|tested|affected)$/u, { type: "text" }],
  [
    /^(?:rent|amount|price|cost|fee)s? (?!cent(?:er|re)|type|range|list|note|name|category|method|code)\p{L}+$/u,
    { type: "money" },
  ],
  [
    /^\p{L}{2,}ing on$|^\p{L}+(?:nd|ld) on$|^(?:decision|answer|reply|response|delivery|return) by$/u,
    { type: "date" },
  ],
  [
    /^(?:expected|due|wanted|needed) (?:back|home|in|out)$|^date (?:given|taken|used)$|^(?:lease|rent|contract|tenancy|policy) start$/,
    { type: "date" },
  ],
  [/^(?!this |is |was )\p{L}+s (?:needed|required)$/u, { type: "text" }],
  [/\b(?:blood sugar|glucose|cholesterol)\b/, { type: "decimal" }],
  [/^estimate$/, { type: "money" }],
  [/^\p{L}{3,}s on$/u, { type: "date" }],
  [/\b(?:up|asleep|awake|in|out|off|back|down) at$/, { type: "datetime" }],
  [/^worth\b/, { type: "money" }],
  [/^(?:months|weeks|years) \p{L}+$/u, { type: "whole_number" }],
  [/^number (?:aboard|present|attending|left|sold|made|needed|seated)$/, { type: "whole_number" }],
  [/^(?:paid|given|sent|sold|lent|handed|issued|awarded) (?:to|by)$/, { type: "text" }],
  [
    /^auto[- ]|^told (?:them|him|her|us|me)$|\p{L} (?:already|yet)$|^paid out$|^ready$|^running low$|^low$|^\p{L}+ free$|^plus one$/u,
    { type: "flag" },
  ],
  [/^(?:issued|born|died|founded|established|hatched|released)$/, { type: "date" }],
  [
    /^(?:fell asleep|woke up|got up|went to (?:bed|sleep)|lights out|left at|(?:in|out|back) at|clock(?:ed)? (?:in|out)|sign(?:ed)? (?:in|out)(?: time| at)?|time (?:in|out)|arrived|departed)$/,
    { type: "datetime" },
  ],
  [
    /^(?:sent out|went out|came (?:back|in|out)|(?:given|handed|brought|taken) (?:back|in|out)|moved (?:in|out)|dropped off)$/,
    { type: "date" },
  ],
  [
    /^(?:given|taken|eaten|fed|drunk|seen|begun|written|met) at$|^time (?:given|taken|fed|eaten)$/,
    { type: "datetime" },
  ],
  [
    /^(?:available|valid|free|away|absent|active|member) (?:from|since)$|^(?:out|back|due|in|off) (?:on|by)$/,
    { type: "date" },
  ],
  [/^(?:no|nr|num|#)\.? of \w/, { type: "whole_number" }],
  [
    /^(?:quantity|qty|number|amount|count|pieces|units|copies|bottles|pills|tablets) (?:in stock|on hand|left|remaining|available|owned)$/,
    { type: "whole_number" },
  ],
  [
    /^(?:met(?:er|re)s|yards|grams|kilos|lit(?:er|re)s|miles|feet|hours) per \w+$/,
    { type: "decimal" },
  ],
  [/^(?:price|cost|fee) each$/, { type: "money" }],
  [/^notes? (?:about|on|from) /, { type: "long_text" }],
  [/^(?:made|ready|built|baked|brewed|cut|picked) (?:on|from)$|^last \w+ check$/, { type: "date" }],
  [/^total (?:charged|paid|spent|owed|earned|raised|billed)$/, { type: "money" }],
  [/^(?:first|last|next) (?:harvest|frost|feed|service|inspection|flowering)$/, { type: "date" }],
  [/^(?:expected|needed|required|wanted) by$|^(?:first|last) (?:day|night)$/, { type: "date" }],
  [/^(?:total )?(?:cost|price) (?:of|to) \w/, { type: "money" }],
  [/^next of kin$/, { type: "text" }],
  [/^(?!last |first |when |date |not |ever )\p{L}+ seen$/u, { type: "text" }],
  [/^money \w+$|\bsavings$/, { type: "money" }],
  [/\bback ?story$/, { type: "long_text" }],
  [/^serves( how many)?$/, { type: "whole_number" }],
  [
    /\b(?:price|cost|amount|fee|rate)s? (?:charged|agreed|quoted|asked|offered|received)$|\b(?:(?<!in )charges?|takings|turnover|proceeds|hammer price|excess|fine|invoice total|quote amount)$/,
    { type: "money" },
  ],
  [
    /^(?!subs\b|fees\b|dues\b|species\b)(?:\p{L}+ )?\p{L}{2,}s (?:sold|caught|laid|collected|hatched|produced|scored|conceded|won|lost|played|harvested|picked|left|remaining|attended|missed|slept|smoked|drunk|seen|read|filled|eaten|pressed|mended|driven|run|walked|climbed|completed|baked|brewed|made)$/u,
    { type: "whole_number" },
  ],
  [
    /^(?!is |was |has |are )(?:\p{L}+ )?\p{L}+ (?:used|worn|involved|covered|taught|discussed|observed|practi[sc]ed|served|prescribed|eaten|given)$/u,
    { type: "text" },
  ],
  [/\b(?:lead ?time|turnaround)$/, { type: "text" }],
  [
    /^(?:frames|boxes|bags|bottles|cups|glasses|jars|sheets|rolls|pieces|pairs|packs|packets|trays|bales|loads|cans|tins|balls|skeins|rows|slices|batches|spools|reels|bunches) of \w+$/,
    { type: "whole_number" },
  ],
  [
    /\b\w+ (?:ends?|expires|expiry|begins|runs out|valid (?:to|until|till)|ends on|expires on|start(?:s|ed)|since|until)$|^(?:valid|good|paid|covered|insured|rented|booked|lasts?) (?:to|until|till|through)$/,
    { type: "date" },
  ],
  [/^saved( so far)?$/, { type: "money" }],
  [/^(?:pros|cons|pros and cons)$/, { type: "long_text" }],
  [/^(?:price|cost|fee|rate|pay|wage|rent|charge)s? per \w+$/, { type: "money" }],
  [/\b(e-?mails?|e-?mail address(es)?)$/, { type: "email" }],
  [
    /\b(phones?|telephones?|mobile|cell|fax)( numbers?| no)?$|^(tel|contact number|whatsapp( number)?)$/,
    { type: "phone" },
  ],
  [
    /\b(urls?|links?|websites?|web ?site|web ?page|homepage|web address|repo(sitory)?|linkedin|github|profile link|portfolio)$/,
    { type: "url" },
  ],
  [/\bhex( colou?r| code)?$|\bcolou?r (code|hex)$|\bcolou?r picker$/, { type: "color" }],
  [
    /\b(per cent|percent|percentage|discount|tax rate|interest rate|humidity|abv|alcohol( content)?|completion)$/,
    { type: "decimal", unit: "%" },
  ],
  [
    /\b(pay(ment)? (method|type|status)|price (range|list|note)|cost (center|centre)|order (status|number|type)|budget (category|line|name))$/,
    { type: "text" },
  ],
  [
    /\b(prices?|costs?|budgets?|fees?|amounts?( (paid|due|owed|spent|charged|earned|received|raised|donated))?|totals?|salar(y|ies)|wages?|rent|deposits?|balance|revenue|income|profit|worth|tips?|paid amount|expenses?|donations?|pledges?|fares?|subtotal|tax|vat|premium|debt|owed|money|cash|price paid|hourly rate|daily rate|day rate|rate per \w+|spend|spent|bid|value|(?:estimated|market|resale|deal|order|purchase|contract) value|allowance|tuition|payment|earnings|refund|market price)$/,
    { type: "money" },
  ],
  [/\bstart(s|ing)? and end(s|ing)? (date)?$/, { type: "date" }],
  [
    /\b(date and time|date time|datetime|timestamp|date & time|time and date|appointment( time)?|pick ?up time|appointment date)$/,
    { type: "datetime" },
  ],
  [
    /\b(birthdays?|birth ?date|date of birth|dob|anniversary|dates?|deadlines?|due|due (on|by)|due date|expiry|expiration|expires?|expires on|renewal|until|since|deadline day|arrival|departure|check-?in|check-?out|best before|use by|sell by|return by|last (seen|watered|contact(ed)?|visit(ed)?|serviced?|check(ed|up)?|worn|used|cleaned|changed|fed|repotted|fertili[sz]ed|met|called|update|oil change|done|played|practiced|practised|vet visit|vaccination)|next (visit|check(up)?|service|appointment|due|step date|contact|review|payment|vaccination|vet visit|follow.?up|watering)|follow.?up( date)?|when)$/,
    { type: "date" },
  ],
  [
    /^date\b|^day$|^next (?!steps?|actions?|topic|level|in line)[a-z ]+$|^due\b|^(?:last|next) (?!name|word|price|score|resort|owner|position|line)[a-z]+(?:ed|en|wn|ght|ne|nt|pt|ead|un|ut)$|\b(on|at|by) date$|^(day|date) (of|when|i|we|it)\b/,
    { type: "date" },
  ],
  [
    /\b\w+(ed|t|n|ght) on$|^(born|bought|sold|sent|paid|planted|started|joined|opened|finished|hired|visited|watched|read|published|released|acquired|purchased|borrowed|returned|received|ordered|delivered|shipped|applied|expires|ends|starts|due|hatched|founded) (on|at|date|when)$/,
    { type: "date" },
  ],
  [
    /\b(start|end|starting|ending|opening|closing|wake.?up|arrival|departure|meeting|begin(ning)?|bed|entry|exit|alarm|call|landing|take-?off|finish|collection|delivery|feeding) ?times?$|^(bedtime|time|time of day|hour of day)$/,
    { type: "time" },
  ],
  [
    /\b(notes?|descriptions?|comments?|details?|instructions?|directions?|steps?|ingredients?|reviews?|summar(y|ies)|bio|biography|message|content|body|text|remarks?|observations?|thoughts?|lyrics|method|preparation|recipe text|history|story|background|abstract|feedback|reflection|synopsis|plot|transcript|agenda|minutes text|care tips|tasting notes|requirements?|allergies|allergy info|about|answer|explanation|solution|what happened|lessons? learned|to ?dos|quote|reason|symptoms|treatment|how to .*|entry|journal entry|cover letter|special requests?|steps to reproduce|reproduction steps|preferences)$/,
    { type: "long_text" },
  ],
  [
    /\b(star )?ratings?$|\bstars$|^(score|enjoyment|mood|satisfaction|rating|stars|energy|energy level|pain level|mood level|stress level|sleep quality)$|\bout of (5|ten|five|10)$/,
    { type: "rating", min: 1, max: 5 },
  ],
  [
    /\bpriorit(y|ies)$|^(urgency|severity|importance)$/,
    { type: "choice", choices: ["low", "medium", "high"] },
  ],
  [
    /^(difficulty|difficulty level|level of difficulty|effort)$/,
    { type: "choice", choices: ["easy", "medium", "hard"] },
  ],
  [
    /\b(status|progress|stage)$|^state$/,
    { type: "choice", choices: ["open", "in progress", "done"] },
  ],
  [/^rsvp( status)?$/, { type: "choice", choices: ["invited", "yes", "no", "maybe"] }],
  [
    /\b(is|has|was|are|can|needs?|should|did) \w+|\b(needed|required|allowed|included|possible)$|^settled$/,
    { type: "flag" },
  ],
  [
    /\b(done|finished|complete|completed|paid|unpaid|read|unread|watched|seen|unseen|bought|owned|active|inactive|archived|available|in stock|borrowed|lent|lent out|returned|favou?rites?|favou?rited|starred|important|urgent|closed|resolved|fixed|confirmed|attending|attended|present|vaccinated|neutered|spayed|vegetarian|vegan|gluten free|gluten-free|dairy free|organic|wishlist|checked|checked in|checked out|packed|sold|shipped|delivered|received|sent|published|booked|cancelled|canceled|approved|billable|reimbursed|reimbursable|recurring|tax deductible|deductible|visited|played|cooked|tried|used|opened|empty|broken|flagged|bookmarked|subscribed|member|vip|married|hired|rejected|accepted|submitted|graded|passed|enrolled|invited|responded|replied|answered|solved|verified|enabled|disabled|hidden|private|public|public domain|pinned|alive|rented|occupied|licensed|insured|signed|invoiced|refundable|pet friendly|drunk|consumed|liked|disliked|loved|claimed|wrapped|given|purchased|picked up|refunded|won|lost|learned|learnt|mastered|memori[sz]ed|reviewed|practiced|practised|harvested|planted|watered today|skipped|missed|taken|waterproof|reserved|needs? (water|repair|cleaning|attention|repotting)|in use|on loan|loaned|loaned out|up to date|out of stock|sold out|on sale|outdoors?|indoors?|dog friendly|kid friendly|child friendly|spicy|flag|checkbox|or not|would (buy|eat|watch|read|recommend|cook|go|visit|make) again|recommended)$/,
    { type: "flag" },
  ],
  [
    /\b(number|no|nr|code|id|sku|isbn|serial|serial number|barcode|reference|ref|plate|registration|zip|zip code|postcode|postal code|iban|vin|version|model|account)$/,
    { type: "text" },
  ],
  [/\b(weight|body ?weight)s?$/, { type: "decimal", unit: "kg" }],
  [/\b(distance)s?$/, { type: "decimal", unit: "km" }],
  [/\b(temperature|temp)$/, { type: "decimal", unit: "°C" }],
  [
    /\b(heights?|lengths?|widths?|depths?|diameter|area|volume|speed|pace|latitude|longitude|gpa|ph|average|mileage rate|ratio|hours|hours worked|hours slept|hours spent|litres|liters|kilometers|kilometres|km|miles|kg|elevation|square (meters|metres|feet)|concentration|body fat|waist|dosage amount)$/,
    { type: "decimal" },
  ],
  [
    /^(duration|cook(ing)? time|prep(aration)? time|baking time|total time|brew(ing)? time|run ?time|time spent|playing time|play time|travel time|duration in minutes|length in minutes|screen time|rest time|time needed|time taken)$|\b(minutes|mins)$/,
    { type: "whole_number", unit: "min" },
  ],
  [
    /\b(pages?|page count|quantit(y|ies)|qty|counts?|ages?|years?|numbers? of .*|amount of .*|capacity|seats?|stock|sets|reps|repetitions|servings?|portions?|copies|calories|kcal|points|goals|score|home score|away score|laps|rounds|floors?|bedrooms?|bathrooms?|rooms|episodes?|seasons?|chapters?|tracks|players|min players|max players|attendees|participants|guests|people|party size|headcount|steps|steps walked|streak|streak days|(?:finishing|final|finish|race|starting|start|grid|league|chart) position|rank|ranking|grade level|vintage|mileage|odometer|odometer reading|kilometrage|interval|frequency|times?( per (day|week|month))?|heart rate|pulse|units?|minimum( stock)?|reorder (level|point)|attempts|views|votes|likes|downloads|employees|founded|population|size in .*|plus ones?|repeat(s)?|bpm|dose count|trips|tickets|term|semester|year published|word count|words|credits|bottles|in stock count|total count|beds|eggs|chickens|tally)$/,
    { type: "whole_number" },
  ],
  [/^(?:max|maximum|min|minimum|total|expected) \p{L}+s$/u, { type: "whole_number" }],
  [/\bmarks?$|^(grade|exam grade)$/, { type: "text" }],
  // "adopted", "laminated": a lone participle is something that is so or not
  [
    /^(?!speed|breed|seed|feed|need|bed|shed|weed|deed|greed|creed)[a-z]{2,}ed$|^(?:pregnant|fragile|perishable|sterile|edible|upheld|held|built|broken|worn|alive|dead|free|open|closed|full|sick|healthy|online|homemade|handmade)$/,
    { type: "flag" },
  ],
]

/** The type a name suggests; plain text when it suggests none. */
export function guessType(name: string): Guess {
  const low = name.toLowerCase().trim()
  const found = lexicon.find(([pattern]) => pattern.test(low))?.[1]
  const head = low.replace(/ in \p{L}+$/u, "")
  return found ?? (head === low || head.length < 3 ? { type: "text" } : guessType(head))
}

/** Whether a name is one that fields have, even without a rule above. */
export function soundsLikeField(name: string): boolean {
  const low = name.toLowerCase().trim()
  return guessType(low).type !== "text" || plainNames.test(low)
}

const plainNames =
  /\b(name|names|title|titles|author|authors|artist|genre|category|categories|type|kind|brand|make|model|colou?r|size|location|place|city|country|street|state|role|company|employer|position|tags?|label|subject|topic|species|breed|variety|producer|region|owner|maker|camera|lens|barcode|publisher|director|actor|cast|platform|language|format|material|supplier|vendor|store|shop|source|sender|recipient|assignee|department|team|group|unit|gender|sex|currency|payment method|number|code|id|isbn|sku|serial|host|venue|organizer|teacher|instructor|borrower|lender|contact|relation|relationship|occasion|muscle group|exercise|cuisine|course|grape|winery|roaster|origin|condition|shelf|level|weather|apiary|room|box|bin|plate|theme|album|composer|key|medium|habitat|payee|merchant|account|who .*|where .*|what .*|which .*|how .*|first name|last name|surname|nickname|username|diet|seat|table|class|major|job title|initials|passport|nationality|hobby|hobbies|interests|keywords?)$/

const typeWords: [RegExp, FieldType][] = [
  [
    /^(long text|multi-?line( text)?|paragraphs?|text ?area|free ?text|rich text|longer text|markdown)$/,
    "long_text",
  ],
  [/^(text|string|short text|varchar|words|txt|name)$/, "text"],
  [/^(whole numbers?|integers?|int|count|counter)$/, "whole_number"],
  [/^(decimals?|floats?|real|double|decimal numbers?)$/, "decimal"],
  [
    /^(money|currency|amount of money|price|monetary|dollars|euros?|usd|eur|gbp|pounds( sterling)?|in (euros?|dollars|pounds|usd|eur|gbp)|[€$£])$/,
    "money",
  ],
  [
    /^(flag|bool|boolean|yes ?[/|]? ?no|y ?\/ ?n|yes or no|true ?[/|] ?false|true or false|check ?box|tick ?box|toggle|switch|tick)$/,
    "flag",
  ],
  [/^(date ?time|date and time|timestamp|date \+ time|date & time|date with time)$/, "datetime"],
  [/^(dates?|day|calendar date)$/, "date"],
  [/^(time|time of day)$/, "time"],
  [/^(e-?mail|e-?mail address)$/, "email"],
  [/^(url|link|web ?link|web ?site|web address|hyperlink)$/, "url"],
  [/^(phone|phone number|telephone|tel)$/, "phone"],
  [/^(colou?r|hex|hex colou?r|colou?r picker)$/, "color"],
  [/^(stars?|star rating|rating)$/, "rating"],
]

/** The type that a word names outright, as in "pages (number)"; "number" depends on the name. */
export function typeNamed(word: string, fieldName = ""): FieldType | undefined {
  const low = word.toLowerCase().trim()
  if (/^(numbers?|numeric|num|nr|digits)$/.test(low)) {
    const guess = guessType(fieldName).type
    return ["decimal", "money", "rating"].includes(guess) ? guess : "whole_number"
  }
  return typeWords.find(([pattern]) => pattern.test(low))?.[1]
}
