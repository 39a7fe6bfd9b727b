// The explorer as a partner has it: it signs in with a token, and asks the partner's release.
import { render } from "preact";
import { App } from "../explorer/app";
import { PartnerSource } from "./partner_source";

render(
  <App name="caselink" connect={(who, onVersion) => new PartnerSource(who, onVersion)} />,
  document.getElementById("explorer") as HTMLElement,
);
