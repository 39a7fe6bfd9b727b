// What asks the Source: whether something is under way, and what went wrong last, with a way to try it again.
import { signal } from "@preact/signals";
import { Refused } from "./source";

/** What went wrong, and how to try it again. */
export interface Trouble {
  code: string;
  sentence: string;
  again: (() => void) | null;
  retryAfter: number | null;
}

export class Asking {
  readonly waiting = signal(0);
  readonly trouble = signal<Trouble | null>(null);

  /** Runs some work. A refusal is told; any other error is a mistake in these pages, and is thrown. */
  async run(work: () => Promise<void>): Promise<void> {
    this.waiting.value++;
    try {
      await work();
      this.trouble.value = null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(error, () => void this.run(work));
    } finally {
      this.waiting.value--;
    }
  }

  refused(error: Refused, again: (() => void) | null = null): void {
    this.trouble.value = { code: error.code, sentence: error.message, again, retryAfter: error.retryAfter };
  }
}
