// What each of the office's pages is given: whom it asks, and who asks.
import type { Known } from "./head";
import type { OfficeSource } from "./office_source";

export interface WorkProperties {
  source: OfficeSource;
  known: Known;
}
