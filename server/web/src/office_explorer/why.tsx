// Why an agreement has a record or has it not: each cause with its rule and authority, and its chain, to be lit on the canvas.
import type { Exploring } from "../explorer/exploring";
import { count, spoken } from "../explorer/words";
import { AskClearance, type Clearing } from "./clearing";

interface Step {
  link: string | null;
  type: string;
  from: string;
  to: string;
  codedBy: string | null;
  approvedBy: string | null;
}

interface Cause {
  rule: string;
  reason: string;
  text: string;
  whoMayChange: string;
  category: { id: string; label: string; authority: string | null } | null;
  chain: Step[];
}

export interface Verdict {
  agreement: string;
  released: boolean;
  text: string;
  causes: Cause[];
}

interface Properties {
  verdict: Verdict;
  exploring: Exploring;
  /** With what a clearance is asked for; null where this officer may not. */
  clearing: Clearing | null;
}

/** Causes that are told one by one; of more it is said how many there are. */
const MOST = 20;

export function Why({ verdict, exploring, clearing }: Properties) {
  if (verdict.released) {
    return (
      <>
        <h3>Released under {verdict.agreement}</h3>
        <p class="verdict">{verdict.text}</p>
      </>
    );
  }
  return (
    <>
      <h3 class="error">Withheld under {verdict.agreement}</h3>
      <ol class="causes">
        {verdict.causes.slice(0, MOST).map((cause) => (
          <CauseRow key={`${cause.rule} ${cause.text}`} cause={cause} agreement={verdict.agreement} exploring={exploring} clearing={clearing} />
        ))}
      </ol>
      {verdict.causes.length > MOST && <p class="quiet">and {count(verdict.causes.length - MOST)} more causes</p>}
    </>
  );
}

interface CauseProperties {
  cause: Cause;
  agreement: string;
  exploring: Exploring;
  clearing: Clearing | null;
}

function CauseRow({ cause, agreement, exploring, clearing }: CauseProperties) {
  const { category, chain } = cause;
  return (
    <li>
      <p><strong>{category?.label ?? spoken(cause.reason)}</strong>{cause.rule && <span class="quiet"> {cause.rule}</span>}</p>
      {category?.authority && <p class="quiet">{category.authority}</p>}
      <p>{cause.text}</p>
      {chain.length > 0 && (
        <>
          <ol class="chain">
            {chain.map((step, place) => (
              <li key={place}>
                {step.from} → <span class="quiet">{spoken(step.type) || "number in text"}</span> → {step.to}
                {step.codedBy && <span class="quiet"> (coded by {step.codedBy}{step.approvedBy && `, approved by ${step.approvedBy}`})</span>}
                {clearing && step.link && category && <AskClearance clearing={clearing} link={step.link} category={category.id} agreement={agreement} />}
              </li>
            ))}
          </ol>
          <button type="button" onClick={() => void light(exploring, chain)}>Light it on the canvas</button>
        </>
      )}
      {cause.whoMayChange && <p class="quiet">Who may change it: {cause.whoMayChange}</p>}
    </li>
  );
}

function light(exploring: Exploring, chain: readonly Step[]): Promise<void> {
  const ids = [...new Set(chain.flatMap(({ from, to }) => [from, to]))];
  const wanted = new Set(chain.map(({ link }) => link));
  return exploring.light(ids, wanted, "The chain of this cause is lit.");
}
