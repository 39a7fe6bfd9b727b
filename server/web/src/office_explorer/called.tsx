// What a record is called on the pages of work, as a link to where it is explored.
import { KindMark } from "../explorer/kind_mark";
import type { Kind } from "../explorer/source";

export interface Called {
  id: string;
  kind: Kind;
  label: string;
  number: string | null;
}

export function RecordLink({ record }: { record: Called }) {
  return (
    <a class="record-link" href={`/#record=${encodeURIComponent(record.id)}`} title={record.number ? record.label : ""}>
      <KindMark kind={record.kind} />{record.number ?? record.label}
    </a>
  );
}
