// What the explorer asks of a partner's release. Each text stays the same, so that it is prepared once; what varies is
// a variable.

const BRIEF = `fragment Brief on Record {
  id kind
  ... on Case { number title opened closed }
  ... on Document { number title type prepared }
  ... on Subject { label type }
}`;

const LINK = `fragment Between on Link {
  id type role since until from { id } to { id } sources { id number }
}`;

export const ABOUT = `{
  agreement { id partner effective expires caveat release { version publishedAt recordCount linkCount } }
}`;

export const SEARCH = `query ($text: String!, $kinds: [RecordKind!], $after: String, $numbered: Boolean!) {
  search(text: $text, kinds: $kinds, first: 20, after: $after) {
    totalCount
    nodes { ...Brief }
    pageInfo { hasNextPage endCursor }
  }
  case(number: $text) @include(if: $numbered) { ...Brief }
  document(number: $text) @include(if: $numbered) { ...Brief }
}
${BRIEF}`;

export const RECORD = `query ($id: ID!) {
  node(id: $id) {
    ... on Record {
      ...Brief
      office contact validated
      linkCounts { type direction kind count }
    }
    ... on Case { status program synopsis }
    ... on Document { narrative author }
    ... on Subject { properties { name values { value sources { ...Brief } } } }
  }
}
${BRIEF}`;

export const NEIGHBOURS = `query ($id: ID!, $types: [String!], $direction: Direction, $kinds: [RecordKind!], $after: String) {
  node(id: $id) {
    ... on Record {
      links(types: $types, direction: $direction, kinds: $kinds, first: 50, after: $after) {
        totalCount
        edges { node { ...Brief } link { ...Between } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
${BRIEF}
${LINK}`;

export const ENDS = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on Record {
      links(first: 100, after: $after) {
        edges { node { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

export const PATH = `query ($from: ID!, $to: ID!) {
  path(from: $from, to: $to) { records { ...Brief } links { ...Between } }
}
${BRIEF}
${LINK}`;

export const AMONG = `query ($ids: [ID!]!, $fresh: [ID!]!) {
  nodes(ids: $fresh) { ... on Record { ...Brief } }
  linksAmong(ids: $ids) { ...Between }
}
${BRIEF}
${LINK}`;

export const STILL = `query ($ids: [ID!]!) {
  nodes(ids: $ids) { id }
}`;
