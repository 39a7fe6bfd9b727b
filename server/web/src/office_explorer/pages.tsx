// The pages of work, each under a path of its own, so that it can be kept as a bookmark and gone back from.
import type { ComponentType } from "preact";
import { LookSwitch } from "../explorer/look_switch";
import type { Session } from "../explorer/gate";
import { Agreements } from "./agreements";
import { Audit } from "./audit";
import { Findings } from "./findings";
import { Nav, Who } from "./head";
import { Publications } from "./publications";
import { Queue } from "./queue";
import { Requests } from "./requests";
import type { WorkProperties } from "./work";

interface Work {
  path: string;
  name: string;
  title: string;
  Page: ComponentType<WorkProperties>;
}

export const PAGES: readonly Work[] = [
  { path: "/requests", name: "Requests", title: "What waits for a second person", Page: Requests },
  { path: "/queue", name: "Review", title: "What is to be reviewed, the riskiest first", Page: Queue },
  { path: "/findings", name: "Findings", title: "What is likely coded wrong", Page: Findings },
  { path: "/agreements", name: "Agreements", title: "What each agreement has, and why not the rest", Page: Agreements },
  { path: "/publications", name: "Publications", title: "What was published, and publishing", Page: Publications },
  { path: "/audit", name: "Audit", title: "What was read and done here", Page: Audit },
];

export function pageHere(): Work | undefined {
  return PAGES.find(({ path }) => path === location.pathname);
}

export function WorkPage({ source, known, session }: WorkProperties & { session: Session }) {
  const here = pageHere();
  if (!here) return null;
  const { Page, title } = here;
  return (
    <div class="work">
      <header class="top">
        <a class="name" href="/">caselink office</a>
        <Nav pages={PAGES} here={here} />
        <Who officer={known.officer} />
        <LookSwitch onChange={() => undefined} />
        <button type="button" onClick={session.onSignOut}>Sign out</button>
      </header>
      <main>
        <h1>{title}</h1>
        <Page source={source} known={known} />
      </main>
    </div>
  );
}
