// Why nothing came, and asking again.

export function Refusal({ sentence, again }: { sentence: string; again: () => void }) {
  return <p class="error" role="alert">{sentence} <button type="button" onClick={again}>Try again</button></p>;
}
