// The explorer as the office has it: an officer signs in, explores what is held, and works through what waits.
import { render } from "preact";
import { Gate } from "../explorer/gate";
import { Office } from "./office";

const PURPOSE = "Explore what is held, see why it is withheld, and work through what waits for you.";

render(
  <Gate name="caselink office" purpose={PURPOSE}>
    {(session) => <Office key={session.who.token} session={session} />}
  </Gate>,
  document.getElementById("explorer") as HTMLElement,
);
