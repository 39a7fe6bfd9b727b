// What the explorer asks of the holdings. Each text stays the same; what varies is a variable.

const BRIEF = `fragment Brief on HeldRecord {
  id kind label number date verdicts(agreements: $judged) { released }
  shown: fields(names: ["title", "type", "opened", "prepared", "created", "closed"]) { name value }
}`;

const LINK = `fragment Between on HeldLink {
  id type role from { id } to { id } verdicts(agreements: $judged) { released }
  shown: fields(names: ["since", "until"]) { name value }
}`;

const CAUSE = `fragment Why on Verdict {
  agreement released text
  causes {
    rule reason text whoMayChange
    category { id label authority }
    chain { link type from to codedBy approvedBy }
  }
}`;

const EFFECT = `fragment Effected on Effect {
  agreement
  adds { reasons record { id kind label number } }
  changes { reasons record { id kind label number } }
  withdraws { reasons record { id kind label number } }
}`;

const REQUESTED = `fragment Requested on Request {
  id kind version by office at reason categories agreements start end state why
  record { id kind label number } diff { name before after } obstacles { id text }
}`;

export const ME = `{
  me { user office roles may }
  agreements { id }
}`;

export const SEARCH = `query ($text: String!, $kinds: [Kind!], $after: String, $judged: [ID!]) {
  search(text: $text, kinds: $kinds, first: 20, after: $after) {
    totalCount
    nodes { ...Brief }
    pageInfo { hasNextPage endCursor }
  }
}
${BRIEF}`;

export const RECORD = `query ($id: ID!, $judged: [ID!]) {
  record(id: $id) {
    ...Brief
    office sourceSystem deleted accessCodes fields { name value }
    approval { state agent supervisor date }
    properties { name value accessCodes sources { ...Brief } verdicts(agreements: $judged) { released } }
    linkCounts { type direction kind count }
  }
}
${BRIEF}`;

export const NEIGHBOURS = `query (
  $id: ID!, $types: [String!], $directions: [Direction!], $kinds: [Kind!], $after: String, $judged: [ID!]
) {
  record(id: $id) {
    links(types: $types, directions: $directions, kinds: $kinds, first: 50, after: $after) {
      totalCount
      nodes { ...Between other { ...Brief } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${BRIEF}
${LINK}`;

export const ENDS = `query ($id: ID!, $after: String) {
  record(id: $id) {
    links(first: 100, after: $after) { nodes { other { id } } pageInfo { hasNextPage endCursor } }
  }
}`;

export const PATH = `query ($from: ID!, $to: ID!, $judged: [ID!]) {
  path(from: $from, to: $to) { records { ...Brief } links { ...Between } }
}
${BRIEF}
${LINK}`;

export const AMONG = `query ($ids: [ID!]!, $fresh: [ID!]!, $judged: [ID!]) {
  records(ids: $fresh) { ...Brief }
  linksAmong(ids: $ids) { ...Between }
}
${BRIEF}
${LINK}`;

export const STANDING = `query ($id: ID!, $judged: [ID!]) {
  record(id: $id) {
    id version accessCodes
    verdicts { agreement released }
    why: verdicts(agreements: $judged) { ...Why }
    history { at what by reason }
    findings { id text blocking acceptedBy }
    review { due overdue assignee deferredUntil lastBy lastAt }
    requests { ...Requested }
  }
}
${CAUSE}
${REQUESTED}`;

export const OPAQUE = `query ($ids: [ID!]!, $agreement: ID!) {
  records(ids: $ids) { opaqueId(agreement: $agreement) }
}`;

export const SIMULATE = `query ($changes: [SupposedChange!]!) { simulate(changes: $changes) { ...Effected } }
${EFFECT}`;

export const REQUEST_EFFECT = `query ($id: ID!) { request(id: $id) { version state effect { ...Effected } } }
${EFFECT}`;

export const REQUESTS = `query ($after: String) {
  requests(first: 50, after: $after) { totalCount nodes { ...Requested } pageInfo { hasNextPage endCursor } }
}
${REQUESTED}`;

export const QUEUE = `query ($office: String, $assignee: String, $after: String) {
  queue(office: $office, assignee: $assignee, first: 50, after: $after) {
    totalCount
    nodes { record { id kind label number version office } due overdue risk assignee lastBy }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const TIMELINESS = `{ timeliness { office due inTime } }`;

export const FINDINGS = `query ($after: String) {
  findings(first: 50, after: $after) {
    totalCount
    nodes { id text blocking acceptedBy record { id kind label number version office } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const AGREEMENTS = `{
  agreements {
    id partner start end publishedAt held released caveat withheld { reason kind count }
  }
}`;

export const PUBLICATIONS = `{ publications(first: 50) { agreement version at added updated withdrawn } }`;

export const AUDIT = `query ($after: String) {
  audit(first: 50, after: $after) { totalCount nodes { at event user text } pageInfo { hasNextPage endCursor } }
}`;
