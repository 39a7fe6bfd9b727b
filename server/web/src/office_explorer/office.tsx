// The office's pages: exploring, by one agreement or as its partner sees it, and the pages of work beside it.
import { useMemo, useState } from "preact/hooks";
import { useExploring } from "../explorer/begin";
import { Desk } from "../explorer/desk";
import { Exploring } from "../explorer/exploring";
import type { Session } from "../explorer/gate";
import { PartnerSource } from "../partner_explorer/partner_source";
import { useAsked } from "./asking";
import { agreementChosen, chooseAgreement } from "./chosen";
import { type Known, Nav, Who } from "./head";
import { OfficeSource } from "./office_source";
import { PAGES, pageHere, WorkPage } from "./pages";
import { Refusal } from "./refusal";
import { Standing } from "./standing";
import "../explorer/look.css";
import "./office.css";

export function Office({ session }: { session: Session }) {
  const source = useMemo(() => new OfficeSource(session.who, session.onRefused), []);
  const { told: known, refusal, again } = useAsked(async (): Promise<Known> => {
    const { me, agreements } = await source.me();
    source.judged = agreementChosen(agreements);
    return { officer: me, agreements };
  });
  if (refusal) return <main class="sign-in"><Refusal sentence={refusal} again={again} /></main>;
  if (!known) return <p class="empty slowly">Asking who you are…</p>;
  if (pageHere()) return <WorkPage source={source} known={known} session={session} />;
  return <OfficeDesk source={source} known={known} session={session} />;
}

interface DeskProperties {
  source: OfficeSource;
  known: Known;
  session: Session;
}

function OfficeDesk({ source, known, session }: DeskProperties) {
  const exploring = useExploring(() => source);
  const [preview, setPreview] = useState<Exploring | null>(null);
  const [judged, setJudged] = useState(source.judged);

  const judge = (agreement: string): void => {
    source.judged = chooseAgreement(agreement);
    setJudged(agreement);
    void exploring.reread(`Looked at by agreement ${agreement}.`);
    if (preview) void asPartner(agreement);
  };
  /** What stands on the canvas, as the partner of an agreement has it: by that partner's own schema and ids. */
  const asPartner = async (agreement: string): Promise<void> => {
    const seen = new Exploring(new PartnerSource(session.who, undefined, `/preview/${encodeURIComponent(agreement)}/graphql`));
    setPreview(seen);
    await seen.begin();
    const ids = [...exploring.board.value.records.keys()];
    await seen.restoreNamed(() => source.opaque(ids, agreement), `As ${agreement} sees it`);
  };
  const head = (
    <>
      <Nav pages={PAGES} here={undefined} />
      <Who officer={known.officer} />
    </>
  );
  const above = (
    <div class="judged">
      <label>
        Agreement{" "}
        <select value={judged ?? ""} onChange={(event) => judge(event.currentTarget.value)}>
          {known.agreements.map(({ id }) => <option key={id} value={id}>{id}</option>)}
        </select>
      </label>
      <button
        type="button"
        aria-pressed={preview !== null}
        disabled={judged === null}
        onClick={() => (preview ? setPreview(null) : judged && void asPartner(judged))}
      >
        As its partner sees it
      </button>
    </div>
  );
  const open = exploring.full.value;
  const standing = open && !preview && (
    <Standing key={`${open.brief.id} ${judged}`} source={source} known={known} exploring={exploring} id={open.brief.id} judged={judged} />
  );
  return (
    <Desk
      key={preview ? `partner ${judged}` : "office"}
      name="caselink office"
      exploring={preview ?? exploring}
      session={session}
      head={head}
      above={above}
      standing={standing}
    />
  );
}
