// The board, and the boards that undo and redo lead to.
import { signal } from "@preact/signals";
import { type Board, EMPTY } from "./board";

const MOST = 100;

export class Undoing {
  readonly board = signal<Board>(EMPTY);
  readonly past = signal<readonly Board[]>([]);
  readonly future = signal<readonly Board[]>([]);

  /** Another board, from which undo leads back to this one. */
  put(board: Board): void {
    if (board === this.board.value) return;
    this.past.value = [...this.past.value.slice(-MOST), this.board.value];
    this.future.value = [];
    this.board.value = board;
  }

  /** Whether there was a board to go back to. */
  undo(): boolean {
    const before = this.past.value.at(-1);
    if (!before) return false;
    this.past.value = this.past.value.slice(0, -1);
    this.future.value = [...this.future.value, this.board.value];
    this.board.value = before;
    return true;
  }

  /** Whether there was a board that had been undone. */
  redo(): boolean {
    const after = this.future.value.at(-1);
    if (!after) return false;
    this.future.value = this.future.value.slice(0, -1);
    this.past.value = [...this.past.value, this.board.value];
    this.board.value = after;
    return true;
  }

  /** Another board, from which nothing leads back. */
  startFrom(board: Board): void {
    this.past.value = this.future.value = [];
    this.board.value = board;
  }

  /** The board and all that can be gone to, each of them without what it has no more. */
  renew(left: (board: Board) => Board): void {
    this.past.value = this.past.value.map(left);
    this.future.value = this.future.value.map(left);
    this.board.value = left(this.board.value);
  }

  /** The board and all that can be gone to. */
  get all(): readonly Board[] {
    return [this.board.value, ...this.past.value, ...this.future.value];
  }
}
