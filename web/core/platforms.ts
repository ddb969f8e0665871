/** How one platform writes the names of people and the addresses of their pages: a row of spec/identifiers.md, section 6.3. */
export interface Platform {
  readonly name: string
  /** What people call it. */
  readonly title: string
  readonly hosts: readonly string[]
  /** Other words that people write before the colon. */
  readonly aliases: readonly string[]
  /** What a name looks like, folded. */
  readonly shape: RegExp
  /** What may stand before the name in a path. */
  readonly words: readonly string[]
  /** Whether a path may begin with `@name`. */
  readonly at: boolean
  /** First segments that are no name, where the name comes first. */
  readonly reserved: ReadonlySet<string>
  /** What may follow the name on a page that is still the person's own; `null`: anything. */
  readonly tails: ReadonlySet<string> | null
}

interface Row {
  readonly hosts?: string
  readonly aliases?: string
  readonly shape?: RegExp
  readonly words?: string
  readonly at?: true
  readonly reserved?: string
  readonly tails?: string | null
}

const none = /^(?!)/

/** The platforms with a rule, in the order in which a screen may offer them. */
export const platforms: readonly Platform[] = [
  platform("instagram", "Instagram", {
    hosts: "instagram.com instagr.am", aliases: "ig", shape: /^[a-z0-9._]{1,30}$/,
    reserved: "p reel reels tv stories explore direct accounts about legal developer web topics",
    tails: "reels tagged followers following channel",
  }),
  platform("facebook", "Facebook", {
    hosts: "facebook.com fb.com m.me", aliases: "fb messenger", shape: /^[a-z0-9]{5,50}$/,
    reserved:
      "groups events pages watch photo photo.php photos video.php videos story.php stories permalink.php posts reel marketplace hashtag gaming " +
      "login login.php settings messages notifications search policies privacy business media public",
    tails: "about photos photos_all videos friends posts reels mentions likes followers following",
  }),
  platform("x", "X (Twitter)", {
    hosts: "x.com twitter.com", aliases: "twitter", shape: /^[a-z0-9_]{1,15}$/,
    reserved: "home i intent search hashtag share explore settings messages notifications login signup tos privacy compose jobs about",
    tails: "with_replies media likes followers following highlights articles verified_followers",
  }),
  platform("linkedin", "LinkedIn", { hosts: "linkedin.com", words: "in", shape: /^(?!\p{M})[\p{L}\p{M}\p{Nd}-]{2,100}$/u, tails: null }),
  platform("tiktok", "TikTok", { hosts: "tiktok.com", at: true, shape: /^[a-z0-9._]{2,24}$/, tails: "live" }),
  platform("snapchat", "Snapchat", { hosts: "snapchat.com", aliases: "snap", words: "add", at: true, shape: /^[a-z0-9._-]{3,15}$/ }),
  platform("youtube", "YouTube", {
    hosts: "youtube.com", at: true, shape: /^(?!\p{M})[\p{L}\p{M}\p{Nd}._·-]{3,30}$/u,
    tails: "videos shorts streams playlists community featured about posts live podcasts channels",
  }),
  platform("github", "GitHub", {
    hosts: "github.com", shape: /^[a-z0-9-]{1,39}$/,
    reserved:
      "orgs topics settings marketplace explore about features pricing login join sponsors search notifications issues pulls collections trending " +
      "apps enterprise site security",
  }),
  platform("telegram", "Telegram", {
    hosts: "t.me telegram.me telegram.dog", aliases: "tg", shape: /^[a-z0-9_]{4,32}$/,
    reserved: "joinchat c addstickers addemoji addtheme addlist share proxy socks setlanguage login confirmphone invoice boost giftcode contact",
  }),
  platform("bluesky", "Bluesky", { hosts: "bsky.app", aliases: "bsky", words: "profile" }),
  platform("mastodon", "Mastodon", { aliases: "fediverse", tails: "with_replies media followers following" }),
  platform("threads", "Threads", { hosts: "threads.net threads.com", at: true, shape: /^[a-z0-9._]{1,30}$/, tails: "replies reposts media" }),
  platform("reddit", "Reddit", {
    hosts: "reddit.com", words: "user u", shape: /^[a-z0-9_-]{3,20}$/, tails: "submitted comments posts overview about",
  }),
  platform("twitch", "Twitch", {
    hosts: "twitch.tv", shape: /^[a-z0-9_]{3,25}$/, tails: "about videos schedule clips",
    reserved: "directory videos settings subscriptions downloads jobs turbo store search",
  }),
  platform("vk", "VK", {
    hosts: "vk.com vk.ru vkontakte.ru",
    shape: /^(?!(wall|photo|video|club|public|event|album|topic|app|clip|story|doc|note)[0-9])[a-z0-9._]{2,32}$/,
    reserved: "feed im groups friends video music search login about join settings",
  }),
  platform("medium", "Medium", { hosts: "medium.com", at: true, shape: /^[a-z0-9._-]{1,60}$/, tails: "about followers following lists" }),
  platform("discord", "Discord", { hosts: "discord.com discordapp.com", words: "users", shape: /^[a-z0-9._]{2,32}$/ }),
]

/** The platform of that name or alias. */
export function platformNamed(word: string): Platform | undefined {
  return platforms.find((one) => one.name === word || one.aliases.includes(word))
}

/** The platform under one of whose domains the host stands, and what stands before that domain. */
export function platformOf(host: string): { readonly platform: Platform; readonly before: string } | undefined {
  for (const one of platforms) {
    for (const domain of one.hosts) {
      if (host === domain) return { platform: one, before: "" }
      if (host.endsWith(`.${domain}`)) return { platform: one, before: host.slice(0, -domain.length - 1) }
    }
  }
  return undefined
}

function platform(name: string, title: string, row: Row): Platform {
  return {
    name, title, shape: row.shape ?? none, at: row.at ?? false,
    hosts: list(row.hosts), aliases: list(row.aliases), words: list(row.words), reserved: new Set(list(row.reserved)),
    tails: row.tails === null ? null : new Set(list(row.tails)),
  }
}

function list(words: string | undefined): string[] {
  return words === undefined ? [] : words.split(" ")
}
