// What one person asked for and another has to approve.
import { Listed } from "./listed";
import type { WorkProperties } from "./work";
import { REQUESTS } from "./queries";
import { type Requested, RequestRow } from "./request";

export function Requests({ source, known }: WorkProperties) {
  return (
    <Listed<Requested> source={source} query={REQUESTS} name="requests" one="request" empty="Nothing waits for approval.">
      {(request, again) => <RequestRow key={`${request.id} ${request.version}`} source={source} may={known.officer.may} request={request} onDone={again} />}
    </Listed>
  );
}
