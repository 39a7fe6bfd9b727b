// The page at `/`: what this is, and to a reader with a token, which agreement it is for, with its caveat.
import { type Answer, ask, type Credentials } from "../asking";
import { element, onSignIn } from "../signing_in";

const AGREEMENT = `{
  agreement {
    id partner effective expires caveat kinds
    release { version publishedAt recordCount linkCount }
  }
}`;

interface Agreement {
  id: string;
  partner: string;
  effective: string;
  expires: string;
  caveat: string;
  kinds: string[];
  release: { version: string; publishedAt: string; recordCount: number; linkCount: number };
}

async function show(who: Credentials): Promise<void> {
  element("agreement").hidden = element("error").hidden = true;
  try {
    tell(await ask(who, { query: AGREEMENT }));
  } catch {
    fail("No answer came. Try again later.");
  }
}

function tell(answer: Answer): void {
  const told = answer.data as { agreement: Agreement } | undefined;
  if (!told) {
    fail(answer.errors?.map((error) => error.message).join(" ") ?? "No answer came. Try again later.");
    return;
  }
  const { id, partner, effective, expires, caveat, kinds, release } = told.agreement;
  element("caveat").textContent = caveat;
  element("told").replaceChildren(
    ...row("Partner", partner),
    ...row("Agreement", `${id}, from ${effective} until ${expires}`),
    ...row("Kinds of records", kinds.map((kind) => kind.toLowerCase()).join(", ")),
    ...row("Released to you", `${count(release.recordCount)} records, ${count(release.linkCount)} links`),
    ...row("Version", `${release.version}, current since ${release.publishedAt}`),
  );
  element("agreement").hidden = false;
}

function fail(sentence: string): void {
  element("error").textContent = sentence;
  element("error").hidden = false;
}

function row(name: string, text: string): HTMLElement[] {
  const [term, description] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = name;
  description.textContent = text;
  return [term, description];
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

element("address").textContent = location.origin;
onSignIn((who) => void show(who));
