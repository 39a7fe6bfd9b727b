// That the agreement by which the office looks withholds something, as a word: colours and dashes are not for everybody.

export function Withheld({ of }: { of: { withheld?: boolean } }) {
  return of.withheld ? <span class="tag wrong">withheld</span> : null;
}
