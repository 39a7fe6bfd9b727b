// The records whose pages were read: each is asked for once, until what is known is out of date.
import type { Full, Id, Source } from "./source";

export class Known {
  private records = new Map<Id, Full>();

  constructor(private readonly source: Source) {}

  get(id: Id): Full | null {
    return this.records.get(id) ?? null;
  }

  async fetched(id: Id): Promise<Full | null> {
    const { records } = this; // another one once what is known is out of date
    const before = records.get(id);
    if (before) return before;
    const full = await this.source.record(id);
    if (records !== this.records) return this.fetched(id);
    if (full) records.set(id, full);
    return full;
  }

  forget(): void {
    this.records = new Map();
  }
}
