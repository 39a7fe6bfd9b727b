// The explorer as a partner has it: it signs in with a token, and asks the partner's release.
import { render } from "preact";
import { useExploring } from "../explorer/begin";
import { Desk } from "../explorer/desk";
import { Gate, type Session } from "../explorer/gate";
import { PartnerSource } from "./partner_source";

const PURPOSE = "Look up records that were released to you, and follow the links between them.";

function PartnerDesk({ session }: { session: Session }) {
  const exploring = useExploring((onVersion) => new PartnerSource(session.who, onVersion));
  return <Desk name="caselink" exploring={exploring} session={session} />;
}

render(
  <Gate name="caselink" purpose={PURPOSE}>
    {(session) => <PartnerDesk key={session.who.token} session={session} />}
  </Gate>,
  document.getElementById("explorer") as HTMLElement,
);
